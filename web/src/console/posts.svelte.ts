/** The posts of the house as a moderator sees them. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { PostInList } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

/** Drafts are their authors' own: no moderator lists them. */
export type Filter = 'held' | 'public';

export class Posts {
  filter = $state<Filter>('held');
  items = $state.raw<readonly PostInList[] | null>(null);
  /** Where the next page begins; null at the end. */
  next = $state<string | null>(null);
  chosen = $state<string | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Pictures are blurred until somebody asks for them: who triages sees a lot. */
  blurred = $state(true);
  readonly act = new Attempt();
  readonly post = $derived(this.items?.find(({ id }) => id === this.chosen) ?? null);
  #asked = 0;

  async load(): Promise<void> {
    const turn = (this.#asked += 1);
    const query = { state: this.filter };
    try {
      const { items, next } = await answer(api.GET('/api/v1/console/posts', { params: { query } }));
      if (turn !== this.#asked) return;
      this.items = items;
      this.next = next;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Adds the next page. */
  async more(): Promise<void> {
    const [turn, cursor, known] = [this.#asked, this.next, this.items ?? []];
    if (!cursor) return;
    const query = { state: this.filter, cursor };
    const page = await this.act.run(() =>
      answer(api.GET('/api/v1/console/posts', { params: { query } })),
    );
    if (!page || turn !== this.#asked) return;
    const ids = new Set(known.map(({ id }) => id));
    this.items = [...known, ...page.items.filter(({ id }) => !ids.has(id))];
    this.next = page.next;
  }

  show(filter: Filter): void {
    this.filter = filter;
    this.items = null;
    void this.load();
  }

  choose(id: string): void {
    this.chosen = this.chosen === id ? null : id;
    this.blurred = true;
    this.act.problem = null;
  }

  hold(reason: string): Promise<boolean> {
    return this.#do((id) =>
      answer(api.POST('/api/v1/posts/{id}/hold', { params: { path: { id } }, body: { reason } })),
    );
  }

  restore(reason: string): Promise<boolean> {
    return this.#do((id) =>
      answer(
        api.POST('/api/v1/posts/{id}/restore', { params: { path: { id } }, body: { reason } }),
      ),
    );
  }

  async #do(work: (id: string) => Promise<unknown>): Promise<boolean> {
    const id = this.chosen;
    if (!id) return false;
    const done = await this.act.run(async () => {
      await work(id);
      return true;
    });
    if (done) await this.load();
    return done ?? false;
  }
}
