/** Gives a `<video>` its clip: HLS by the browser itself, else by hls.js, else the plain MP4. Where it
 * is there in AV1 and the device shows that well, this comes first. */
import type Hls from 'hls.js';
import type { Card } from '~/api/types';
import { goesOn } from './ahead';
import { device } from './av1';
import { attachHls, playsByScript, playsNatively, type Engine } from './hls';

export type Media = Pick<Card['media'], 'hls' | 'mp4' | 'rungs' | 'av1'>;

/** How a clip is to be played; `Playback` is one. */
export interface Manner {
  readonly engine: Engine;
  /** No picture is to be larger than this by its short side; null when all may be. */
  readonly most: number | null;
  /** The one size to be played of those that there are; null lets the player choose. */
  pick(sides: readonly number[]): number | null;
}

const CONFIG = {
  // The whole clip stays in memory, so that its loop has no gap.
  backBufferLength: Infinity,
  maxBufferLength: 10,
  // The lowest rung is small and its segments short: something moves at once on a poor line.
  startLevel: 0,
};

const FIRST_AGAIN_MS = 1_000;
const LAST_AGAIN_MS = 8_000;
/** So long is a lost connection waited for. */
const PATIENCE_MS = 120_000;

/** What is loaded: the playlist of all sizes, or of the one that was chosen; all lie side by side, and
 * each is in one codec alone. */
export function playlistFor(media: Media, manner: Manner, byScript: boolean, av1 = false): string {
  const beside = (name: string): string => media.hls.replace(/[^/]*$/, `${name}.m3u8`);
  const playlistOf = (side: number): string => beside(`${side}${av1 ? 'av1' : ''}`);
  const side = manner.pick(media.rungs);
  if (side !== null) return playlistOf(side);
  const least = media.rungs[0];
  // A browser's own player cannot be held below a size, so it gets the smallest alone.
  if (manner.most !== null && !byScript && least !== undefined) return playlistOf(least);
  return av1 ? beside('av1') : media.hls;
}

/** Holds hls.js at or below a size. */
function cap(hls: Hls, most: number): void {
  const fits = hls.levels.filter((level) => Math.min(level.width, level.height) <= most);
  hls.autoLevelCapping = Math.max(0, fits.length - 1);
}

class Attachment {
  readonly #video: HTMLVideoElement;
  readonly #media: Media;
  readonly #manner: Manner;
  readonly #onfail: () => void;
  readonly #onanew: () => void;
  readonly #stop = new AbortController();
  #detachHls: (() => void) | null = null;
  #onAv1: boolean;
  #onMp4 = false;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #pauseMs = FIRST_AGAIN_MS;
  #lostAt: number | null = null;

  constructor(
    video: HTMLVideoElement,
    media: Media,
    manner: Manner,
    onfail: () => void,
    onanew: () => void,
  ) {
    this.#video = video;
    this.#media = media;
    this.#manner = manner;
    this.#onAv1 = media.av1 && device.av1;
    this.#onfail = onfail;
    this.#onanew = onanew;
    const { signal } = this.#stop;
    video.addEventListener('error', () => this.#failed(this.#why()), { signal });
    video.addEventListener('timeupdate', () => this.#runs(), { signal });
    addEventListener('online', () => this.#lostAt !== null && this.#again(), { signal });
    this.#begin();
  }

  detach(): void {
    this.#stop.abort();
    clearTimeout(this.#timer);
    this.#detachHls?.();
    this.#video.pause();
    this.#video.removeAttribute('src');
    this.#video.load();
  }

  /** Which player it is stands at the element, for whoever looks for a cause. */
  #begin(): void {
    const { dataset } = this.#video;
    if (this.#onMp4) {
      dataset.player = 'mp4';
      this.#video.src = this.#media.mp4;
    } else if (playsNatively(this.#video) && this.#manner.engine !== 'script') {
      dataset.player = 'native';
      // Looked at also where nothing is loaded: whoever attached it hears of another choice by that.
      const url = playlistFor(this.#media, this.#manner, false, this.#onAv1);
      // What has begun before the app was there is H.264.
      if (goesOn(this.#video)) this.#onAv1 = false;
      else this.#video.src = url;
    } else if (playsByScript()) {
      dataset.player = 'script';
      void this.#beginByScript();
    } else {
      this.#useMp4();
    }
  }

  async #beginByScript(): Promise<void> {
    const { most } = this.#manner;
    const heard = {
      onfail: (why: 'network' | 'clip') => this.#failed(why),
      onlevels: (hls: Hls) => most !== null && cap(hls, most),
    };
    let detach: (() => void) | null;
    try {
      const url = playlistFor(this.#media, this.#manner, true, this.#onAv1);
      detach = await attachHls(this.#video, url, CONFIG, heard);
    } catch (cause) {
      // hls.js itself could not be loaded.
      if (!(cause instanceof TypeError)) throw cause;
      this.#failed('network');
      return;
    }
    if (this.#stop.signal.aborted) detach?.();
    else if (detach) this.#detachHls = detach;
    else this.#useMp4();
  }

  #why(): 'network' | 'clip' {
    const network = this.#video.error?.code === MediaError.MEDIA_ERR_NETWORK;
    return network || !navigator.onLine ? 'network' : 'clip';
  }

  #failed(why: 'network' | 'clip'): void {
    if (this.#stop.signal.aborted) return;
    if (why === 'network' && this.#mayWait()) this.#later();
    else if (this.#onAv1) this.#useH264();
    else if (this.#onMp4) this.#onfail();
    else this.#useMp4();
  }

  #useH264(): void {
    this.#onAv1 = false;
    this.#again();
  }

  #useMp4(): void {
    this.#onMp4 = true;
    this.#again();
  }

  #mayWait(): boolean {
    this.#lostAt ??= Date.now();
    return Date.now() - this.#lostAt < PATIENCE_MS;
  }

  #later(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#again(), this.#pauseMs);
    this.#pauseMs = Math.min(LAST_AGAIN_MS, this.#pauseMs * 2);
  }

  /** Loads it anew and goes on where it was. */
  #again(): void {
    clearTimeout(this.#timer);
    const video = this.#video;
    const at = video.currentTime;
    const ran = !video.paused;
    this.#detachHls?.();
    this.#detachHls = null;
    const { signal } = this.#stop;
    const goOn = (): void => {
      if (at > 0) video.currentTime = at;
    };
    video.addEventListener('loadedmetadata', goOn, { once: true, signal });
    this.#begin();
    // A start that comes before there is something to play, or is refused, is told to nobody here.
    if (ran) video.play().catch(() => undefined);
    this.#onanew();
  }

  #runs(): void {
    this.#lostAt = null;
    this.#pauseMs = FIRST_AGAIN_MS;
  }
}

/**
 * Attaches the clip and returns what detaches it. A connection that is lost is waited for, and the
 * clip goes on where it was. AV1 that fails falls back to H.264, and HLS that fails to the MP4; `onfail` is called when
 * that fails too. `onanew` is called whenever something was loaded once more: a browser may have
 * paused meanwhile, and only who shows the clip knows whether it is to run.
 */
export function attach(
  video: HTMLVideoElement,
  media: Media,
  manner: Manner,
  onfail: () => void,
  onanew: () => void = () => undefined,
): () => void {
  const attachment = new Attachment(video, media, manner, onfail, onanew);
  return () => attachment.detach();
}
