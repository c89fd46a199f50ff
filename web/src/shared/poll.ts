/** Asks again and again while the page is seen, and at once when it is seen again. */

export interface PollOptions {
  /** What is asked; it keeps its own failures. */
  readonly ask: () => Promise<void>;
  /** Milliseconds until the next time, asked anew each time; null stops. */
  readonly pause: () => number | null;
}

/** Starts asking after the first pause; returns what stops it. */
export function poll({ ask, pause }: PollOptions): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let stopped = false;
  let asking = false;

  const turn = async (): Promise<void> => {
    if (asking || stopped) return;
    asking = true;
    clearTimeout(timer);
    await ask();
    asking = false;
    later();
  };
  const later = (): void => {
    clearTimeout(timer);
    const ms = pause();
    if (stopped || ms === null || document.hidden) return;
    timer = setTimeout(() => void turn(), ms);
  };
  const seen = (): void => {
    if (document.hidden) clearTimeout(timer);
    else if (pause() !== null) void turn();
  };

  document.addEventListener('visibilitychange', seen);
  later();
  return () => {
    stopped = true;
    clearTimeout(timer);
    document.removeEventListener('visibilitychange', seen);
  };
}
