/** One thing that a person asked for and that may fail: busy while it runs, its Problem kept after. */
import { untrack } from 'svelte';
import { Problem } from '~/api/problem';

export class Attempt {
  busy = $state(false);
  problem = $state.raw<Problem | null>(null);

  /**
   * Runs `work`; a Problem is kept for the screen and gives `undefined`, anything else is thrown.
   * While one runs, a second call does nothing, so that no double press sends twice.
   */
  async run<T>(work: () => Promise<T>): Promise<T | undefined> {
    // Read unwatched: an effect that runs this must not run again because it has ended.
    if (untrack(() => this.busy)) return undefined;
    this.busy = true;
    this.problem = null;
    try {
      return await work();
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      return undefined;
    } finally {
      this.busy = false;
    }
  }
}
