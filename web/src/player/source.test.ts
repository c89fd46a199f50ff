import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { take } from './ahead';
import { device } from './av1';
import { attach, playlistFor, type Manner } from './source';

const media = {
  hls: '/media/x/master.m3u8',
  mp4: '/clips/x/clip.mp4',
  rungs: [360, 480, 720, 1080],
  av1: false,
};
const twice = { ...media, av1: true };
const plain: Manner = { engine: 'auto', most: null, pick: () => null };

function player(nativeHls: boolean): HTMLVideoElement {
  const video = document.createElement('video');
  video.canPlayType = () => (nativeHls ? 'maybe' : '');
  video.load = () => undefined;
  return video;
}

function failsBy(video: HTMLVideoElement, code: number): void {
  Object.defineProperty(video, 'error', { value: { code }, configurable: true });
  video.dispatchEvent(new Event('error'));
}

const NETWORK = 2;
const DECODE = 3;

beforeEach(() => {
  vi.stubGlobal('MediaError', { MEDIA_ERR_NETWORK: NETWORK });
});
afterEach(() => {
  device.av1 = false;
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

describe('a video is given its clip', () => {
  it('as HLS where the browser plays it by itself', () => {
    const video = player(true);
    attach(video, media, plain, vi.fn());
    expect(video.getAttribute('src')).toBe(media.hls);
  });

  it('that has begun before the app was there, and is asked for another size from then on', () => {
    const video = player(true);
    video.src = 'blob:begun';
    window.wardcastAhead = { version: 'v', video, shown: true };
    take('v');
    const pick = vi.fn(() => 480);
    attach(video, media, { ...plain, pick }, vi.fn());
    expect(video.getAttribute('src')).toBe('blob:begun');
    expect(pick).toHaveBeenCalled();
    attach(video, media, { ...plain, pick }, vi.fn());
    expect(video.getAttribute('src')).toBe('/media/x/480.m3u8');
  });

  it('as MP4 where nothing else plays', () => {
    const video = player(false);
    attach(video, media, plain, vi.fn());
    expect(video.getAttribute('src')).toBe(media.mp4);
  });

  it('as MP4 after HLS has failed, and tells when that fails too', () => {
    const video = player(true);
    const failed = vi.fn();
    const anew = vi.fn();
    attach(video, media, plain, failed, anew);
    expect(anew).not.toHaveBeenCalled();
    failsBy(video, DECODE);
    expect(video.getAttribute('src')).toBe(media.mp4);
    expect(anew).toHaveBeenCalledOnce();
    expect(failed).not.toHaveBeenCalled();
    failsBy(video, DECODE);
    expect(failed).toHaveBeenCalledOnce();
  });

  it('in AV1 where it is there and the device shows it', () => {
    const video = player(true);
    attach(video, twice, plain, vi.fn());
    expect(video.getAttribute('src')).toBe(media.hls);
    device.av1 = true;
    attach(video, media, plain, vi.fn());
    expect(video.getAttribute('src')).toBe(media.hls);
    attach(video, twice, plain, vi.fn());
    expect(video.getAttribute('src')).toBe('/media/x/av1.m3u8');
  });

  it('in H.264 after AV1 has failed, and as MP4 after that', () => {
    device.av1 = true;
    const video = player(true);
    const failed = vi.fn();
    attach(video, twice, plain, failed);
    failsBy(video, DECODE);
    expect(video.getAttribute('src')).toBe(media.hls);
    failsBy(video, DECODE);
    expect(video.getAttribute('src')).toBe(media.mp4);
    expect(failed).not.toHaveBeenCalled();
  });

  it('again where it was, once a lost connection is back', () => {
    vi.useFakeTimers();
    const video = player(true);
    const failed = vi.fn();
    attach(video, media, plain, failed);
    video.currentTime = 7;
    video.removeAttribute('src');
    failsBy(video, NETWORK);
    expect(video.hasAttribute('src')).toBe(false);
    vi.advanceTimersByTime(1_000);
    expect(video.getAttribute('src')).toBe(media.hls);
    video.currentTime = 0;
    video.dispatchEvent(new Event('loadedmetadata'));
    expect(video.currentTime).toBe(7);
    expect(failed).not.toHaveBeenCalled();
  });

  it('and lets go of it, so that nothing is loaded or told any more', () => {
    const video = player(true);
    const failed = vi.fn();
    const detach = attach(video, media, plain, failed);
    detach();
    expect(video.hasAttribute('src')).toBe(false);
    failsBy(video, DECODE);
    expect(failed).not.toHaveBeenCalled();
  });
});

describe('what is loaded', () => {
  it('holds all sizes unless one was chosen', () => {
    expect(playlistFor(media, plain, true)).toBe('/media/x/master.m3u8');
    const chosen = { ...plain, pick: () => 720 };
    expect(playlistFor(media, chosen, true)).toBe('/media/x/720.m3u8');
    expect(playlistFor(media, chosen, false)).toBe('/media/x/720.m3u8');
  });

  it('is of one codec, whatever the size', () => {
    const chosen = { ...plain, pick: () => 720 };
    expect(playlistFor(twice, plain, true, true)).toBe('/media/x/av1.m3u8');
    expect(playlistFor(twice, chosen, true, true)).toBe('/media/x/720av1.m3u8');
    expect(playlistFor(twice, { ...plain, most: 480 }, false, true)).toBe('/media/x/360av1.m3u8');
  });

  it('is the smallest alone where data is saved and the browser chooses', () => {
    const saving = { ...plain, most: 480 };
    expect(playlistFor(media, saving, false)).toBe('/media/x/360.m3u8');
    expect(playlistFor(media, saving, true)).toBe('/media/x/master.m3u8');
    expect(playlistFor({ ...media, rungs: [] }, saving, false)).toBe('/media/x/master.m3u8');
  });
});
