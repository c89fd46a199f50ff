/** Where the same moment is in two versions of a clip, and which stretches differ. */
import type { CheckReport } from '~/api/types';
import type { Lane } from '~/timeline/timeline.svelte';
import { say } from './messages';

export type Before = NonNullable<CheckReport['before']>;
export type Change = Before['changes'][number];
export type Side = 'before' | 'now';

/** Played around each change, so that one hears what leads to it. */
const AROUND_MS = 800;

/** A moment of the clip before, in the clip now; of one that was cut out, where the cut is. */
export function toNow(changes: readonly Change[], before_ms: number): number {
  return changes
    .filter(({ what, before }) => what === 'cut' && before.start_ms < before_ms)
    .reduce(
      (at, { before }) => at - (Math.min(before_ms, before.end_ms) - before.start_ms),
      before_ms,
    );
}

/** A moment of the clip now, in the clip before; where a cut is, what came before it. */
export function toBefore(changes: readonly Change[], now_ms: number): number {
  return changes
    .filter(({ what, now }) => what === 'cut' && now.start_ms < now_ms)
    .reduce((at, { before }) => at + (before.end_ms - before.start_ms), now_ms);
}

export interface Stretch {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** What is played of a side to go through all changes: a little around each, in order, joined. */
export function stretches(changes: readonly Change[], side: Side, duration_ms: number): Stretch[] {
  const wide = changes
    .map((change) => ({
      start_ms: Math.max(0, change[side].start_ms - AROUND_MS),
      end_ms: Math.min(duration_ms, change[side].end_ms + AROUND_MS),
    }))
    .sort((a, b) => a.start_ms - b.start_ms);
  const joined: Stretch[] = [];
  for (const next of wide) {
    const last = joined.at(-1);
    if (last && next.start_ms <= last.end_ms) {
      joined[joined.length - 1] = { ...last, end_ms: Math.max(last.end_ms, next.end_ms) };
    } else joined.push(next);
  }
  return joined;
}

/** The changes as lanes, one for each thing that was done, in the clock of the clip now. */
export function lanesOfChanges(changes: readonly Change[]): Lane[] {
  const kinds = [...new Set(changes.map(({ what }) => what))];
  return kinds.map((what) => ({
    id: what,
    label: say.compare.what[what],
    state: 'checked',
    spans: changes.flatMap((change, i) =>
      change.what === what
        ? [
            {
              id: String(i),
              start_ms: change.now.start_ms,
              end_ms: change.now.end_ms,
              tone: 'changed' as const,
              label: say.compare.what[what],
            },
          ]
        : [],
    ),
  }));
}
