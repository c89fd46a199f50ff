/**
 * Stands in the page itself, before its styles and the app: begins with the first clip at once, so that
 * its picture waits for nothing but itself, and starts the app after that. Where the feed would not
 * simply begin with the clip, the app starts at once. Built apart (`vite.early.config.ts`): it imports no
 * framework.
 */
import { firstAnswers } from '~/api/given';
import type { FeedItem } from '~/api/types';
import { PLACE, type Ahead } from '~/player/ahead';
import { fills, videoElement } from '~/player/element';
import { firstSegment, playlistOf, type Beginning } from '~/player/beginning';
import { playsNatively } from '~/player/hls';
import { kept, savesData, startsSilent } from '~/player/kept';

/** So long at most does the app wait for the first picture: the two share one processor. */
const PATIENCE_MS = 2_500;

type Answer = { kind?: string; items?: FeedItem[] } | undefined;

function firstClip(): FeedItem | undefined {
  const found = Object.entries(firstAnswers()).find(([path]) => path.startsWith('/api/v1/feed?'));
  const page = found?.[1] as Answer;
  return page?.kind === 'clips' ? page.items?.[0] : undefined;
}

/** Whether the feed would begin with it by itself, in any size, by the browser's own player. */
function isPlain(video: HTMLVideoElement): boolean {
  const calm = matchMedia('(prefers-reduced-motion: reduce)').matches;
  const saving = savesData() || kept('saving') === 'on';
  const chosen = (kept('quality') ?? 'auto') !== 'auto' || kept('engine') === 'script';
  const able = playsNatively(video) && 'requestVideoFrameCallback' in video;
  return able && !calm && !saving && !chosen;
}

/** Where the player is to begin: with what came with the page and the first segment, or by asking. */
async function sourceOf(hls: string): Promise<string> {
  const came = firstAnswers()[hls] as Beginning | undefined;
  if (!came) return hls;
  try {
    return playlistOf(came, await firstSegment(came), location.origin);
  } catch (cause) {
    // Not to be had: the player asks again, and the feed says so when it fails too.
    if (!(cause instanceof TypeError)) throw cause;
    return hls;
  }
}

async function play({ video }: Ahead, source: string): Promise<void> {
  video.src = source;
  try {
    await video.play();
  } catch (cause) {
    // Refused with sound: the feed tries again, and says what it needs.
    if (!(cause instanceof DOMException)) throw cause;
  }
}

/** Lays the clip where the feed will be, once the page has got so far. */
function lay({ video }: Ahead): void {
  new MutationObserver((_, observer) => {
    const place = document.getElementById(PLACE);
    if (!place) return;
    observer.disconnect();
    if (window.wardcastAhead?.video === video) place.append(video);
  }).observe(document.documentElement, { childList: true, subtree: true });
}

/** Begins with the clip; the app's files follow its first segment, the app its first picture. */
async function begin({ card }: FeedItem, video: HTMLVideoElement, app: App): Promise<void> {
  const ahead: Ahead = { version: card.version_id, video, shown: false };
  window.wardcastAhead = ahead;
  video.requestVideoFrameCallback(() => {
    ahead.shown = true;
    app.start();
  });
  video.addEventListener('error', () => app.start(), { once: true });
  video.classList.toggle('fill', fills(card));
  video.muted = startsSilent();
  lay(ahead);
  const source = await sourceOf(card.media.hls);
  app.load();
  // The app did not wait: it begins by itself.
  if (window.wardcastAhead === ahead) await play(ahead, source);
}

/** The web app's files, the one that starts it first. */
class App {
  readonly #files: readonly string[];
  readonly #nonce: string;
  #started = false;

  constructor({ dataset, nonce }: HTMLOrSVGScriptElement) {
    this.#files = (dataset.app ?? '').split(' ');
    this.#nonce = nonce ?? '';
  }

  load(): void {
    for (const file of this.#files) {
      const link = document.createElement('link');
      link.rel = 'modulepreload';
      link.nonce = this.#nonce;
      link.href = file;
      document.head.append(link);
    }
  }

  /** Once, however often it is called. */
  start(): void {
    if (this.#started) return;
    this.#started = true;
    void import(/* @vite-ignore */ this.#files[0] ?? '');
  }
}

function main(script: HTMLOrSVGScriptElement): void {
  const app = new App(script);
  const start = (): void => app.start();
  const first = firstClip();
  const video = videoElement();
  if (first && isPlain(video)) {
    void begin(first, video, app);
    setTimeout(start, PATIENCE_MS);
    for (const kind of ['pointerdown', 'keydown']) addEventListener(kind, start, { once: true });
  } else {
    app.load();
    app.start();
  }
}

if (document.currentScript) main(document.currentScript);
