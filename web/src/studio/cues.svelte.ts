/** Captions as they are written: lines with a start and an end, read from and written to WebVTT. */
import { parseCues, type Cue } from '~/player/captions';
import { showTime } from '~/shared/clock';
import { say } from './messages';

const SRT_TIME = /(\d{2}:\d{2}:\d{2}),(\d{3})/g;
const FIRST_LENGTH_MS = 2_500;

/** A position as it stands in WebVTT: `00:01:02.500`. */
export function stamp(ms: number): string {
  const two = (n: number): string => String(n).padStart(2, '0');
  const seconds = Math.floor(ms / 1000);
  const thousandths = String(Math.round(ms) % 1000).padStart(3, '0');
  return `${two(Math.floor(seconds / 3600))}:${two(Math.floor(seconds / 60) % 60)}:${two(seconds % 60)}.${thousandths}`;
}

/** The WebVTT text of cues, in order. */
export function writeWebvtt(cues: readonly Cue[]): string {
  const escaped = (text: string): string =>
    text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('-->', '--&gt;');
  const ordered = [...cues].sort((a, b) => a.start_ms - b.start_ms);
  const blocks = ordered.map(
    (cue) =>
      `${stamp(cue.start_ms)} --> ${stamp(cue.end_ms)}\n${escaped(cue.text.trim().replace(/\n{2,}/g, '\n'))}`,
  );
  return ['WEBVTT', ...blocks].join('\n\n') + '\n';
}

/** Cues from a file or the clipboard: WebVTT, or SubRip, whose commas are made points. */
export function readCaptions(text: string): Cue[] {
  return parseCues(text.replace(/^\uFEFF/, '').replace(SRT_TIME, '$1.$2'));
}

const KEPT_STEPS = 100;

/** The place in a text that is nearest to a share of it and lies between two words; 0 for none. */
function between(text: string, share: number): number {
  const places = [...text.matchAll(/\s+/g)].map(({ index }) => index);
  const wanted = text.length * share;
  return places.reduce(
    (best, place) => (Math.abs(place - wanted) < Math.abs(best - wanted) ? place : best),
    places[0] ?? 0,
  );
}

export class Cues {
  list = $state<Cue[]>([]);
  /** Something here is not what the server has. */
  changed = $state(false);
  refusal = $state<string | null>(null);
  #before = $state.raw<readonly (readonly Cue[])[]>([]);

  /** Takes what the server has, unless something here was changed. */
  adopt(webvtt: string | null): void {
    if (this.changed) return;
    const cues = webvtt ? readCaptions(webvtt) : [];
    if (JSON.stringify(cues) !== JSON.stringify(this.list)) this.list = cues;
  }

  get webvtt(): string {
    return writeWebvtt(this.list.filter((cue) => cue.text.trim()));
  }

  /** What is wrong with one line; null when nothing is. */
  faultOf(cue: Cue): string | null {
    return cue.end_ms <= cue.start_ms ? say.captions.endsBeforeStart(showTime(cue.start_ms)) : null;
  }

  /** Why these cannot be saved yet; null when they can. */
  get fault(): string | null {
    const bad = this.list.find((cue) => this.faultOf(cue) !== null);
    return bad ? this.faultOf(bad) : null;
  }

  get canUndo(): boolean {
    return this.#before.length > 0;
  }

  undo(): void {
    const last = this.#before.at(-1);
    if (!last) return;
    this.#before = this.#before.slice(0, -1);
    this.list = [...last];
    this.changed = true;
  }

  /** Puts pasted or dropped captions in place of these; says so when there is no line in them. */
  load(text: string): boolean {
    const cues = readCaptions(text);
    this.refusal = cues.length > 0 ? null : say.captions.noneFound;
    if (cues.length === 0) return false;
    this.#put(cues);
    return true;
  }

  /** Begins with the times of another language and no words. */
  takeTimes(cues: readonly Cue[]): void {
    this.#put(cues.map((cue) => ({ ...cue, text: '' })));
  }

  /** A new line at a moment of the clip; its place in the list. */
  add(at_ms: number): number {
    const start_ms = Math.round(at_ms / 100) * 100;
    const cue = { start_ms, end_ms: start_ms + FIRST_LENGTH_MS, text: '' };
    const found = this.list.findIndex((other) => other.start_ms > start_ms);
    const place = found < 0 ? this.list.length : found;
    this.#put([...this.list.slice(0, place), cue, ...this.list.slice(place)]);
    return place;
  }

  change(index: number, part: Partial<Cue>): void {
    const cue = this.list[index];
    if (cue) this.#put(this.list.with(index, { ...cue, ...part }));
  }

  /** Moves a start or an end by so many milliseconds, never before the beginning. */
  nudge(index: number, end: 'start_ms' | 'end_ms', by_ms: number): void {
    const cue = this.list[index];
    if (cue) this.change(index, { [end]: Math.max(0, cue[end] + by_ms) });
  }

  /** Makes two lines of one, at a moment inside it, else in its middle; between two words. */
  split(index: number, at_ms: number): void {
    const cue = this.list[index];
    if (!cue) return;
    const inside = at_ms > cue.start_ms && at_ms < cue.end_ms;
    const at = inside ? Math.round(at_ms) : Math.round((cue.start_ms + cue.end_ms) / 2);
    const place = between(cue.text, (at - cue.start_ms) / (cue.end_ms - cue.start_ms));
    const first = { ...cue, end_ms: at, text: cue.text.slice(0, place).trim() };
    const second = { ...cue, start_ms: at, text: cue.text.slice(place).trim() };
    this.#put(this.list.toSpliced(index, 1, first, second));
  }

  /** Joins a line and the one after it. */
  merge(index: number): void {
    const [one, two] = this.list.slice(index, index + 2);
    if (!one || !two) return;
    const text = [one.text.trim(), two.text.trim()].filter(Boolean).join(' ');
    const joined = { ...one, end_ms: Math.max(one.end_ms, two.end_ms), text };
    this.#put(this.list.toSpliced(index, 2, joined));
  }

  remove(index: number): void {
    this.#put(this.list.toSpliced(index, 1));
  }

  saved(): void {
    this.changed = false;
  }

  #put(list: Cue[]): void {
    this.#before = [...this.#before, $state.snapshot(this.list)].slice(-KEPT_STEPS);
    this.list = list;
    this.changed = true;
  }
}
