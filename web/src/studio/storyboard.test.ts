import { describe, expect, it } from 'vitest';
import { some, tilesOf } from './storyboard';

const FILE = `WEBVTT

00:00:00.000 --> 00:00:01.000
storyboard.jpg#xywh=0,0,90,160

00:00:01.000 --> 00:00:02.000
storyboard.jpg#xywh=90,0,90,160

00:01:02.500 --> 00:01:03.000
storyboard.jpg#xywh=0,160,90,160
`;

describe('a storyboard', () => {
  it('says which part of the sheet shows which time', () => {
    expect(tilesOf(FILE)).toEqual([
      { at_ms: 0, x: 0, y: 0, width: 90, height: 160 },
      { at_ms: 1_000, x: 90, y: 0, width: 90, height: 160 },
      { at_ms: 62_500, x: 0, y: 160, width: 90, height: 160 },
    ]);
    expect(tilesOf('<html>')).toEqual([]);
  });

  it('is thinned out evenly', () => {
    const many = Array.from({ length: 100 }, (_, i) => ({
      at_ms: i,
      x: 0,
      y: 0,
      width: 1,
      height: 1,
    }));
    expect(some(many, 4).map((tile) => tile.at_ms)).toEqual([0, 25, 50, 75]);
    expect(some(many.slice(0, 3), 4)).toHaveLength(3);
  });
});
