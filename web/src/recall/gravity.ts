/** In which order corrections are shown. */
import type { OwedNotice } from '~/api/types';

const GRAVITY: readonly OwedNotice['severity'][] = ['withdraw', 'replace', 'correct', 'note'];

/** Gravest first, and among equals the one that was issued first. */
export function byGravity(notices: readonly OwedNotice[]): OwedNotice[] {
  return [...notices].sort(
    (a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || a.at.localeCompare(b.at),
  );
}
