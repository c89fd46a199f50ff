/** Somebody's page, and what the viewer does about that person. */
import { answer, api } from '~/api/client';
import type { PersonPage } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

export class Author {
  page = $state<PersonPage | null>(null);
  readonly attempt = new Attempt();
  readonly handle: string;

  constructor(handle: string) {
    this.handle = handle;
  }

  get #asked(): { params: { path: { handle: string } } } {
    return { params: { path: { handle: this.handle } } };
  }

  async load(): Promise<void> {
    await this.attempt.run(() => this.#read());
  }

  /** Follows, or stops following. */
  async follow(): Promise<void> {
    const path = '/api/v1/people/{handle}/follow';
    const following = this.page?.mine.following ?? false;
    await this.#change(() =>
      answer(following ? api.DELETE(path, this.#asked) : api.POST(path, this.#asked)),
    );
  }

  /** Blocks, or lifts the block. */
  async block(): Promise<void> {
    const path = '/api/v1/people/{handle}/block';
    const blocked = this.page?.mine.blocked ?? false;
    await this.#change(() =>
      answer(blocked ? api.DELETE(path, this.#asked) : api.POST(path, this.#asked)),
    );
  }

  // The counts and both marks hang together, so the page is asked for anew.
  async #change(call: () => Promise<unknown>): Promise<void> {
    await this.attempt.run(async () => {
      await call();
      await this.#read();
    });
  }

  async #read(): Promise<void> {
    this.page = await answer(api.GET('/api/v1/people/{handle}', this.#asked));
  }
}
