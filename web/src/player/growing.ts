/** Plays a clip while it is being made: its playlist grows, and it is played from its start. */
import { attachHls, playsByScript, type Engine } from './hls';

const AGAIN_MS = 2_000;

const CONFIG = {
  // hls.js takes a playlist without an end for something live, whose newest part counts.
  startPosition: 0,
  maxLiveSyncPlaybackRate: 1,
  backBufferLength: Infinity,
};

/**
 * Gives a `<video>` what there is of the clip and whatever comes; returns what detaches it.
 *
 * A playlist that cannot be had is asked for again, since what is being made may begin anew.
 */
export function attachGrowing(video: HTMLVideoElement, url: string, engine: Engine): () => void {
  let gone = false;
  let timer: ReturnType<typeof setTimeout> | undefined;
  let detach: () => void = () => undefined;

  const again = (): void => {
    if (gone) return;
    detach();
    detach = () => undefined;
    clearTimeout(timer);
    timer = setTimeout(begin, AGAIN_MS);
  };
  const native = (): void => {
    const stop = new AbortController();
    video.addEventListener('error', again, { signal: stop.signal });
    video.src = url;
    detach = () => stop.abort();
  };
  const begin = (): void => {
    // Browsers jump to the newest part, so hls.js comes first, also where they could by themselves.
    if (engine === 'native' || !playsByScript()) {
      native();
      return;
    }
    void byScript();
  };
  const byScript = async (): Promise<void> => {
    let found: (() => void) | null;
    try {
      found = await attachHls(video, url, CONFIG, { onfail: again });
    } catch (cause) {
      // hls.js itself could not be loaded.
      if (!(cause instanceof TypeError)) throw cause;
      again();
      return;
    }
    if (gone) found?.();
    else if (found) detach = found;
    else native();
  };

  begin();
  return () => {
    gone = true;
    clearTimeout(timer);
    detach();
  };
}
