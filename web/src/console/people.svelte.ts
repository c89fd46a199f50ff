/** The people of the house: found, verified, and given their roles. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { ConsolePerson, NewCredential } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

const QUIET_MS = 250;

export class People {
  words = $state('');
  found = $state.raw<readonly ConsolePerson[] | null>(null);
  chosen = $state.raw<ConsolePerson | null>(null);
  problem = $state.raw<Problem | null>(null);
  readonly act = new Attempt();
  #asked = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;

  /** Searches once the keys are quiet. */
  typed(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.search(), QUIET_MS);
  }

  async search(): Promise<void> {
    const turn = (this.#asked += 1);
    try {
      const query = { q: this.words.trim() };
      const { items } = await answer(api.GET('/api/v1/console/people', { params: { query } }));
      // An answer that was overtaken by a later one is dropped.
      if (turn !== this.#asked) return;
      this.found = items;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  choose(person: ConsolePerson): void {
    this.chosen = person;
    this.act.problem = null;
  }

  verify(credential: NewCredential): Promise<boolean> {
    return this.#do((path) =>
      answer(
        api.POST('/api/v1/console/people/{id}/verify', { params: { path }, body: credential }),
      ),
    );
  }

  revoke(reason: string): Promise<boolean> {
    return this.#do((path) =>
      answer(
        api.DELETE('/api/v1/console/people/{id}/credential', {
          params: { path, query: { reason } },
        }),
      ),
    );
  }

  setRoles(moderator: boolean, admin: boolean): Promise<boolean> {
    return this.#do((path) =>
      answer(
        api.POST('/api/v1/console/people/{id}/roles', {
          params: { path },
          body: { moderator, admin },
        }),
      ),
    );
  }

  async #do(work: (path: { id: string }) => Promise<ConsolePerson>): Promise<boolean> {
    const id = this.chosen?.person.id;
    if (!id) return false;
    const changed = await this.act.run(() => work({ id }));
    if (!changed) return false;
    this.chosen = changed;
    this.found = (this.found ?? []).map((one) => (one.person.id === id ? changed : one));
    return true;
  }
}
