import { flushSync } from 'svelte';
import { describe, expect, it } from 'vitest';
import { Preview } from '~/player/preview.svelte';
import { Compare } from './compare.svelte';
import type { Before } from './comparing';

const before: Before = {
  id: 'v1',
  number: 1,
  preview_url: '/media/versions/v1/clip.mp4',
  poster_url: null,
  cues: [],
  changes: [
    {
      what: 'cut',
      before: { start_ms: 2_000, end_ms: 3_000 },
      now: { start_ms: 2_000, end_ms: 2_000 },
    },
  ],
  texts: [],
};

function comparing(of: Before = before): Compare {
  const now = new Preview();
  now.duration_ms = 9_000;
  const compare = new Compare(now);
  compare.earlier.duration_ms = 10_000;
  compare.take(of);
  return compare;
}

describe('two versions in one place', () => {
  it('are switched at the same moment, there and back', () => {
    const compare = comparing();
    compare.now.seek(5_000);
    compare.show('before');
    expect(compare.shown).toBe(compare.earlier);
    expect(compare.earlier.at_ms).toBe(6_000);
    expect(compare.at_ms).toBe(5_000);
    compare.earlier.seek(7_500);
    compare.show('now');
    expect(compare.now.at_ms).toBe(6_500);
  });

  it('stay one where the clip before is gone', () => {
    const compare = comparing({ ...before, preview_url: null });
    compare.show('before');
    expect(compare.side).toBe('now');
    expect(compare.possible).toBe(false);
  });

  it('beside each other move together, and the one before is silent', () => {
    const compare = comparing();
    compare.setBoth(true);
    compare.seek(4_000);
    compare.tick();
    expect(compare.earlier.at_ms).toBe(5_000);
    expect(compare.earlier.muted).toBe(true);
    compare.show('before');
    expect(compare.both).toBe(false);
    expect(compare.earlier.muted).toBe(false);
  });

  it('end with another report', () => {
    const compare = comparing();
    compare.show('before');
    compare.take({ ...before, id: 'v2' });
    expect(compare.on).toBe(false);
    expect(compare.side).toBe('now');
  });
});

describe('playing what was changed', () => {
  it('begins a little before the first change, and ends after the last', () => {
    const compare = comparing();
    compare.playChanges();
    expect(compare.now.at_ms).toBe(1_200);
    compare.now.playing = true;
    compare.now.seek(2_900);
    flushSync();
    compare.tick();
    expect(compare.playingChanges).toBe(false);
  });

  it('jumps over what is the same', () => {
    const compare = comparing();
    compare.playChanges();
    compare.now.playing = true;
    compare.now.seek(0);
    compare.tick();
    expect(compare.now.at_ms).toBe(1_200);
  });
});
