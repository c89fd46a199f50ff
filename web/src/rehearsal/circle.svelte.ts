/** The author's side of a rehearsal: who is asked, what was said, and what can be done. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { AuthorRehearsal, Person } from '~/api/types';
import { SvelteMap } from 'svelte/reactivity';
import { Attempt } from '~/shared/attempt.svelte';

export class Circle {
  rehearsal = $state.raw<AuthorRehearsal | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly act = new Attempt();
  /** Whom the author is about to ask. */
  readonly chosen = new SvelteMap<string, Person>();
  #version: string | null = null;
  readonly #changed: () => void;

  constructor(changed: () => void = () => undefined) {
    this.#changed = changed;
  }

  /** Asks the server; a version without a rehearsal yet is no problem. */
  async load(version: string): Promise<void> {
    this.#version = version;
    try {
      this.rehearsal = await answer(
        api.GET('/api/v1/versions/{id}/rehearsal', this.#path(version)),
      );
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (cause.status === 404) this.rehearsal = null;
      else this.problem = cause;
    }
  }

  choose(person: Person): void {
    if (this.chosen.has(person.id)) this.chosen.delete(person.id);
    else this.chosen.set(person.id, person);
  }

  /** Asks the chosen people; they stay chosen when it fails. */
  async invite(): Promise<boolean> {
    const user_ids = [...this.chosen.keys()];
    const done = await this.#do((path) =>
      answer(api.POST('/api/v1/versions/{id}/rehearsal/invite', { ...path, body: { user_ids } })),
    );
    if (done) this.chosen.clear();
    return done;
  }

  /** The author has looked again and leaves it as it is. */
  looked(note: string): Promise<boolean> {
    return this.#do((path) =>
      answer(api.POST('/api/v1/versions/{id}/rehearsal/looked', { ...path, body: { note } })),
    );
  }

  async #do(
    work: (path: { params: { path: { id: string } } }) => Promise<AuthorRehearsal>,
  ): Promise<boolean> {
    const version = this.#version;
    if (!version) return false;
    const done = await this.act.run(async () => {
      this.rehearsal = await work(this.#path(version));
      return true;
    });
    if (done) this.#changed();
    return done ?? false;
  }

  #path(id: string): { params: { path: { id: string } } } {
    return { params: { path: { id } } };
  }
}
