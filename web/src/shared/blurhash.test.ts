import { describe, expect, it } from 'vitest';
import { fromBlurhash } from './blurhash';

/** By the reference encoder, of a photograph with a bright sky (from the format's own page). */
const PHOTO = 'LEHV6nWB2yk8pyo0adR*.7kCMdnj';
/** By `wardcast.gate.blurhash` of 32 × 18 pixels: the left half (220, 40, 40), the right (20, 60, 200). */
const RED_AND_BLUE = 'L_In3z|Bs9J;spn~jsa}fQfQfQfQ';

function at(hash: string, x: number, y: number): number[] {
  const pixels = fromBlurhash(hash, 20, 20);
  return [...(pixels?.data.slice((y * 20 + x) * 4, (y * 20 + x) * 4 + 4) ?? [])];
}

describe('a BlurHash', () => {
  it('becomes a picture of the size that is asked for', () => {
    const pixels = fromBlurhash(PHOTO, 9, 16);
    expect(pixels?.data.length).toBe(9 * 16 * 4);
    expect(new Set(pixels?.data.filter((_, i) => i % 4 === 3))).toEqual(new Set([255]));
  });

  it('that the gate wrote has the colours of its picture where they were', () => {
    const [red = 0, , blue = 0] = at(RED_AND_BLUE, 2, 10);
    expect(red).toBeGreaterThan(180);
    expect(blue).toBeLessThan(90);
    const [red2 = 0, , blue2 = 0] = at(RED_AND_BLUE, 17, 10);
    expect(blue2).toBeGreaterThan(160);
    expect(red2).toBeLessThan(90);
  });

  it('has the mean colour that its letters name', () => {
    const pixels = fromBlurhash('00HV6n', 1, 1);
    expect([...(pixels?.data ?? [])]).toEqual([0x97, 0x96, 0x95, 255]);
  });

  it.each(['', 'L', 'LEHV6nWB2yk8pyo0adR*.7kCMdn', 'LEHV6nWB2yk8pyo0adR*.7kCMd"j'])(
    'that is none (%s) becomes nothing',
    (hash) => expect(fromBlurhash(hash, 4, 4)).toBeNull(),
  );
});
