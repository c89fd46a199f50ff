/** Whether a clip was watched whole: what was played in order counts, a jump ahead does not. */

/** Between two reports of a playing video lies about a quarter of a second. */
const STEP_MS = 1_500;
/** A browser may stop a little before the length that it had announced. */
const SLACK_MS = 400;

export class Watched {
  /** All up to here was played. */
  upTo_ms = $state(0);
  duration_ms = $state(0);

  constructor(duration_ms: number) {
    this.duration_ms = duration_ms;
  }

  get share(): number {
    return this.duration_ms > 0 ? Math.min(1, this.upTo_ms / this.duration_ms) : 0;
  }

  get whole(): boolean {
    return this.duration_ms > 0 && this.upTo_ms >= this.duration_ms - SLACK_MS;
  }

  /** The clip played to here; counts when it goes on from what was watched. */
  played(at_ms: number): void {
    if (at_ms > this.upTo_ms && at_ms - this.upTo_ms <= STEP_MS) this.upTo_ms = at_ms;
  }

  /** The clip came to its end by itself. */
  ended(): void {
    if (this.duration_ms - this.upTo_ms <= STEP_MS) this.upTo_ms = this.duration_ms;
  }
}
