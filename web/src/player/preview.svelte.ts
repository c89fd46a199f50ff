/** A clip that is played in one place on the page: where it is, and how to move it. */
import { untrack } from 'svelte';
import type { Attachment } from 'svelte/attachments';
import { attachGrowing } from './growing';
import { playback } from './playback.svelte';

export interface Source {
  readonly url: string;
  /** A playlist of what there is of a clip that is still being made. */
  readonly growing: boolean;
  /** How long the whole clip is, where that is known before it is made. */
  readonly whole_ms?: number | null;
}

/** So far from the end of what there is of it one may jump in a clip that grows. */
const EDGE_MS = 300;

export class Preview {
  at_ms = $state(0);
  duration_ms = $state(0);
  playing = $state(false);
  muted = $state(false);
  /** The clip could not be loaded or decoded. */
  failed = $state(false);
  /** Its own picture is seen, not the poster that stands for it. */
  painted = $state(false);
  /** What is played is still being made. */
  growing = $state(false);
  /** So much of it can be played; grows with the clip. */
  available_ms = $state(0);
  /** Nobody may jump beyond this; null lets one seek freely. */
  limit_ms = $state<number | null>(null);
  /** Called for each position reached by playing, not by seeking. */
  onplayed: (at_ms: number) => void = () => undefined;
  onended: () => void = () => undefined;

  #video: HTMLVideoElement | null = null;
  #source: Source | null = null;
  #detach: () => void = () => undefined;
  #frame = 0;
  #wanted: number | null = null;

  /** Ties this to a `<video>`: `<video {@attach preview.attach}>`. */
  readonly attach: Attachment<HTMLVideoElement> = (video) => {
    this.#video = video;
    this.failed = false;
    const stop = new AbortController();
    const on = (name: string, then: () => void): void =>
      video.addEventListener(name, then, { signal: stop.signal });
    on('loadedmetadata', () => {
      this.#measure();
      if (this.#wanted !== null) this.seek(this.#wanted);
    });
    on('durationchange', () => this.#measure());
    on('progress', () => this.#measure());
    on('play', () => {
      this.playing = true;
      this.painted = true;
      this.#follow();
    });
    on('pause', () => {
      this.playing = false;
      this.#read();
    });
    on('seeked', () => {
      this.painted = true;
      this.#read();
    });
    on('timeupdate', () => {
      this.#read();
      if (this.playing && !video.seeking) this.onplayed(this.at_ms);
    });
    on('ended', () => {
      // A clip that grows has not ended where it stops for now.
      if (this.growing) return;
      this.playing = false;
      this.onended();
    });
    on('volumechange', () => (this.muted = video.muted));
    on('error', () => (this.failed = !this.growing));
    // What is read here must not have the video tied anew when it changes.
    untrack(() => this.#load());
    return () => {
      stop.abort();
      cancelAnimationFrame(this.#frame);
      this.#detach();
      this.#detach = () => undefined;
      this.#video = null;
      this.playing = false;
    };
  };

  /**
   * Says what is played. Where it was and whether it ran stay, as when the whole clip takes the
   * place of its first seconds.
   */
  show(source: Source): void {
    const before = this.#source;
    this.#source = source;
    if (before?.url === source.url && before.growing === source.growing) return;
    if (this.#video) untrack(() => this.#load());
  }

  /** Moves to a position on the clip; before it has loaded, the position is kept for then. */
  seek(ms: number): void {
    const end = this.growing ? Math.max(0, this.available_ms - EDGE_MS) : this.duration_ms;
    const most = Math.min(this.limit_ms ?? Infinity, end || Infinity);
    const to = Math.max(0, Math.min(ms, most));
    this.at_ms = to;
    if (this.#video && this.#video.readyState > 0) {
      this.#wanted = null;
      this.#video.currentTime = to / 1000;
    } else {
      this.#wanted = to;
    }
  }

  toggle(): void {
    if (this.playing) this.pause();
    else void this.play();
  }

  /** Plays; where the browser refuses to start by itself, it stays paused. */
  async play(): Promise<void> {
    try {
      await this.#video?.play();
    } catch (cause) {
      // NotAllowedError without a gesture, AbortError when paused before it began.
      if (!(cause instanceof DOMException)) throw cause;
    }
  }

  pause(): void {
    this.#video?.pause();
  }

  setMuted(muted: boolean): void {
    this.muted = muted;
    if (this.#video) this.#video.muted = muted;
  }

  /** Loads the same clip anew after a failure. */
  reload(): void {
    this.#load();
  }

  #load(): void {
    const video = this.#video;
    const source = this.#source;
    if (!video || !source) return;
    const ran = this.playing;
    if (this.at_ms > 0) this.#wanted = this.at_ms;
    this.#detach();
    this.failed = false;
    this.painted = false;
    this.growing = source.growing;
    this.available_ms = 0;
    if (source.whole_ms) this.duration_ms = source.whole_ms;
    if (source.growing) {
      this.#detach = attachGrowing(video, source.url, playback.engine);
    } else {
      this.#detach = () => undefined;
      video.src = source.url;
      video.load();
    }
    // Loading stops a video without telling so.
    this.playing = false;
    if (ran) void this.play();
  }

  #measure(): void {
    const video = this.#video;
    if (!video) return;
    const length = Number.isFinite(video.duration) ? Math.round(video.duration * 1000) : 0;
    if (!this.growing && length > 0) this.duration_ms = length;
    if (!this.growing) return;
    const { seekable } = video;
    const end = seekable.length > 0 ? seekable.end(seekable.length - 1) : 0;
    this.available_ms = Math.round(end * 1000);
    this.duration_ms = Math.max(this.#source?.whole_ms ?? 0, this.available_ms);
  }

  #read(): void {
    if (this.#video && this.#wanted === null) {
      this.at_ms = Math.round(this.#video.currentTime * 1000);
    }
  }

  // timeupdate comes four times a second: too coarse for a playhead that glides.
  #follow(): void {
    cancelAnimationFrame(this.#frame);
    const step = (): void => {
      if (!this.playing) return;
      this.#read();
      this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }
}
