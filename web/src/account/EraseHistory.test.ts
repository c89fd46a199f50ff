import { fireEvent, render, screen } from '@testing-library/svelte';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { session } from '~/shared/session.svelte';
import { aMe } from '~/shared/testing/me';
import EraseHistory from './EraseHistory.svelte';

let asked: string[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(`${request.method} ${new URL(request.url).pathname}`);
    const erased = { erased: 3, detail: 'It is erased.' };
    return Promise.resolve(Response.json(request.method === 'DELETE' ? erased : aMe()));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  session.me = null;
});

it('says what is lost before anything is erased, and erases once it is confirmed', async () => {
  render(EraseHistory);
  await fireEvent.click(screen.getByRole('button', { name: 'Erase what I watched' }));
  expect(screen.getByText(/correction will not reach you any more/)).toBeTruthy();
  expect(asked).toEqual([]);
  await fireEvent.click(screen.getByRole('button', { name: 'Erase it', hidden: true }));
  await vi.waitFor(() => expect(screen.queryByText(/cannot be undone/)).toBeNull());
  expect(asked[0]).toBe('DELETE /api/v1/me/history');
});
