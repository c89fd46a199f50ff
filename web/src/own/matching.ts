/** Which open notices concern what this browser played. Pure; the rules are the ledger's. */
import type { Watched } from './history';
import type { OpenNotice } from './list';

export interface Match {
  readonly notice: OpenNotice;
  readonly watched: Watched;
}

/** The list has whole milliseconds, rounded; a clip's own mark is cut off to them. */
const ROUNDING_MS = 1;

/** Whether nothing of a part was played, as far as is known for certain. */
export function missed(watched: Watched, span: readonly [number, number] | undefined): boolean {
  if (!span || watched.whole || watched.open > 0) return false;
  const [start, end] = span;
  return !watched.parts.some((part) => part.start_ms < end && start < part.end_ms);
}

/** Whether the clip was begun before the correction stood on it. */
function early(watched: Watched, notice: OpenNotice): boolean {
  return notice.at > watched.since + ROUNDING_MS;
}

/** What a list says to this history, without what was read, in the order of the list. Who is told the
 * right notice is spared the wrong one that it corrects. */
export function matches(
  history: readonly Watched[],
  open: readonly OpenNotice[],
  read: ReadonlySet<string>,
): Match[] {
  const known = new Map(history.map((watched) => [watched.mark, watched]));
  const found: Match[] = [];
  for (const notice of open) {
    const watched = known.get(notice.version);
    if (!watched || read.has(notice.id) || !early(watched, notice)) continue;
    if (!missed(watched, notice.span)) found.push({ notice, watched });
  }
  const mended = new Set(found.map(({ notice }) => notice.corrects));
  return found.filter(({ notice }) => !mended.has(notice.id));
}

/** These notices and those that they correct: who reads the right one needs no wrong one. */
export function withCorrected(
  ids: readonly string[],
  open: readonly OpenNotice[],
): ReadonlySet<string> {
  const before = new Map(open.map((notice) => [notice.id, notice.corrects]));
  const found = new Set<string>();
  for (const id of ids) {
    let next: string | undefined = id;
    while (next && !found.has(next)) {
      found.add(next);
      next = before.get(next);
    }
  }
  return found;
}
