import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { Inbox } from './inbox.svelte';

const note = (id: string, read = false): object => ({
  id,
  kind: 'clip_ready',
  text: 'Your clip is ready.',
  at: '2026-11-16T09:00:00Z',
  read,
  link: '/studio/p/1',
});

let asked: Request[] = [];

beforeEach(() => {
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    const read = new URL(request.url).pathname.endsWith('/read');
    const page = { items: [note('a'), note('b'), note('c', true)], next: null, unread: 2 };
    return Promise.resolve(Response.json(read ? {} : page));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the inbox', () => {
  it('marks one as read without touching the others', async () => {
    const inbox = new Inbox();
    await inbox.load();
    await inbox.read('a');
    expect(inbox.items.map((item) => item.read)).toEqual([true, false, true]);
    expect(inbox.unread).toBe(1);
    expect(await asked[1]?.json()).toEqual({ ids: ['a'] });
  });

  it('marks all as read', async () => {
    const inbox = new Inbox();
    await inbox.load();
    await inbox.read();
    expect(inbox.unread).toBe(0);
    expect(inbox.items.every((item) => item.read)).toBe(true);
  });
});
