/** One question about a correction that was read hours ago: asked once, answered or left out. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Asking, Verdict } from '~/api/types';

export class LaterQuestion {
  asking = $state.raw<Asking | null>(null);
  /** The place of the chosen statement, as radio buttons keep it. */
  choice = $state<string | null>(null);
  verdict = $state.raw<Verdict | null>(null);
  problem = $state.raw<Problem | null>(null);
  sending = $state(false);

  /** Looks whether one waits. Nobody misses it where the server does not answer. */
  async load(): Promise<void> {
    try {
      this.asking = (await answer(api.GET('/api/v1/questions/next'))).question;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
    }
  }

  /** It stands on the screen: from now on it is never asked again. */
  async painted(): Promise<void> {
    if (!this.asking) return;
    const { notice_id } = this.asking;
    try {
      await answer(api.POST('/api/v1/questions/shown', { body: { notice_id } }));
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
    }
  }

  /** Sends what was chosen; what is right comes back. */
  async send(): Promise<void> {
    if (this.choice !== null) this.verdict = await this.#tell(Number(this.choice));
  }

  /** The viewer would rather not say. */
  async skip(): Promise<void> {
    const telling = this.verdict === null ? this.#tell(null) : null;
    this.asking = null;
    await telling;
  }

  async #tell(choice: number | null): Promise<Verdict | null> {
    if (!this.asking || this.sending) return null;
    const { notice_id } = this.asking;
    this.sending = true;
    try {
      const call = api.POST('/api/v1/questions/answer', { body: { notice_id, choice } });
      this.problem = null;
      return await answer(call);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      return null;
    } finally {
      this.sending = false;
    }
  }
}
