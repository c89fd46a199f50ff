import { describe, expect, it } from 'vitest';
import type { StudioPost } from '~/api/types';
import { makingOf } from './making';
import { aPost, step } from './testing';

const asset = aPost().asset as NonNullable<StudioPost['asset']>;
const rendering = [step('saved', 'done'), step('rendered', 'now', { fraction: 0.1 })];

function states(more: Partial<StudioPost>): string[] {
  return makingOf(aPost({ way: rendering, ...more })).map(({ state }) => state);
}

describe('a clip that is being made', () => {
  it('goes from one stage to the next', () => {
    expect(states({ asset: { ...asset, state: 'stored' } })).toEqual([
      'now',
      'waiting',
      'waiting',
      'waiting',
    ]);
    expect(states({})).toEqual(['done', 'now', 'waiting', 'waiting']);
    expect(states({ early_url: '/early.m3u8' })).toEqual(['done', 'done', 'now', 'waiting']);
    expect(states({ preview_url: '/clip.mp4' })).toEqual(['done', 'done', 'done', 'now']);
  });

  it('says at which of them it failed', () => {
    const way = [step('saved', 'done'), step('rendered', 'failed')];
    expect(states({ way, preview_url: '/clip.mp4' }).at(-1)).toBe('failed');
  });

  it('has none left once all is made', () => {
    expect(states({ way: [step('saved', 'done'), step('rendered', 'done')] })).toEqual([]);
  });
});
