/** Clips for tests. */
import type { FeedItem } from '~/api/types';

/** A clip of Ana's with the given number, with what a test needs changed. */
export function clip(n: number, changed: Partial<FeedItem['card']> = {}): FeedItem {
  return {
    card: {
      post_id: `p${n}`,
      version_id: `v${n}`,
      number: 1,
      title: `Lesson ${n}`,
      text: 'What to do when it itches.',
      lane: 'lesson',
      duration_ms: 8_000,
      width: 720,
      height: 1280,
      author: { id: 'u1', handle: 'ana', name: 'Ana Moreau', credential: null },
      media: {
        hls: `/media/${n}/a.m3u8`,
        mp4: `/media/${n}/a.mp4`,
        poster: '',
        captions: [],
        blurhash: '',
        rungs: [360, 720],
        av1: false,
      },
      published_at: '2026-11-14T09:00:00Z',
      rehearsed: true,
      correction: null,
      label: null,
      staged: false,
      ...changed,
    },
    counts: { likes: 4, comments: 2 },
    mine: { liked: false, following: false },
    why: { code: 'fresh', text: 'It is new, and you have not seen it.' },
  };
}
