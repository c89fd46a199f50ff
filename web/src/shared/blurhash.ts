/**
 * A picture from its BlurHash, drawn until the picture itself is there.
 *
 * The format is published at https://github.com/woltapp/blurhash/blob/master/Algorithm.md: the
 * lowest cosine waves of the picture in linear light, in base 83.
 */

const LETTERS =
  '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz#$%*+,-.:;=?@[]^_{|}~';

export interface Pixels {
  readonly width: number;
  readonly height: number;
  /** RGBA, row by row. */
  readonly data: Uint8ClampedArray<ArrayBuffer>;
}

function number(text: string): number {
  let value = 0;
  for (const letter of text) {
    const digit = LETTERS.indexOf(letter);
    if (digit < 0) return NaN;
    value = value * 83 + digit;
  }
  return value;
}

function toLight(value: number): number {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
}

function toByte(light: number): number {
  const v = Math.min(1, Math.max(0, light));
  return Math.round((v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055) * 255);
}

/** How much of each wave is in red, green and blue; null for what is no BlurHash. */
function wavesOf(hash: string): { across: number; down: number; rgb: number[][] } | null {
  const size = number(hash.charAt(0));
  const across = (size % 9) + 1;
  const down = Math.floor(size / 9) + 1;
  if (!(size >= 0) || hash.length !== 4 + 2 * across * down) return null;
  const peak = (number(hash.charAt(1)) + 1) / 166;
  const mean = number(hash.slice(2, 6));
  const rgb = [[mean >> 16, (mean >> 8) & 255, mean & 255].map(toLight)];
  for (let at = 6; at < hash.length; at += 2) {
    const value = number(hash.slice(at, at + 2));
    const steps = [Math.floor(value / 361), Math.floor(value / 19) % 19, value % 19];
    rgb.push(steps.map((step) => Math.sign(step - 9) * ((step - 9) / 9) ** 2 * peak));
  }
  return rgb.flat().some(Number.isNaN) ? null : { across, down, rgb };
}

/** The picture in so many pixels; null for what is no BlurHash. */
export function fromBlurhash(hash: string, width: number, height: number): Pixels | null {
  const waves = wavesOf(hash);
  if (!waves) return null;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      const light = [0, 0, 0];
      waves.rgb.forEach((wave, i) => {
        const column = Math.cos((Math.PI * x * (i % waves.across)) / width);
        const row = Math.cos((Math.PI * y * Math.floor(i / waves.across)) / height);
        for (let c = 0; c < 3; c += 1) light[c] = (light[c] ?? 0) + (wave[c] ?? 0) * column * row;
      });
      data.set([...light.map(toByte), 255], (y * width + x) * 4);
    }
  }
  return { width, height, data };
}
