/** Lanes over the length of a clip: where each thing lies, and which one is chosen. */

export type Tone = 'block' | 'ask' | 'info' | 'settled' | 'changed';

export interface LaneSpan {
  readonly id: string;
  readonly start_ms: number;
  readonly end_ms: number;
  readonly tone: Tone;
  /** What it is, in words. */
  readonly label: string;
  /** It holds for the whole clip, such as a word of the caption. */
  readonly whole?: boolean;
  /** The next version is to be without it. */
  readonly planned?: boolean;
}

export interface Lane {
  readonly id: string;
  readonly label: string;
  readonly state: 'checked' | 'not_checked' | 'absent';
  readonly spans: readonly LaneSpan[];
}

/** The least that a span takes of the width, so that a word of a second can be seen and hit. */
const LEAST_PERCENT = 1.2;

/** Where a span begins and how wide it is, in percent of the whole; it never leaves the lane. */
export function place(
  span: Pick<LaneSpan, 'start_ms' | 'end_ms'>,
  duration_ms: number,
): { start: number; width: number } {
  if (duration_ms <= 0) return { start: 0, width: 100 };
  const percent = (ms: number): number =>
    (Math.min(Math.max(ms, 0), duration_ms) / duration_ms) * 100;
  const width = Math.max(LEAST_PERCENT, percent(span.end_ms) - percent(span.start_ms));
  return { start: Math.min(percent(span.start_ms), 100 - width), width };
}

export interface Placed {
  readonly span: LaneSpan;
  readonly start: number;
  readonly width: number;
  /** Which row of the lane, from 0: what would lie upon another stands below it. */
  readonly row: number;
}

/** Where each span of a lane is drawn: those without a time stand side by side over its length. */
export function placed(spans: readonly LaneSpan[], duration_ms: number): Placed[] {
  const untimed = spans.filter(({ whole }) => whole);
  const drawn = spans.map((span) => {
    const at = untimed.indexOf(span);
    if (at < 0) return { span, ...place(span, duration_ms), row: 0 };
    return { span, start: (at / untimed.length) * 100, width: 100 / untimed.length, row: 0 };
  });
  const ends: number[] = untimed.length > 0 ? [100] : [];
  for (const one of [...drawn].sort((a, b) => a.start - b.start)) {
    if (one.span.whole) continue;
    const free = ends.findIndex((end) => end <= one.start);
    one.row = free < 0 ? ends.length : free;
    ends[one.row] = one.start + one.width;
  }
  return drawn;
}

/** How many rows a lane has; an empty one has one. */
export function rowsOf(drawn: readonly Placed[]): number {
  return 1 + Math.max(0, ...drawn.map(({ row }) => row));
}

/** Marks for the ruler: at most seven, at round seconds. */
export function ticks(duration_ms: number): number[] {
  const steps = [1, 2, 5, 10, 15, 30, 60, 120, 300, 600].map((seconds) => seconds * 1000);
  const step = steps.find((ms) => duration_ms / ms <= 6) ?? 600_000;
  const marks: number[] = [];
  for (let at = 0; at <= duration_ms; at += step) marks.push(at);
  return marks;
}

export class Timeline {
  lanes = $state.raw<readonly Lane[]>([]);
  duration_ms = $state(0);
  selected = $state<string | null>(null);

  /** Every span in the order of time, as the keys walk through them. */
  readonly order = $derived(
    this.lanes
      .flatMap((lane) => lane.spans)
      .sort((a, b) => a.start_ms - b.start_ms || a.end_ms - b.end_ms),
  );

  /** The position that lies at a share of the width, from 0 to 1. */
  at(share: number): number {
    return Math.round(Math.min(1, Math.max(0, share)) * this.duration_ms);
  }

  percent(ms: number): number {
    return this.duration_ms > 0 ? Math.min(100, Math.max(0, (ms / this.duration_ms) * 100)) : 0;
  }

  /** The span after (`1`) or before (`-1`) one; it stops at the ends. */
  beside(id: string | null, step: 1 | -1): LaneSpan | null {
    const at = this.order.findIndex((span) => span.id === id);
    if (at < 0) return (step > 0 ? this.order[0] : this.order.at(-1)) ?? null;
    return this.order[at + step] ?? this.order[at] ?? null;
  }

  /** The nearest span in the lanes above (`-1`) or below (`1`). */
  across(id: string, step: 1 | -1): LaneSpan | null {
    const lane = this.lanes.findIndex(({ spans }) => spans.some((span) => span.id === id));
    const from = this.lanes[lane]?.spans.find((span) => span.id === id);
    if (!from) return null;
    for (let i = lane + step; this.lanes[i]; i += step) {
      const near = [...(this.lanes[i]?.spans ?? [])].sort(
        (a, b) => Math.abs(a.start_ms - from.start_ms) - Math.abs(b.start_ms - from.start_ms),
      )[0];
      if (near) return near;
    }
    return from;
  }
}
