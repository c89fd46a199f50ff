/** Signed files of a version to take elsewhere: what there is, having one made, taking it. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Shareable, Sharing } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { download } from '~/shared/download';
import { poll } from '~/shared/poll';

const MAKING_MS = 1_000;

/** Stands for a file without captions in its picture. */
export const PLAIN = 'plain';

export class Shareables {
  sharing = $state.raw<Sharing | null>(null);
  problem = $state.raw<Problem | null>(null);
  /** The language of the captions in the picture, or `PLAIN`. */
  chosen = $state(PLAIN);
  /** How much of a file is here while it is fetched. */
  fetched = $state<number | null>(null);
  readonly act = new Attempt();
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  /** The file that was chosen, if it was ever asked for. */
  get file(): Shareable | null {
    return this.sharing?.files.find((each) => (each.language ?? PLAIN) === this.chosen) ?? null;
  }

  /** Asks the server; a failure is kept for the screen and leaves what was known. */
  async load(): Promise<void> {
    try {
      this.sharing = await answer(api.GET('/api/v1/studio/posts/{id}/shareables', this.#path));
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  /** Whether a file is being made. */
  get making(): boolean {
    return this.sharing?.files.some((each) => each.state === 'making') ?? false;
  }

  /** Keeps asking while a file is being made; returns what stops it. */
  follow(): () => void {
    return poll({ ask: () => this.load(), pause: () => (this.making ? MAKING_MS : null) });
  }

  /** Has the chosen file made, or made anew where it failed. */
  async make(): Promise<void> {
    const language = this.chosen === PLAIN ? null : this.chosen;
    await this.act.run(async () => {
      this.sharing = await answer(
        api.POST('/api/v1/studio/posts/{id}/shareables', { ...this.#path, body: { language } }),
      );
    });
  }

  /** Saves the chosen file on this device. */
  async take(): Promise<void> {
    const file = this.file;
    if (file?.state !== 'ready') return;
    await this.act.run(() =>
      download(file.url, file.name, (share) => {
        this.fetched = share;
      }),
    );
    this.fetched = null;
  }

  get #path(): { params: { path: { id: string } } } {
    return { params: { path: { id: this.#id } } };
  }
}
