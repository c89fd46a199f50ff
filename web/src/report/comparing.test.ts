import { describe, expect, it } from 'vitest';
import { lanesOfChanges, stretches, toBefore, toNow, type Change } from './comparing';

const change = (
  what: Change['what'],
  before: [number, number],
  now: [number, number] = before,
): Change => ({
  what,
  before: { start_ms: before[0], end_ms: before[1] },
  now: { start_ms: now[0], end_ms: now[1] },
});

const changes = [
  change('cut', [1_000, 2_000], [1_000, 1_000]),
  change('bleep', [5_000, 5_500], [4_000, 4_500]),
  change('cut', [8_000, 8_500], [7_000, 7_000]),
];

describe('the same moment', () => {
  it('comes earlier in the clip that was cut', () => {
    expect([500, 1_000, 1_500, 2_000, 5_000, 9_000].map((ms) => toNow(changes, ms))).toEqual([
      500, 1_000, 1_000, 1_000, 4_000, 7_500,
    ]);
  });

  it('is found again from the other side', () => {
    for (const ms of [0, 700, 1_001, 4_000, 6_999, 7_001, 9_000]) {
      expect(toNow(changes, toBefore(changes, ms))).toBe(ms);
    }
  });

  it('is the same where nothing was cut', () => {
    const [, bleep] = changes;
    expect(toBefore(bleep ? [bleep] : [], 4_321)).toBe(4_321);
  });
});

describe('what is played of the changes', () => {
  it('is a little around each, joined where they meet, within the clip', () => {
    expect(stretches(changes, 'now', 7_500)).toEqual([
      { start_ms: 200, end_ms: 1_800 },
      { start_ms: 3_200, end_ms: 5_300 },
      { start_ms: 6_200, end_ms: 7_500 },
    ]);
    expect(stretches(changes, 'before', 9_000)[0]).toEqual({ start_ms: 200, end_ms: 2_800 });
    const near = [change('bleep', [1_000, 1_100]), change('cover', [1_500, 1_900])];
    expect(stretches(near, 'now', 9_000)).toEqual([{ start_ms: 200, end_ms: 2_700 }]);
  });
});

it('stands on the timeline by what was done', () => {
  const lanes = lanesOfChanges(changes);
  expect(lanes.map(({ id, spans }) => [id, spans.map((span) => span.id)])).toEqual([
    ['cut', ['0', '2']],
    ['bleep', ['1']],
  ]);
  expect(lanes[1]?.spans[0]).toMatchObject({ start_ms: 4_000, tone: 'changed' });
});
