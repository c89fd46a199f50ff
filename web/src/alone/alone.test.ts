import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwedNotice } from '~/api/types';
import { Problem } from '~/api/problem';
import { OwnHistory } from '~/own/history';
import { OwnNotices } from '~/own/notices';
import { owed } from '~/recall/testing';
import { Guard, Watching } from './alone';

const VERSION = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';

class Remembered extends OwnNotices {
  waiting: OwedNotice[] = [];
  fails = false;
  readonly told: string[] = [];

  override owed(): Promise<OwedNotice[]> {
    return this.fails
      ? Promise.reject(new Problem('offline', 'No answer.', 0))
      : Promise.resolve(this.waiting);
  }

  override read(ids: readonly string[]): Promise<boolean> {
    this.told.push(...ids);
    this.waiting = [];
    return Promise.resolve(false);
  }
}

let video: HTMLVideoElement;
let own: Remembered;
let paused = true;

beforeEach(() => {
  document.body.innerHTML = '';
  video = document.createElement('video');
  video.dataset.version = VERSION;
  video.controls = true;
  document.body.append(video);
  paused = true;
  Object.defineProperty(video, 'paused', { get: () => paused });
  Object.defineProperty(video, 'played', {
    get: () => ({ length: 1, start: () => 0, end: () => 2.5 }),
  });
  video.pause = vi.fn(() => void (paused = true));
  own = new Remembered();
});

afterEach(() => vi.useRealTimers());

const card = (): HTMLDialogElement | null => document.querySelector('dialog');

describe('a clip without the app', () => {
  it('waits behind the card, and is let go once it was read', async () => {
    own.waiting = [owed(), owed({ id: 'n2', severity: 'withdraw', what_right: 'Watch no more.' })];
    const begun = new Guard(video, own).begin();
    expect(video.controls).toBe(false);
    await vi.waitFor(() => expect(card()?.open).toBe(true));
    expect(card()?.querySelector('h1')?.textContent).toBe('Watch no more.');
    expect(document.activeElement?.tagName).toBe('H1');
    paused = false;
    video.dispatchEvent(new Event('play'));
    expect(video.pause).toHaveBeenCalled();
    card()?.close();
    expect(card()?.open).toBe(true);
    card()?.querySelector('button')?.click();
    await begun;
    expect(own.told).toEqual(['n1', 'n2']);
    expect(card()).toBeNull();
    expect(video.controls).toBe(true);
  });

  it('shows no words as markup', async () => {
    own.waiting = [owed({ what_right: '<img src=x>', what_wrong: '<b>no</b>' })];
    void new Guard(video, own).begin();
    await vi.waitFor(() => expect(card()).not.toBeNull());
    expect(card()?.querySelector('img, b')).toBeNull();
    expect(card()?.textContent).toContain('<b>no</b>');
  });

  it('is not held up for long by a house that does not answer', async () => {
    vi.useFakeTimers();
    own.owed = () => new Promise(() => undefined);
    void new Guard(video, own).begin();
    await vi.advanceTimersByTimeAsync(1_400);
    expect(video.controls).toBe(false);
    await vi.advanceTimersByTimeAsync(200);
    expect(video.controls).toBe(true);
  });

  it('waits where the words do not come, until they do', async () => {
    own.fails = true;
    const begun = new Guard(video, own).begin();
    await vi.waitFor(() => expect(card()?.textContent).toContain('No answer.'));
    own.fails = false;
    own.waiting = [owed()];
    card()?.querySelector('button')?.click();
    await vi.waitFor(() => expect(card()?.querySelector('h1')).not.toBeNull());
    card()?.querySelector('button')?.click();
    await begun;
    expect(card()).toBeNull();
  });

  it('is remembered here once it plays, with what was played when the page goes', () => {
    video.dataset.corrected = '2026-11-30T10:00:00Z';
    new Watching(video, own);
    video.dispatchEvent(new Event('timeupdate'));
    expect(new OwnHistory().empty).toBe(true);
    paused = false;
    video.dispatchEvent(new Event('timeupdate'));
    video.dispatchEvent(new Event('timeupdate'));
    const since = Date.parse('2026-11-30T10:00:00Z');
    expect(new OwnHistory().entries).toMatchObject([{ open: 1, since, parts: [] }]);
    dispatchEvent(new Event('pagehide'));
    expect(new OwnHistory().entries).toMatchObject([
      { open: 0, parts: [{ start_ms: 0, end_ms: 3_000 }] },
    ]);
  });
});
