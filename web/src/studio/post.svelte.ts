/** One post on its way: asked anew while something works, and the one thing to do next. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Lane, PostInList, StudioPost, Visibility, WayStep } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { poll } from '~/shared/poll';
import { Autosave } from './autosave.svelte';
import { Captions } from './captions.svelte';
import type { Part } from './sources';

export interface Written {
  title: string;
  text: string;
  script: string;
  lane: Lane;
  visibility: Visibility;
}

export type NextCode = StudioPost['next_action']['code'];

const CAPTIONS = '/api/v1/studio/posts/{id}/captions/{language}';
const SOURCE = '/api/v1/studio/posts/{id}/sources/{source}';
const WORKING_MS = 1_500;
const AWAITING_MS = 15_000;

const writtenOf = ({ title, text, script, lane, visibility }: StudioPost): Written => ({
  title,
  text,
  script,
  lane,
  visibility,
});

/** The step at which a post is now: the first that works or failed, else the first that waits. */
export function stepNow(way: readonly WayStep[]): WayStep | null {
  return (
    way.find((step) => step.state === 'now' || step.state === 'failed') ??
    way.find((step) => step.state === 'waiting') ??
    null
  );
}

/** Whether a machine works at a step; else it waits for people. */
export function works(step: WayStep): boolean {
  return step.state === 'now' && (step.fraction !== null || step.step === 'rendered');
}

/** Milliseconds until the post is worth asking for again; null when nothing will change by itself. */
export function pauseOf(post: PostInList & Partial<Pick<StudioPost, 'cover'>>): number | null {
  if (post.state === 'deleted' || post.asset?.state === 'refused') return null;
  if (post.way.some(works)) return WORKING_MS;
  const failed = stepNow(post.way)?.state === 'failed';
  if (post.cover?.state === 'waiting' && !failed) return WORKING_MS;
  const waits = post.next_action.code === 'wait' && stepNow(post.way)?.awaited.length === 0;
  return waits ? WORKING_MS : AWAITING_MS;
}

export class PostOnItsWay {
  post = $state.raw<StudioPost | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly act = new Attempt();
  readonly captions = new Captions({
    put: async (language, text) =>
      (this.post = await answer(api.PUT(CAPTIONS, { ...this.#of(language), body: { text } }))),
    drop: async (language) => (this.post = await answer(api.DELETE(CAPTIONS, this.#of(language)))),
    mark: async (language, spoken) =>
      (this.post = await answer(api.PATCH(CAPTIONS, { ...this.#of(language), body: { spoken } }))),
  });
  draft = $state.raw<Autosave<Written> | null>(null);
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  get now(): WayStep | null {
    return this.post ? stepNow(this.post.way) : null;
  }

  get next(): NextCode {
    return this.post?.next_action.code ?? 'none';
  }

  /** Asks the server; a failure is kept for the screen and leaves what was known. */
  async load(): Promise<void> {
    try {
      this.#take(await answer(api.GET('/api/v1/studio/posts/{id}', this.#path)));
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Loads now and keeps asking; returns what stops it. */
  follow(): () => void {
    void this.load();
    return poll({
      ask: () => this.load(),
      pause: () => {
        if (this.post) return pauseOf(this.post);
        // The first pause is asked for before the first answer has come.
        if (!this.problem) return WORKING_MS;
        // What is refused outright stays refused.
        return this.problem.mayRetry ? AWAITING_MS : null;
      },
    });
  }

  /** Saves at once what was typed; whether it is saved now. */
  saved(): Promise<boolean> {
    return this.draft?.flush() ?? Promise.resolve(true);
  }

  /** Saves what was typed and hands the post to the check. */
  check(): Promise<boolean> {
    return this.#do(() => answer(api.POST('/api/v1/studio/posts/{id}/check', this.#path)));
  }

  /** Publishes the version that every clearance names. */
  async publish(): Promise<boolean> {
    const version = this.post?.working?.id;
    if (!version) return false;
    const done = await this.act.run(async () => {
      await answer(
        api.POST('/api/v1/versions/{id}/publish', { params: { path: { id: version } } }),
      );
      await this.load();
      return true;
    });
    return done ?? false;
  }

  /** Has done again what failed through no fault of the file. */
  retry(): Promise<boolean> {
    return this.#do(() => answer(api.POST('/api/v1/studio/posts/{id}/retry', this.#path)));
  }

  /** Chooses the moment whose picture is the cover; null leaves it to the house. */
  setCover(at_ms: number | null): Promise<boolean> {
    const path = '/api/v1/studio/posts/{id}/cover';
    return this.#do(() =>
      answer(
        at_ms === null
          ? api.DELETE(path, this.#path)
          : api.PUT(path, { ...this.#path, body: { at_ms } }),
      ),
    );
  }

  /** Says that this holds a part of another video. */
  addSource(source: string, body: Part): Promise<boolean> {
    return this.#do(() => answer(api.PUT(SOURCE, { ...this.#from(source), body })));
  }

  /** Takes that back. */
  dropSource(source: string): Promise<boolean> {
    return this.#do(() => answer(api.DELETE(SOURCE, this.#from(source))));
  }

  async remove(): Promise<boolean> {
    const done = await this.act.run(async () => {
      await answer(api.DELETE('/api/v1/studio/posts/{id}', this.#path));
      return true;
    });
    return done ?? false;
  }

  #of(language: string): { params: { path: { id: string; language: string } } } {
    return { params: { path: { id: this.#id, language } } };
  }

  #from(source: string): { params: { path: { id: string; source: string } } } {
    return { params: { path: { id: this.#id, source } } };
  }

  get #path(): { params: { path: { id: string } } } {
    return { params: { path: { id: this.#id } } };
  }

  async #do(work: () => Promise<StudioPost>): Promise<boolean> {
    const done = await this.act.run(async () => {
      if (this.draft && !(await this.draft.flush())) {
        throw this.draft.problem ?? new Error('A draft that did not save has its problem.');
      }
      if (!(await this.captions.flush())) throw this.captions.unsaved;
      this.#take(await work());
      return true;
    });
    return done ?? false;
  }

  #take(post: StudioPost): void {
    this.post = post;
    this.captions.adopt(post.captions);
    if (this.draft) this.draft.adopt(writtenOf(post));
    else this.draft = new Autosave(writtenOf(post), (changes) => this.#save(changes));
  }

  async #save(changes: Partial<Written>): Promise<void> {
    this.post = await answer(
      api.PATCH('/api/v1/studio/posts/{id}', { ...this.#path, body: changes }),
    );
  }
}
