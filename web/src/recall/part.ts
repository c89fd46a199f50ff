/** The part of a clip that a correction is about, as it is drawn and moved on the timeline. */

export interface Part {
  readonly start_ms: number;
  readonly end_ms: number;
}

export type Edge = 'start' | 'end';

/** Nothing shorter can be meant: a word takes half a second. */
export const LEAST_MS = 500;

const clamp = (ms: number, least: number, most: number): number =>
  Math.min(Math.max(ms, least), Math.max(least, most));

/** The part between two places, whichever comes first; never too short to be seen. */
export function between(one: number, other: number, duration_ms: number): Part {
  const start_ms = clamp(Math.min(one, other), 0, duration_ms - LEAST_MS);
  const end_ms = clamp(Math.max(one, other), start_ms + LEAST_MS, duration_ms);
  return { start_ms, end_ms };
}

/** The same part with one edge moved; the edges never cross. */
export function moved(part: Part, edge: Edge, to_ms: number, duration_ms: number): Part {
  if (edge === 'start') {
    return { ...part, start_ms: clamp(to_ms, 0, part.end_ms - LEAST_MS) };
  }
  return { ...part, end_ms: clamp(to_ms, part.start_ms + LEAST_MS, duration_ms) };
}

/** Which edge a hand means that comes down here; null when it begins a new part. */
export function grasped(part: Part | null, at_ms: number, reach_ms: number): Edge | null {
  if (!part) return null;
  const to = { start: Math.abs(part.start_ms - at_ms), end: Math.abs(part.end_ms - at_ms) };
  const near: Edge = to.start < to.end ? 'start' : 'end';
  return to[near] <= reach_ms ? near : null;
}
