/** A draft's captions by language; each saves itself a moment after the last key. */
import { Problem } from '~/api/problem';
import type { StudioPost } from '~/api/types';
import { Cues } from './cues.svelte';
import type { Saving } from './autosave.svelte';
import { say } from './messages';

const QUIET_MS = 1_200;

export interface CaptionsStore {
  put: (language: string, text: string) => Promise<StudioPost>;
  drop: (language: string) => Promise<StudioPost>;
  mark: (language: string, spoken: boolean) => Promise<StudioPost>;
}

export class Track {
  readonly language: string;
  spoken = $state(false);
  /** Whether the server has it. */
  kept = $state(false);
  readonly cues = new Cues();

  constructor(language: string) {
    this.language = language;
  }
}

export class Captions {
  tracks = $state.raw<readonly Track[]>([]);
  language = $state<string | null>(null);
  state = $state<Saving>('saved');
  problem = $state.raw<Problem | null>(null);
  readonly #store: CaptionsStore;
  readonly #quietMs: number;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;

  constructor(store: CaptionsStore, quietMs = QUIET_MS) {
    this.#store = store;
    this.#quietMs = quietMs;
  }

  /** The track that is being written; null before there is one. */
  get current(): Track | null {
    return this.tracks.find(({ language }) => language === this.language) ?? this.tracks[0] ?? null;
  }

  /** Takes what the server has, but for what is being changed here. */
  adopt(captions: StudioPost['captions']): void {
    const here = new Map(this.tracks.map((track) => [track.language, track]));
    const kept = captions.map(({ language, spoken, webvtt }) => {
      const track = here.get(language) ?? new Track(language);
      track.spoken = spoken;
      track.kept = true;
      track.cues.adopt(webvtt);
      here.delete(language);
      return track;
    });
    const unsaved = [...here.values()].filter((track) => !track.kept || track.cues.changed);
    this.tracks = [...kept, ...unsaved];
  }

  /** Why not all is saved. */
  get unsaved(): Problem {
    const fault = this.tracks.map(({ cues }) => cues.fault).find(Boolean);
    return this.problem ?? new Problem('captions_fault', fault ?? say.saving.failed, 422);
  }

  /** A track in a language: the one that is there, or an empty one. */
  add(language: string): Track {
    const known = this.tracks.find((track) => track.language === language);
    const track = known ?? new Track(language);
    if (!known) this.tracks = [...this.tracks, track];
    this.language = language;
    return track;
  }

  /** Something was written: it is saved once the keys have been quiet. */
  touched(): void {
    this.state = 'unsaved';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#quietMs);
  }

  /** Saves at once what can be saved; whether all is saved now. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    this.#running = this.#send();
    const done = await this.#running;
    this.#running = null;
    return done;
  }

  async mark(track: Track, spoken: boolean): Promise<void> {
    if (track.kept) await this.#try(() => this.#store.mark(track.language, spoken));
  }

  async remove(track: Track): Promise<void> {
    const gone = !track.kept || (await this.#try(() => this.#store.drop(track.language)));
    if (!gone) return;
    track.cues.saved();
    this.tracks = this.tracks.filter((each) => each !== track);
    this.language = this.tracks[0]?.language ?? null;
  }

  async #send(): Promise<boolean> {
    for (const track of this.tracks) {
      if (!track.cues.changed) continue;
      const written = track.cues.list;
      if (track.cues.fault !== null) {
        this.state = 'failed';
        return false;
      }
      const empty = !written.some((cue) => cue.text.trim());
      if (empty && !track.kept) continue;
      this.state = 'saving';
      const saved = await this.#try(() => {
        track.cues.saved();
        return empty
          ? this.#store.drop(track.language)
          : this.#store.put(track.language, track.cues.webvtt);
      });
      if (!saved) {
        track.cues.changed = true;
        return false;
      }
      track.kept = !empty;
      if (track.cues.changed) this.touched();
    }
    if (this.state !== 'unsaved') this.state = 'saved';
    else if (this.tracks.every((track) => !track.cues.changed || !track.kept)) this.state = 'saved';
    return this.state === 'saved';
  }

  async #try(work: () => Promise<StudioPost>): Promise<boolean> {
    try {
      this.adopt((await work()).captions);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      this.state = 'failed';
      return false;
    }
    this.problem = null;
    return true;
  }
}
