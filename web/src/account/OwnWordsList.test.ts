import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, expect, it, vi } from 'vitest';
import OwnWordsList from './OwnWordsList.svelte';

const words = (id: string, text: string, what: 'name' | 'monitor') => ({
  id,
  what,
  words: text,
  at: '2026-05-04T10:00:00Z',
});
const KEPT = [words('1', 'Dana Whitcomb', 'name'), words('2', 'Hallway\nmonitor', 'monitor')];

function house(kept: typeof KEPT, forgets = true): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    if (request.method === 'GET') return Promise.resolve(Response.json({ items: kept }));
    asked.push(new URL(request.url).pathname);
    const broken = { code: 'broken', detail: 'It broke.', status: 500 };
    return Promise.resolve(
      forgets ? Response.json({}) : Response.json(broken, { status: broken.status }),
    );
  });
  return asked;
}

async function press(name: string): Promise<void> {
  const button = await screen.findByRole<HTMLButtonElement>('button', { name });
  await vi.waitFor(() => expect(button.disabled).toBe(false));
  await fireEvent.click(button);
}

afterEach(() => {
  vi.unstubAllGlobals();
});

it('has one of them forgotten at a press, and goes on from the list', async () => {
  const asked = house(KEPT);
  render(OwnWordsList);
  expect(await screen.findByText(/Hallway · monitor/)).toBeTruthy();
  await press('Remove Dana Whitcomb');
  await vi.waitFor(() => expect(screen.queryByText('Dana Whitcomb')).toBeNull());
  expect(asked).toEqual(['/api/v1/me/own-words/1']);
  expect(screen.getAllByRole('listitem')).toHaveLength(1);
  expect(document.activeElement?.textContent).toMatch(/You called these your own/);
});

it('keeps in the list what the house could not forget, and says why', async () => {
  house(KEPT, false);
  render(OwnWordsList);
  await press('Remove Dana Whitcomb');
  expect(await screen.findByText('It broke.')).toBeTruthy();
  expect(screen.getAllByRole('listitem')).toHaveLength(2);
});

it('says how something comes to stand there where there is nothing', async () => {
  house([]);
  render(OwnWordsList);
  expect(await screen.findByText(/When you answer “Mine”/)).toBeTruthy();
  expect(screen.queryByRole('listitem')).toBeNull();
});
