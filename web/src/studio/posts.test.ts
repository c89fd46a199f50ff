import { afterEach, expect, it, vi } from 'vitest';
import { OwnPosts } from './posts.svelte';
import { aPost } from './testing';

afterEach(() => vi.unstubAllGlobals());

it('keeps showing as many pages as were asked for, each video once', async () => {
  const first = { items: [aPost({ id: 'a' }), aPost({ id: 'b' })], next: 'there' };
  const second = { items: [aPost({ id: 'b' }), aPost({ id: 'c' })], next: null };
  const asked: string[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    const cursor = new URL(request.url).searchParams.get('cursor') ?? '';
    asked.push(cursor);
    return Promise.resolve(Response.json(cursor ? second : first));
  });
  const own = new OwnPosts();
  await own.load();
  expect([own.items?.length, own.more]).toEqual([2, true]);
  await own.showMore();
  expect(own.items?.map(({ id }) => id)).toEqual(['a', 'b', 'c']);
  expect(own.more).toBe(false);
  asked.length = 0;
  await own.load();
  expect(asked).toEqual(['', 'there']);
});
