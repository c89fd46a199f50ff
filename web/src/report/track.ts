/** Where something is in the picture at a moment. */
import type { Finding } from '~/api/types';

/** Edges in pixels of the original. */
export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** The box of a finding at a moment, straight between its spots; null while it is not seen. */
export function boxAt(finding: Finding, at_ms: number): Box | null {
  const spots = finding.track?.spots ?? [];
  const [first] = spots;
  if (!first || at_ms < first.at_ms || at_ms >= (finding.track?.until_ms ?? 0)) return null;
  const next = spots.findIndex((spot) => spot.at_ms > at_ms);
  const before = spots[next < 0 ? spots.length - 1 : next - 1] ?? first;
  const after = spots[next] ?? before;
  const share = after === before ? 0 : (at_ms - before.at_ms) / (after.at_ms - before.at_ms);
  const between = (from: number, to: number): number => from + (to - from) * share;
  return {
    left: between(before.left, after.left),
    top: between(before.top, after.top),
    right: between(before.right, after.right),
    bottom: between(before.bottom, after.bottom),
  };
}
