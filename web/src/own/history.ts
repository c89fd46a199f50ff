/**
 * What this browser played, for itself alone: kept where the viewer declined the device token, and in
 * frames on pages elsewhere. The house never gets it; it is met here with the list of open notices.
 *
 * A version is known by the random end of its id (`recall.open_list.mark` on the server), so that who
 * reads the store finds no address in it.
 */
import { joinedParts, type Part } from '~/watching/played';
import { ownStore, readJson, writeJson, type Store } from './store';

const KEY = 'wardcast.own.watched';
const MARK = 16;
/** The versions that are remembered; the ones watched longest ago go first. */
export const MOST = 1_000;
/** As long as the house lists a notice. */
export const KEPT_MS = 366 * 86_400_000;

export interface Watched {
  readonly mark: string;
  /** When it was first and last begun, by this browser's clock; shown on the card, and nothing more. */
  readonly first: number;
  readonly last: number;
  /** When the correction was opened that the clip carried when it was first begun; 0 for none. By the
   * server's clock, so that a wrong clock here hides nothing. */
  readonly since: number;
  /** How often it was begun without a word on all that was played: then all counts as played. */
  readonly open: number;
  /** All of it was played. */
  readonly whole: boolean;
  readonly parts: readonly Part[];
}

/** What the player says; the same that is told to the house by those who are remembered. */
export interface Event {
  readonly kind: string;
  /** All the parts that were played since it was begun, where the browser knows. */
  readonly played?: readonly Part[] | null;
}

/** By what a version is known again. */
export function markOf(version_id: string): string {
  return version_id.replaceAll('-', '').slice(-MARK);
}

/** An entry with one more event in it. */
export function after(entry: Watched, { kind, played }: Event, now: number): Watched {
  const parts = played ? joinedParts([...entry.parts, ...played]) : entry.parts;
  const whole = entry.whole || kind === 'finished' || kind === 'loop';
  const begun = kind === 'frame' && !played ? 1 : 0;
  const left = kind === 'skipped' && played ? 1 : 0;
  const open = Math.max(0, entry.open + begun - left);
  return { ...entry, parts, whole, open, last: begun ? now : entry.last };
}

/** The entries that are kept: not too old, not too many. */
export function kept(entries: readonly Watched[], now: number): Watched[] {
  return entries
    .filter((entry) => now - entry.last < KEPT_MS)
    .sort((a, b) => b.last - a.last)
    .slice(0, MOST);
}

export class OwnHistory {
  readonly #store: Store;

  constructor(store: Store = ownStore()) {
    this.#store = store;
  }

  get entries(): Watched[] {
    const found = readJson(this.#store, KEY);
    return Array.isArray(found) ? (found as Watched[]) : [];
  }

  get empty(): boolean {
    return this.#store.getItem(KEY) === null;
  }

  /** Notes what was played of a version; `corrected` is when the correction was opened that it
   * carries (ISO 8601), if it does. */
  note(version_id: string, corrected: string | null, event: Event, now = Date.now()): void {
    const mark = markOf(version_id);
    const entries = this.entries;
    const since = corrected ? Date.parse(corrected) : 0;
    const fresh = { mark, first: now, last: now, since, open: 0, whole: false, parts: [] };
    const old = entries.find((entry) => entry.mark === mark) ?? fresh;
    const others = entries.filter((entry) => entry.mark !== mark);
    const next = kept([after(old, event, now), ...others], now);
    // A full store: the half that is oldest makes room.
    if (!writeJson(this.#store, KEY, next))
      writeJson(this.#store, KEY, next.slice(0, next.length / 2));
  }

  forget(): void {
    this.#store.removeItem(KEY);
  }
}
