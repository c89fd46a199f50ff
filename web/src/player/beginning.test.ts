import { afterEach, describe, expect, it, vi } from 'vitest';
import { carried, firstSegment, playlistOf, type Beginning } from './beginning';

const MASTER = `#EXTM3U
#EXT-X-STREAM-INF:BANDWIDTH=700000,AVERAGE-BANDWIDTH=500000,RESOLUTION=360x640
360.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=3000000,AVERAGE-BANDWIDTH=2200000,RESOLUTION=720x1280
720.m3u8
`;
const media = (rung: string): string =>
  `#EXTM3U\n#EXT-X-MAP:URI="${rung}_init.mp4"\n#EXTINF:1,\n${rung}_00000.m4s\n#EXTINF:1,\n${rung}_00001.m4s\n`;
const CAME: Beginning = {
  base: '/media/abc/',
  playlists: { 'master.m3u8': MASTER, '360.m3u8': media('360'), '720.m3u8': media('720') },
  inits: { '360_init.mp4': btoa('init') },
  segment: '360_00000.m4s',
};

afterEach(() => vi.unstubAllGlobals());

/** Keeps what addresses are made for. */
function addresses(): Map<string, Blob> {
  const made = new Map<string, Blob>();
  vi.spyOn(URL, 'createObjectURL').mockImplementation((data) => {
    const address = `blob:${made.size}`;
    made.set(address, data as Blob);
    return address;
  });
  return made;
}

describe('the beginning of a clip', () => {
  it('leads to what is here, and to the house for the rest', async () => {
    const made = addresses();
    const first = { data: new Blob(['first']), bps: 10_000_000 };
    const all = await made.get(playlistOf(CAME, first, 'http://house'))?.text();
    const [small, large] = (all ?? '').match(/^blob:.*$/gm) ?? [];
    const lowest = await made.get(small ?? '')?.text();
    const [init, segment] = lowest?.match(/blob:\d+/g) ?? [];
    expect(await made.get(init ?? '')?.text()).toBe('init');
    expect(await made.get(segment ?? '')?.text()).toBe('first');
    expect(lowest).toContain('\nhttp://house/media/abc/360_00001.m4s\n');
    const other = await made.get(large ?? '')?.text();
    expect(other).toContain('URI="http://house/media/abc/720_init.mp4"');
    expect(other).toContain('\nhttp://house/media/abc/720_00000.m4s\n');
  });

  it('leaves out sizes that the line does not carry, but never the smallest', () => {
    expect(carried(MASTER, 10_000_000)).toBe(MASTER);
    expect(carried(MASTER, 1_000_000)).not.toContain('720.m3u8');
    expect(carried(MASTER, 1_000)).toContain('360.m3u8');
  });

  it('says so when the first segment is gone', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(new Response('', { status: 404 })));
    await expect(firstSegment(CAME)).rejects.toThrow('/media/abc/360_00000.m4s answered 404');
  });
});
