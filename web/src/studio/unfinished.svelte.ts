/** Uploads that the author began and that can go on, here or from another device. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { UnfinishedUpload } from '~/api/types';

export class Unfinished {
  items = $state.raw<readonly UnfinishedUpload[]>([]);
  problem = $state.raw<Problem | null>(null);

  async load(): Promise<void> {
    await this.#try(async () => {
      this.items = await answer(api.GET('/api/v1/tus/'));
    });
  }

  /** Destroys what has arrived of it. */
  async discard(upload: UnfinishedUpload): Promise<void> {
    await this.#try(async () => {
      const path = { id: upload.id };
      const headers = { 'Tus-Resumable': '1.0.0' };
      await answer(api.DELETE('/api/v1/tus/{id}', { params: { path }, headers }));
      this.items = this.items.filter(({ id }) => id !== upload.id);
    });
  }

  async #try(act: () => Promise<void>): Promise<void> {
    this.problem = null;
    try {
      await act();
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }
}
