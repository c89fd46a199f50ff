import { describe, expect, it } from 'vitest';
import { about, ago, clock, day, initials, shortCount, size } from './format';

const now = new Date('2026-11-16T12:00:00Z');

describe('format', () => {
  it('writes places on a clip as people read them', () => {
    expect(clock(0)).toBe('0:00');
    expect(clock(8_400)).toBe('0:08');
    expect(clock(3_723_000)).toBe('1:02:03');
  });

  it('shortens counts only when they are long', () => {
    expect(shortCount(318)).toBe('318');
    expect(shortCount(12_345)).toBe('12.3\u00a0k');
  });

  it('names the year only when it is another one', () => {
    expect(day('2026-11-14T09:00:00Z', now)).toBe('14 Nov');
    expect(day('2025-11-14T09:00:00Z', now)).toBe('14 Nov 2025');
  });

  it('says how long ago, and the date after a week', () => {
    expect(ago('2026-11-16T11:59:50Z', now)).toBe('now');
    expect(ago('2026-11-16T10:00:00Z', now)).toBe('2 hours ago');
    expect(ago('2026-11-01T10:00:00Z', now)).toBe('1 Nov');
  });

  it('writes sizes, waits and initials', () => {
    expect(size(31_000_000)).toBe('31 MB');
    expect(size(500_000_000)).toBe('500 MB');
    expect(about(9)).toBe('about 9 s');
    expect(about(600)).toBe('about 10 min');
    expect(initials('Ana Sofia Moreau')).toBe('AM');
    expect(initials('élodie')).toBe('É');
    expect(initials('')).toBe('');
  });
});
