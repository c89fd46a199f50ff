import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Comment } from '~/api/types';
import { Comments } from './comments.svelte';

const ben = { id: 'u2', handle: 'ben', name: 'Ben Ito', credential: null };
const comment = (id: string, mine = false): Comment => ({
  id,
  author: ben,
  text: `text of ${id}`,
  at: '2026-11-16T09:00:00Z',
  mine,
  removable: mine,
});

let replies: Response[] = [];
let asked: Request[] = [];

beforeEach(() => {
  replies = [];
  asked = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    const reply = replies.shift();
    return reply ? Promise.resolve(reply) : Promise.reject(new TypeError('Failed to fetch'));
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
});

describe('the comments of a post', () => {
  it('are listed page by page, each once', async () => {
    replies = [
      Response.json({ items: [comment('c1'), comment('c2')], next: 'n' }),
      Response.json({ items: [comment('c2'), comment('c3')], next: null }),
    ];
    const comments = new Comments('p1');
    await comments.load();
    await comments.load();
    expect(comments.items.map((item) => item.id)).toEqual(['c1', 'c2', 'c3']);
    expect(new URL(asked[1]?.url ?? '').searchParams.get('cursor')).toBe('n');
  });

  it('keep what was typed when the server does not answer, and in the next page too', async () => {
    const comments = new Comments('p1');
    comments.draft = 'Does it help at night?';
    expect(await comments.send()).toBeNull();
    expect(comments.draft).toBe('Does it help at night?');
    expect(comments.refusal?.code).toBe('offline');
    expect(new Comments('p1').draft).toBe('Does it help at night?');
    expect(new Comments('p2').draft).toBe('');
  });

  it('show one that was sent first, and forget the draft', async () => {
    replies = [Response.json(comment('c9', true))];
    const comments = new Comments('p1');
    comments.draft = '  Thank you  ';
    expect(await comments.send()).toBe(1);
    expect(comments.items[0]?.id).toBe('c9');
    expect(comments.draft).toBe('');
    expect(new Comments('p1').draft).toBe('');
    expect(await asked[0]?.json()).toEqual({ text: 'Thank you' });
  });

  it('show one that was sent twice once, since the server gives back the first', async () => {
    replies = [
      Response.json({ items: [comment('c9', true), comment('c1')], next: null }),
      Response.json(comment('c9', true)),
    ];
    const comments = new Comments('p1');
    await comments.load();
    comments.draft = 'text of c9';
    expect(await comments.send()).toBe(0);
    expect(comments.items.map((item) => item.id)).toEqual(['c9', 'c1']);
  });

  it('do not send blanks', async () => {
    const comments = new Comments('p1');
    comments.draft = '   ';
    expect(await comments.send()).toBeNull();
    expect(asked).toHaveLength(0);
  });

  it('lose one only when the server has deleted it', async () => {
    replies = [
      Response.json({ items: [comment('c1', true)], next: null }),
      Response.json({ code: 'denied', detail: 'This is not yours.' }, { status: 403 }),
      Response.json({}),
    ];
    const comments = new Comments('p1');
    await comments.load();
    const own = comments.items[0];
    if (!own) throw new Error('The comment was not listed.');
    expect(await comments.remove(own)).toBe(false);
    expect(comments.items).toHaveLength(1);
    expect(comments.problem?.detail).toBe('This is not yours.');
    expect(await comments.remove(own)).toBe(true);
    expect(comments.items).toHaveLength(0);
  });
});
