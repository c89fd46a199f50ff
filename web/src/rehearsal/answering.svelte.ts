/** One person's answer to "How would this land?". */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { RehearsalTask } from '~/api/types';
import { Attempt } from '~/shared/attempt.svelte';
import { meaning, type Meaning } from './rules';
import { Watched } from './watched.svelte';

export class Answering {
  task = $state.raw<RehearsalTask | null>(null);
  problem = $state.raw<Problem | null>(null);
  answers = $state<Record<string, boolean>>({});
  line = $state('');
  moment_ms = $state<number | null>(null);
  /** What was sent from here. */
  sent = $state<Meaning | null>(null);
  readonly act = new Attempt();
  readonly watched = new Watched(0);
  readonly #id: string;

  constructor(id: string) {
    this.#id = id;
  }

  async load(): Promise<void> {
    try {
      const path = { params: { path: { id: this.#id } } };
      this.task = await answer(api.GET('/api/v1/rehearsals/{id}', path));
      this.watched.duration_ms = this.task.version.duration_ms;
      this.problem = null;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
    }
  }

  get missing(): number {
    return (this.task?.questions ?? []).filter(({ id }) => this.answers[id] === undefined).length;
  }

  get meaning(): Meaning {
    return meaning(this.answers);
  }

  get ready(): boolean {
    return this.watched.whole && this.missing === 0;
  }

  async send(): Promise<boolean> {
    if (!this.ready) return false;
    const done = await this.act.run(async () => {
      await answer(
        api.POST('/api/v1/rehearsals/{id}/answer', {
          params: { path: { id: this.#id } },
          body: {
            answers: this.answers,
            line: this.line.trim(),
            moment_ms: this.moment_ms,
            watched_ms: Math.round(this.watched.upTo_ms),
          },
        }),
      );
      this.sent = this.meaning;
      return true;
    });
    return done ?? false;
  }
}
