import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { download } from './download';

const PIECE = 1024 * 1024;
let saved: Blob[] = [];

beforeEach(() => {
  saved = [];
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    saved.push(file as Blob);
    return 'blob:x';
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => undefined);
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

/** A server that gives `size` bytes in pieces, and says how many there are or not. */
function serve(size: number, says: boolean): void {
  vi.stubGlobal('fetch', (_: string, how: RequestInit) => {
    const range = (how.headers as Record<string, string>).Range ?? '';
    const [first = 0, last = 0] = range.replace('bytes=', '').split('-').map(Number);
    if (first >= size) return Promise.resolve(new Response(null, { status: 416 }));
    const end = Math.min(last + 1, size);
    const headers: Record<string, string> = says
      ? { 'Content-Range': `bytes ${first}-${end - 1}/${size}` }
      : {};
    return Promise.resolve(new Response(new Uint8Array(end - first), { status: 206, headers }));
  });
}

describe('a file that comes in pieces', () => {
  it.each([1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 3 * PIECE + 7])(
    'of %d bytes is saved whole, whether the server says how long it is or not',
    async (size) => {
      for (const says of [true, false]) {
        serve(size, says);
        await download('/clip.mp4', 'clip.mp4');
        expect(saved.at(-1)?.size).toBe(size);
      }
    },
  );

  it('that comes all at once is saved as it is', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response(new Uint8Array(3 * PIECE))));
    await download('/clip.mp4', 'clip.mp4');
    expect(saved.map((each) => each.size)).toEqual([3 * PIECE]);
  });
});
