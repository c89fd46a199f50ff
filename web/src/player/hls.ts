/** How HLS is played: by the browser itself, or by hls.js where that is better or all there is. */
import type Hls from 'hls.js';
import type { HlsConfig } from 'hls.js';

const TYPE = 'application/vnd.apple.mpegurl';

/** Who plays: whichever fits, the browser itself, or hls.js. */
export type Engine = 'auto' | 'native' | 'script';

export interface Heard {
  /** It cannot go on by itself; `network` when what it needs could not be had. */
  readonly onfail: (why: 'network' | 'clip') => void;
  /** The sizes that there are are known. */
  readonly onlevels?: (hls: Hls) => void;
}

export function playsNatively(video: HTMLVideoElement): boolean {
  return video.canPlayType(TYPE) !== '';
}

export function playsByScript(): boolean {
  return 'MediaSource' in globalThis || 'ManagedMediaSource' in globalThis;
}

/** Whether a server said no: the clip was taken back, or its address has run out. Asking again by the
 * same address would not help. */
export function refused(status: number | undefined): boolean {
  return status !== undefined && [401, 403, 404, 410].includes(status);
}

/** Loads hls.js only here: most browsers need none, and it weighs more than the rest of the feed.
 * Answers what detaches it, or null where it cannot play. */
export async function attachHls(
  video: HTMLVideoElement,
  url: string,
  config: Partial<HlsConfig>,
  { onfail, onlevels }: Heard,
): Promise<(() => void) | null> {
  const { default: Library } = await import('hls.js/light');
  if (!Library.isSupported()) return null;
  // Its worker would need a blob: script, which the content security policy refuses.
  const hls = new Library({ enableWorker: false, ...config });
  hls.on(Library.Events.ERROR, (_, data) => {
    if (!data.fatal) return;
    const lost = data.type === Library.ErrorTypes.NETWORK_ERROR && !refused(data.response?.code);
    onfail(lost ? 'network' : 'clip');
  });
  hls.on(Library.Events.MANIFEST_PARSED, () => onlevels?.(hls));
  hls.loadSource(url);
  hls.attachMedia(video);
  return () => hls.destroy();
}
