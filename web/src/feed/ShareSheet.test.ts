import { render, screen } from '@testing-library/svelte';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { nameOf } from '~/shared/download';
import ShareSheet from './ShareSheet.svelte';
import { clip } from './testing';

afterEach(() => {
  vi.unstubAllGlobals();
  vi.restoreAllMocks();
});

describe('giving a video on', () => {
  it('saves the signed file under the name of its author', async () => {
    const asked: string[] = [];
    vi.stubGlobal('fetch', (url: string) => {
      asked.push(url);
      return Promise.resolve(new Response(new Uint8Array(10)));
    });
    const saved: string[] = [];
    vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(function (
      this: HTMLAnchorElement,
    ) {
      saved.push(this.download);
    });
    const item = clip(1);
    render(ShareSheet, { item, onclose: vi.fn() });
    screen.getByRole('button', { name: 'Download the video' }).click();
    await vi.waitFor(() => {
      expect(saved).toEqual([nameOf(item.card.author.handle, item.card.post_id)]);
    });
    expect(asked).toEqual([item.card.media.mp4]);
  });

  it('says what became of a file that was taken down', async () => {
    const gone = { code: 'not_found', detail: 'There is no such file here.' };
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(gone, { status: 404 })));
    render(ShareSheet, { item: clip(1), onclose: vi.fn() });
    screen.getByRole('button', { name: 'Download the video' }).click();
    expect(await screen.findByText(gone.detail)).toBeTruthy();
  });

  it('gives the code of a frame, in which no title can end an attribute', async () => {
    const written: string[] = [];
    vi.stubGlobal('navigator', {
      clipboard: { writeText: (text: string) => Promise.resolve(written.push(text)) },
    });
    const item = clip(1, { title: 'Say "ah" <now> & then' });
    render(ShareSheet, { item, onclose: vi.fn() });
    screen.getByRole('button', { name: 'Copy the code for a web page' }).click();
    await vi.waitFor(() => expect(written).toHaveLength(1));
    expect(written[0]).toContain(`<iframe src="${location.origin}/embed/p1" `);
    expect(written[0]?.match(/</g)).toHaveLength(2);
    expect(written[0]).toContain('title="Say &quot;ah&quot; &lt;now> &amp; then"');
  });

  it('names a file by the end of its id, which no other post shares', () => {
    expect(nameOf('ana', '01a212a3-3581-7ce4-8046-c8f42fbab9ec')).toBe('wardcast-ana-2fbab9ec.mp4');
  });
});
