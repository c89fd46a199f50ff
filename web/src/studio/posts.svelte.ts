/** The author's own videos, as many pages of them as were asked for. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { PostInList } from '~/api/types';

export class OwnPosts {
  items = $state.raw<readonly PostInList[] | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** Whether there are more than are shown. */
  more = $state(false);
  busy = $state(false);
  #pages = 1;

  /** Asks anew for all that is shown. A video that changes meanwhile moves to the front. */
  async load(): Promise<void> {
    const found = new Map<string, PostInList>();
    let cursor: string | null = null;
    try {
      for (let page = 0; page < this.#pages; page += 1) {
        const query: { cursor?: string } = cursor ? { cursor } : {};
        const answered = await answer(api.GET('/api/v1/studio/posts', { params: { query } }));
        for (const post of answered.items) if (!found.has(post.id)) found.set(post.id, post);
        cursor = answered.next;
        if (!cursor) break;
      }
      this.items = [...found.values()];
      this.more = cursor !== null;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Shows one page more. */
  async showMore(): Promise<void> {
    if (this.busy) return;
    this.busy = true;
    this.#pages += 1;
    await this.load();
    this.busy = false;
  }
}
