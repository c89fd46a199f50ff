import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Shareable, Sharing } from '~/api/types';
import { PLAIN, Shareables } from './shareables.svelte';

const SIZE = 2_500_000;

const aFile = (more: Partial<Shareable> = {}): Shareable => ({
  language: null,
  state: 'ready',
  fraction: 1,
  detail: '',
  size: SIZE,
  name: 'wardcast-ana-12345678.mp4',
  url: '/api/v1/studio/posts/p1/shareables/plain.mp4',
  ...more,
});

const aSharing = (...files: Shareable[]): Sharing => ({
  because: '',
  version_id: 'v1',
  number: 1,
  languages: ['de'],
  files,
});

const ranges: string[] = [];
const saved: { name: string; size: number }[] = [];
let sharing: Sharing;
let withdrawn = false;

beforeEach(() => {
  ranges.length = saved.length = 0;
  sharing = aSharing();
  withdrawn = false;
  vi.stubGlobal('fetch', async (asked: Request | string, how?: RequestInit) => {
    if (typeof asked === 'string') {
      const range = (how?.headers as Record<string, string>).Range ?? '';
      ranges.push(range);
      if (withdrawn && ranges.length > 1) {
        return Response.json({ code: 'not_found', detail: 'It is gone.' }, { status: 404 });
      }
      const [first = 0, last = 0] = range.replace('bytes=', '').split('-').map(Number);
      const end = Math.min(last + 1, SIZE);
      return new Response(new Uint8Array(end - first), {
        status: 206,
        headers: { 'Content-Range': `bytes ${first}-${end - 1}/${SIZE}` },
      });
    }
    if (asked.method === 'POST') {
      const { language } = (await asked.json()) as { language: string | null };
      sharing = aSharing(aFile({ language, state: 'making', fraction: 0 }));
    }
    return Response.json(sharing);
  });
  const real = URL.createObjectURL.bind(URL);
  vi.spyOn(URL, 'createObjectURL').mockImplementation((file) => {
    saved.push({ name: '', size: (file as Blob).size });
    return real(file);
  });
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
    this: HTMLAnchorElement,
  ) {
    const last = saved.at(-1);
    if (last) last.name = this.download;
  });
});

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('a file to take elsewhere', () => {
  it('is made in the language that was chosen, once it is asked for', async () => {
    const files = new Shareables('p1');
    await files.load();
    expect(files.file).toBeNull();
    expect(files.making).toBe(false);
    files.chosen = 'de';
    await files.make();
    expect(files.file?.language).toBe('de');
    expect(files.file?.state).toBe('making');
    expect(files.making).toBe(true);
    files.chosen = PLAIN;
    expect(files.file).toBeNull();
  });

  it('is fetched in pieces of at most a mebibyte and saved whole under its name', async () => {
    sharing = aSharing(aFile());
    const files = new Shareables('p1');
    await files.load();
    await files.take();
    expect(ranges).toEqual(['bytes=0-1048575', 'bytes=1048576-2097151', 'bytes=2097152-3145727']);
    expect(saved).toEqual([{ name: 'wardcast-ana-12345678.mp4', size: SIZE }]);
    expect(files.fetched).toBeNull();
  });

  it('that is withdrawn meanwhile is not saved, and it is said', async () => {
    sharing = aSharing(aFile());
    withdrawn = true;
    const files = new Shareables('p1');
    await files.load();
    await files.take();
    expect(saved).toEqual([]);
    expect(files.act.problem?.detail).toBe('It is gone.');
  });
});
