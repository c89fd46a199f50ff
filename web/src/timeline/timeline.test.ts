import { describe, expect, it } from 'vitest';
import {
  Timeline,
  place,
  placed,
  rowsOf,
  ticks,
  type Lane,
  type LaneSpan,
} from './timeline.svelte';

const span = (id: string, start_ms: number, end_ms: number): LaneSpan => ({
  id,
  start_ms,
  end_ms,
  tone: 'block',
  label: id,
});

const lanes: Lane[] = [
  { id: 'speech', label: 'Speech', state: 'checked', spans: [span('name', 8_000, 9_000)] },
  { id: 'screen', label: 'Picture', state: 'not_checked', spans: [] },
  {
    id: 'captions',
    label: 'Captions',
    state: 'checked',
    spans: [span('room', 1_000, 2_000), span('date', 30_000, 31_000)],
  },
];

function timeline(): Timeline {
  const one = new Timeline();
  one.lanes = lanes;
  one.duration_ms = 60_000;
  return one;
}

describe('a span on its lane', () => {
  it('lies where it is in the clip', () => {
    expect(place({ start_ms: 15_000, end_ms: 30_000 }, 60_000)).toEqual({ start: 25, width: 25 });
  });

  it('is wide enough to be hit, and never leaves the lane', () => {
    const { start, width } = place({ start_ms: 59_999, end_ms: 60_500 }, 60_000);
    expect(width).toBeGreaterThan(1);
    expect(start + width).toBeLessThanOrEqual(100);
  });

  it('without a time stands beside the others, so that each can be hit', () => {
    const whole = (id: string) => ({ ...span(id, 0, 60_000), whole: true });
    const drawn = placed([whole('a'), span('b', 30_000, 45_000), whole('c')], 60_000);
    expect(drawn.map(({ span: { id }, start, width }) => [id, start, width])).toEqual([
      ['a', 0, 50],
      ['b', 50, 25],
      ['c', 50, 50],
    ]);
  });

  it('stands below another that it would lie upon, and no lower than it must', () => {
    const drawn = placed(
      [
        span('a', 0, 9_000),
        span('b', 3_000, 4_000),
        span('c', 3_000, 8_000),
        span('d', 5_000, 6_000),
      ],
      60_000,
    );
    expect(drawn.map(({ span: { id }, row }) => [id, row])).toEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
      ['d', 1],
    ]);
    expect([rowsOf(drawn), rowsOf([])]).toEqual([3, 1]);
    const whole = { ...span('w', 0, 60_000), whole: true };
    expect(placed([whole, span('a', 0, 9_000)], 60_000).map(({ row }) => row)).toEqual([0, 1]);
  });

  it('fills the lane of a clip without a length', () => {
    expect(place({ start_ms: 1, end_ms: 2 }, 0)).toEqual({ start: 0, width: 100 });
  });
});

describe('the ruler', () => {
  it('has few marks at round seconds', () => {
    expect(ticks(6_000)).toEqual([0, 1_000, 2_000, 3_000, 4_000, 5_000, 6_000]);
    expect(ticks(60_000)).toEqual([0, 10_000, 20_000, 30_000, 40_000, 50_000, 60_000]);
    expect(ticks(180_000)).toHaveLength(7);
  });
});

describe('walking by the keys', () => {
  it('goes from one to the next in time, and stops at the ends', () => {
    const one = timeline();
    expect(one.beside(null, 1)?.id).toBe('room');
    expect(one.beside('room', 1)?.id).toBe('name');
    expect(one.beside('date', 1)?.id).toBe('date');
    expect(one.beside('name', -1)?.id).toBe('room');
    expect(one.beside(null, -1)?.id).toBe('date');
  });

  it('goes to the nearest in another lane, over empty ones', () => {
    const one = timeline();
    expect(one.across('name', 1)?.id).toBe('room');
    expect(one.across('date', -1)?.id).toBe('name');
    expect(one.across('name', -1)?.id).toBe('name');
  });

  it('tells the position at a share of the width', () => {
    expect(timeline().at(0.5)).toBe(30_000);
    expect(timeline().at(-3)).toBe(0);
    expect(timeline().percent(15_000)).toBe(25);
  });
});
