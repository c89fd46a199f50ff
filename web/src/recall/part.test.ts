import { describe, expect, it } from 'vitest';
import { LEAST_MS, between, grasped, moved } from './part';

describe('the part that a correction is about', () => {
  it('lies between two places, whichever came first, and within the clip', () => {
    expect(between(6_000, 2_000, 8_000)).toEqual({ start_ms: 2_000, end_ms: 6_000 });
    expect(between(-500, 9_000, 8_000)).toEqual({ start_ms: 0, end_ms: 8_000 });
  });

  it('is never too short, at neither end of the clip', () => {
    for (const at of [0, 3_000, 8_000]) {
      const part = between(at, at, 8_000);
      expect(part.end_ms - part.start_ms).toBe(LEAST_MS);
      expect(part.end_ms).toBeLessThanOrEqual(8_000);
    }
  });

  it('has edges that move and never cross', () => {
    const part = { start_ms: 2_000, end_ms: 4_000 };
    expect(moved(part, 'start', 3_000, 8_000).start_ms).toBe(3_000);
    expect(moved(part, 'start', 7_000, 8_000).start_ms).toBe(4_000 - LEAST_MS);
    expect(moved(part, 'end', 0, 8_000).end_ms).toBe(2_000 + LEAST_MS);
    expect(moved(part, 'end', 9_000, 8_000).end_ms).toBe(8_000);
  });

  it('is taken by the nearer edge, or drawn anew away from both', () => {
    const part = { start_ms: 2_000, end_ms: 4_000 };
    expect(grasped(part, 2_200, 300)).toBe('start');
    expect(grasped(part, 4_100, 300)).toBe('end');
    expect(grasped(part, 6_000, 300)).toBeNull();
    expect(grasped(null, 2_000, 300)).toBeNull();
  });
});
