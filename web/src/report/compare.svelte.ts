/** Two versions of a clip side by side or in each other's place, always at the same moment. */
import { tick } from 'svelte';
import { Preview } from '~/player/preview.svelte';
import { stretches, toBefore, toNow, type Before, type Side, type Stretch } from './comparing';

/** Further than this apart, the one that follows is brought back. */
const DRIFT_MS = 150;
/** A key held longer than this is a glance, and its release goes back. */
const GLANCE_MS = 350;

export class Compare {
  /** The clip that the report is about. */
  readonly now: Preview;
  readonly earlier = new Preview();
  before = $state.raw<Before | null>(null);
  /** Changes alone are on the timeline, and the version before can be shown. */
  on = $state(false);
  side = $state<Side>('now');
  both = $state(false);
  /** What is still to be played of the changes; null while it plays as ever. */
  #queue = $state.raw<readonly Stretch[] | null>(null);
  #glancedAt: number | null = null;

  constructor(now: Preview) {
    this.now = now;
  }

  readonly changes = $derived(this.before?.changes ?? []);
  /** Whether the version before can still be played. */
  readonly possible = $derived(Boolean(this.before?.preview_url));
  readonly playingChanges = $derived(this.#queue !== null);
  /** What is seen and heard; side by side, the clip now leads. */
  readonly shown = $derived.by(() =>
    this.side === 'before' && !this.both ? this.earlier : this.now,
  );
  /** Where it is in the clip now. */
  readonly at_ms = $derived.by(() =>
    this.shown === this.earlier ? toNow(this.changes, this.earlier.at_ms) : this.now.at_ms,
  );

  /** Takes what a report says of the version before it; comparing ends with the report. */
  take(before: Before | null): void {
    if (before?.id === this.before?.id) return;
    this.before = before;
    this.stop();
  }

  start(): void {
    if (this.before) this.on = true;
  }

  stop(): void {
    this.show('now');
    this.on = false;
    this.both = false;
    this.#queue = null;
  }

  /** Shows a side at the moment at which the other is, running if that runs. */
  show(side: Side): void {
    if (side === this.side || (side === 'before' && !this.possible)) return;
    this.start();
    const from = this.shown;
    const ran = from.playing;
    const at = this.at_ms;
    from.pause();
    this.both = false;
    this.side = side;
    this.seek(at);
    this.shown.setMuted(from.muted);
    if (this.#queue) this.#queue = stretches(this.changes, side, this.shown.duration_ms);
    // Its clip may only now come onto the page.
    if (ran) void tick().then(() => this.shown.play());
  }

  /** Side by side: the one before follows, silent. */
  setBoth(both: boolean): void {
    if (both) {
      this.start();
      this.show('now');
    }
    this.both = both;
    this.earlier.setMuted(both);
    if (both) this.follow();
    else this.earlier.pause();
  }

  /** Moves both to a moment of the clip now. */
  seek(now_ms: number): void {
    this.now.seek(now_ms);
    if (this.on) this.earlier.seek(toBefore(this.changes, now_ms));
  }

  toggle(): void {
    this.shown.toggle();
  }

  /** The key went down: the other side is shown. */
  press(): void {
    this.#glancedAt = performance.now();
    this.show(this.side === 'now' ? 'before' : 'now');
  }

  /** The key came up: after a glance, it is as it was. */
  release(): void {
    const since = this.#glancedAt;
    this.#glancedAt = null;
    if (since !== null && performance.now() - since > GLANCE_MS) {
      this.show(this.side === 'now' ? 'before' : 'now');
    }
  }

  /** Plays a little around each change, one after another, or ends that. */
  playChanges(): void {
    if (this.#queue) {
      this.#queue = null;
      this.shown.pause();
      return;
    }
    const side = this.shown === this.earlier ? 'before' : 'now';
    const all = stretches(this.changes, side, this.shown.duration_ms || Infinity);
    const [first] = all;
    if (!first) return;
    this.start();
    this.#queue = all;
    this.shown.seek(first.start_ms);
    void this.shown.play();
  }

  /** Called as the position moves: jumps over what is the same, and holds the follower. */
  tick(): void {
    const at = this.shown.at_ms;
    const queue = this.#queue;
    if (queue && this.shown.playing) {
      const stretch = queue.find(({ end_ms }) => at < end_ms);
      if (!stretch) {
        this.#queue = null;
        this.shown.pause();
      } else if (at < stretch.start_ms) this.shown.seek(stretch.start_ms);
    }
    if (this.both) this.follow();
  }

  /** Brings the one before to where the other is. */
  follow(): void {
    const to = toBefore(this.changes, this.now.at_ms);
    const { playing } = this.now;
    if (Math.abs(this.earlier.at_ms - to) > (playing ? DRIFT_MS : 0)) this.earlier.seek(to);
    if (playing && !this.earlier.playing) void this.earlier.play();
    else if (!playing && this.earlier.playing) this.earlier.pause();
  }
}
