/** Small pictures of a clip's course: which part of one sheet shows which time. */

export interface Tile {
  readonly at_ms: number;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

const CUE = /^(\d{2,}):(\d{2}):(\d{2})\.(\d{3}) --> .*\n[^\n#]*#xywh=(\d+),(\d+),(\d+),(\d+)$/gm;

/** The tiles that a storyboard's WebVTT names, in order; what is none is skipped. */
export function tilesOf(webvtt: string): Tile[] {
  return [...webvtt.replace(/\r\n?/g, '\n').matchAll(CUE)].map((found) => {
    const [
      hours = 0,
      minutes = 0,
      seconds = 0,
      thousandths = 0,
      x = 0,
      y = 0,
      width = 0,
      height = 0,
    ] = found.slice(1).map(Number);
    const at_ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + thousandths;
    return { at_ms, x, y, width, height };
  });
}

/** At most so many of them, evenly chosen. */
export function some(tiles: readonly Tile[], most: number): readonly Tile[] {
  if (tiles.length <= most) return tiles;
  return Array.from(
    { length: most },
    (_, i) => tiles[Math.floor((i * tiles.length) / most)],
  ).filter((tile) => tile !== undefined);
}
