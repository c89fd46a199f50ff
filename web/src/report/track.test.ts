import { describe, expect, it } from 'vitest';
import { aFinding } from './testing';
import { boxAt } from './track';
import { redactionsOf } from './report.svelte';

const face = aFinding({
  kind: 'face',
  channel: 'faces',
  actions: ['blur', 'not_a_patient', 'consent', 'mine'],
  track: {
    spots: [
      { at_ms: 1_000, left: 0, top: 10, right: 20, bottom: 40 },
      { at_ms: 2_000, left: 100, top: 10, right: 120, bottom: 40 },
    ],
    until_ms: 3_000,
  },
});

describe('a track', () => {
  it('moves straight between its spots and stays at the last one', () => {
    expect(boxAt(face, 1_500)).toEqual({ left: 50, top: 10, right: 70, bottom: 40 });
    expect(boxAt(face, 2_900)?.left).toBe(100);
  });

  it('is nowhere before and after', () => {
    expect(boxAt(face, 999)).toBeNull();
    expect(boxAt(face, 3_000)).toBeNull();
    expect(boxAt(aFinding(), 8_500)).toBeNull();
  });
});

it('offers to cover what is seen, and its sound no more', () => {
  expect(redactionsOf(face)).toEqual(['blur', 'region', 'cut']);
  expect(redactionsOf({ ...face, track: null })).toEqual([]);
});

it('is covered where it stands by one box alone, when it stands still', () => {
  const [spot] = face.track?.spots ?? [];
  if (!spot) throw new Error('a track has a spot');
  const still = { spots: [spot, { ...spot, at_ms: 2_000 }], until_ms: 3_000 };
  expect(redactionsOf({ ...face, track: still })).toEqual(['blur', 'cut']);
});
