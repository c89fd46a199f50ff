import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import RemindersSwitch from './RemindersSwitch.svelte';

async function aBox(): Promise<HTMLInputElement> {
  render(RemindersSwitch);
  const box = await screen.findByRole<HTMLInputElement>('checkbox');
  await vi.waitFor(() => expect(box.disabled).toBe(false));
  return box;
}

function house(taken: boolean): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    if (request.method === 'GET') return Response.json({ by_mail: true });
    const body = await request.text();
    asked.push(body);
    if (taken) return Response.json(JSON.parse(body));
    return Response.json({ code: 'broken', detail: 'It broke.', status: 500 }, { status: 500 });
  });
  return asked;
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('ends reminders by mail at a press, and begins them again', async () => {
  const asked = house(true);
  const box = await aBox();
  expect(box.checked).toBe(true);
  await fireEvent.click(box);
  await vi.waitFor(() => expect(asked).toEqual(['{"by_mail":false}']));
  await vi.waitFor(() => expect(box.disabled).toBe(false));
  expect(box.checked).toBe(false);
  await fireEvent.click(box);
  await vi.waitFor(() => expect(asked).toEqual(['{"by_mail":false}', '{"by_mail":true}']));
});

it('shows what counts when the house has not taken it', async () => {
  const asked = house(false);
  const box = await aBox();
  await fireEvent.click(box);
  expect(await screen.findByText('It broke.')).toBeTruthy();
  expect(asked).toEqual(['{"by_mail":false}']);
  await vi.waitFor(() => expect(box.checked).toBe(true));
});
