/**
 * Which parts of a clip were played, from what the browser says of its `<video>`.
 *
 * In whole seconds, rounded outwards, as the ledger keeps them: what was played in part counts as
 * played. Positions are those of the clip as it plays.
 */

export interface Part {
  readonly start_ms: number;
  readonly end_ms: number;
}

/** The server takes no more of one clip. */
export const MOST_PARTS = 50;

const SECOND_MS = 1_000;

/** Parts in order, those that touch or overlap joined. */
export function joinedParts(parts: readonly Part[]): Part[] {
  const found: Part[] = [];
  for (const part of [...parts].sort((a, b) => a.start_ms - b.start_ms)) {
    const last = found.at(-1);
    if (last && part.start_ms <= last.end_ms) {
      const end_ms = Math.max(last.end_ms, part.end_ms);
      found[found.length - 1] = { start_ms: last.start_ms, end_ms };
    } else {
      found.push(part);
    }
  }
  return found;
}

/** At most so many parts: the shortest gaps count as played. */
function fewer(parts: readonly Part[], most: number): Part[] {
  const gap = (i: number): number => (parts[i]?.start_ms ?? 0) - (parts[i - 1]?.end_ms ?? 0);
  const gaps = parts.map((_, i) => i).slice(1);
  const closed = new Set(gaps.sort((a, b) => gap(a) - gap(b)).slice(0, parts.length - most));
  const bridges = [...closed].map((i) => ({
    start_ms: parts[i - 1]?.end_ms ?? 0,
    end_ms: parts[i]?.start_ms ?? 0,
  }));
  return joinedParts([...parts, ...bridges]);
}

export class Played {
  #parts: Part[] = [];

  /** What was played so far, in order and apart. */
  get parts(): Part[] {
    return fewer(this.#parts, MOST_PARTS);
  }

  get none(): boolean {
    return this.#parts.length === 0;
  }

  /** Adds what a `<video>` has played since it was loaded; as often as one likes. */
  take(ranges: Pick<TimeRanges, 'length' | 'start' | 'end'>): void {
    const fresh: Part[] = [];
    for (let i = 0; i < ranges.length; i += 1) {
      const start = ranges.start(i);
      const end = ranges.end(i);
      if (end <= start) continue; // begun ahead of time and stopped on its first picture
      fresh.push({
        start_ms: Math.floor(start) * SECOND_MS,
        end_ms: Math.ceil(end) * SECOND_MS,
      });
    }
    this.#parts = joinedParts([...this.#parts, ...fresh]);
  }

  /** Whether nothing of a clip of this length is left out. */
  covers(duration_ms: number): boolean {
    const [only, other] = this.#parts;
    return only?.start_ms === 0 && other === undefined && only.end_ms + SECOND_MS > duration_ms;
  }

  clear(): void {
    this.#parts = [];
  }
}
