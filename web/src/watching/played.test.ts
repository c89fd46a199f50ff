import { describe, expect, it } from 'vitest';
import { MOST_PARTS, Played } from './played';

type Pair = [number, number];

function ranges(...pairs: Pair[]): Pick<TimeRanges, 'length' | 'start' | 'end'> {
  return {
    length: pairs.length,
    start: (i) => pairs[i]?.[0] ?? NaN,
    end: (i) => pairs[i]?.[1] ?? NaN,
  };
}

/** Numbers that look random and are the same each time. */
function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_664_525 + 1_013_904_223) % 4_294_967_296;
    return state / 4_294_967_296;
  };
}

function seconds(parts: readonly { start_ms: number; end_ms: number }[]): Set<number> {
  const found = new Set<number>();
  for (const { start_ms, end_ms } of parts)
    for (let at = start_ms; at < end_ms; at += 1_000) found.add(at / 1_000);
  return found;
}

describe('what was played', () => {
  it('keeps every second that was touched, and adds none, in whatever order it comes', () => {
    const roll = dice(7);
    for (let round = 0; round < 300; round += 1) {
      const pairs = Array.from({ length: Math.floor(roll() * 8) }, (): Pair => {
        const start = roll() * 60;
        return [start, start + roll() * 6];
      });
      const touched = new Set<number>();
      for (const [start, end] of pairs)
        for (let second = Math.floor(start); second < end; second += 1) touched.add(second);
      const [one, other] = [new Played(), new Played()];
      one.take(ranges(...pairs));
      for (const pair of [...pairs].reverse()) other.take(ranges(pair));
      other.take(ranges(...pairs));
      expect(seconds(one.parts)).toEqual(touched);
      expect(other.parts).toEqual(one.parts);
      for (const [i, part] of one.parts.entries())
        expect(part.start_ms).toBeGreaterThan(one.parts[i - 1]?.end_ms ?? -1);
    }
  });

  it('of too many parts the shortest gaps count as played, and nothing is left out', () => {
    const pairs = Array.from({ length: 80 }, (_, i): Pair => [3 * i, 3 * i + (i % 2 ? 1 : 2)]);
    const played = new Played();
    played.take(ranges(...pairs));
    expect(played.parts).toHaveLength(MOST_PARTS);
    const told = seconds(played.parts);
    for (const [start] of pairs) expect(told.has(start)).toBe(true);
  });

  it('is nothing of a clip that was begun ahead and stopped on its first picture', () => {
    const played = new Played();
    played.take(ranges([0, 0]));
    expect(played.none).toBe(true);
  });

  it('covers a clip whose last moment a browser leaves out, and none with a hole', () => {
    const played = new Played();
    played.take(ranges([0, 7.96]));
    expect(played.covers(8_040)).toBe(true);
    expect(played.covers(9_000)).toBe(false);
    const holed = new Played();
    holed.take(ranges([0, 2], [4, 8]));
    expect(holed.covers(8_000)).toBe(false);
  });
});
