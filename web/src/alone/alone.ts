/**
 * Runs on pages that play one clip without the app: in frames on pages elsewhere, where nobody is
 * known, and on a video's own page for who declined the device token. Before the clip plays, the
 * corrections of what this browser played before come first. Built apart (`vite.alone.config.ts`).
 */
import { Problem } from '~/api/problem';
import type { OwedNotice } from '~/api/types';
import { OwnNotices } from '~/own/notices';
import { poll } from '~/shared/poll';
import { Played } from '~/watching/played';
import { show, showFailure } from './card';

/** So often it is looked again; so long the clip waits for the answer. */
const LOOK_MS = 180_000;
const WAIT_MS = 1_500;

/** Remembers what is played of a clip, for this browser alone. */
export class Watching {
  readonly #video: HTMLVideoElement;
  readonly #own: OwnNotices;
  readonly #played = new Played();
  #begun = false;

  constructor(video: HTMLVideoElement, own: OwnNotices) {
    this.#video = video;
    this.#own = own;
    video.addEventListener('timeupdate', () => this.#begin());
    addEventListener('pagehide', () => this.#tell('skipped'));
    document.addEventListener('visibilitychange', () => {
      if (document.hidden) this.#tell('two_seconds');
    });
  }

  #begin(): void {
    if (this.#begun || this.#video.paused) return;
    this.#begun = true;
    this.#note('frame');
  }

  #tell(kind: 'skipped' | 'two_seconds'): void {
    if (!this.#begun) return;
    this.#played.take(this.#video.played);
    this.#note(kind, this.#played.parts);
    // A page that the browser keeps may come back and play on.
    if (kind === 'skipped') this.#begun = false;
  }

  #note(kind: string, played?: Played['parts']): void {
    const { version = '', corrected } = this.#video.dataset;
    this.#own.history.note(version, corrected || null, { kind, played });
  }
}

/** Lets a clip play once nothing stands before it. */
export class Guard {
  readonly #video: HTMLVideoElement;
  readonly #own: OwnNotices;
  #busy = false;

  constructor(video: HTMLVideoElement, own: OwnNotices) {
    this.#video = video;
    this.#own = own;
    video.addEventListener('play', () => {
      if (this.#busy) video.pause();
    });
  }

  /** The first time the clip waits; an answer that comes late stops it. */
  async begin(): Promise<void> {
    this.#video.controls = false;
    const looked = this.look();
    await Promise.race([looked, new Promise((late) => setTimeout(late, WAIT_MS))]);
    if (!this.#busy) this.#video.controls = true;
    await looked;
    this.#video.controls = true;
  }

  async look(): Promise<void> {
    if (this.#busy) return;
    const owed = await this.#owed();
    if (this.#busy || (!(owed instanceof Problem) && owed.length === 0)) return;
    this.#busy = true;
    this.#video.pause();
    let more = true;
    if (owed instanceof Problem) {
      await showFailure(owed.detail);
    } else {
      await show(owed);
      more = await this.#own.read(owed.map(({ id }) => id));
    }
    this.#busy = false;
    if (more) await this.look();
  }

  /** A Problem where something is owed whose words do not come. */
  async #owed(): Promise<readonly OwedNotice[] | Problem> {
    try {
      return await this.#own.owed();
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      return cause;
    }
  }
}

function main(): void {
  const video = document.querySelector<HTMLVideoElement>('video[data-version]');
  const own = new OwnNotices();
  if (!video) return;
  const guard = new Guard(video, own);
  void guard.begin();
  new Watching(video, own);
  poll({ ask: () => guard.look(), pause: () => LOOK_MS });
  addEventListener('focus', () => void guard.look());
}

main();
