/** What somebody has called their own in a report: it makes no finding in their later clips. */
import { answer, api } from '~/api/client';
import type { OwnWord } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';

export class OwnWords {
  /** Newest first; null until the house has said it. */
  items = $state<OwnWord[] | null>(null);
  readonly attempt = new Attempt();

  async load(): Promise<void> {
    await this.attempt.run(async () => {
      this.items = (await answer(api.GET('/api/v1/me/own-words'))).items;
    });
  }

  /** Has one of them forgotten; it is gone from the list once the house has done it. */
  async forget(id: string): Promise<boolean> {
    const done = await this.attempt.run(() =>
      answer(api.DELETE('/api/v1/me/own-words/{id}', { params: { path: { id } } })),
    );
    if (done === undefined) return false;
    this.items = (this.items ?? []).filter((each) => each.id !== id);
    return true;
  }
}
