/** The first clip, begun before the app was there (`early/early.ts`) and taken over by the feed. */

/** Where the clip lies until it is taken over. */
export const PLACE = 'early';

export interface Ahead {
  readonly version: string;
  readonly video: HTMLVideoElement;
  /** A picture of it has been shown. */
  shown: boolean;
}

declare global {
  interface Window {
    wardcastAhead?: Ahead;
  }
}

/** Whether this version's clip has begun already. */
export function isAhead(version: string): boolean {
  return window.wardcastAhead?.version === version;
}

const goingOn = new WeakSet<HTMLVideoElement>();

/** Whether what this video has loaded before the app was there is to go on; asked once. */
export function goesOn(video: HTMLVideoElement): boolean {
  return goingOn.delete(video) && !video.error;
}

/** The clip that has begun, if it is of this version; whoever takes it has to put it somewhere. */
export function take(version: string | undefined): Ahead | null {
  const ahead = window.wardcastAhead;
  // What has not even asked for its clip is of no use.
  if (!ahead?.video.src || ahead.version !== version) return null;
  delete window.wardcastAhead;
  goingOn.add(ahead.video);
  return ahead;
}

/** Clears away where it lay, and the clip itself if nobody took it. */
export function clear(): void {
  const ahead = window.wardcastAhead;
  delete window.wardcastAhead;
  if (ahead) {
    ahead.video.removeAttribute('src');
    ahead.video.load();
  }
  document.getElementById(PLACE)?.remove();
}
