/** What happens to a must-see card: it is painted, which is told; it is read, which is told. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { OwedNotice } from '~/api/types';
import { byGravity } from './gravity';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

/** Who is told what becomes of a card, and says whether more is owed. */
export interface Listener {
  shown(ids: readonly string[]): Promise<void>;
  read(ids: readonly string[]): Promise<boolean>;
}

/** The house, to which the viewer owes it. */
export const house: Listener = {
  async shown(ids) {
    await answer(api.POST('/api/v1/notices/shown', { body: { ids: [...ids] } }));
  },
  async read(ids) {
    const call = api.POST('/api/v1/notices/acknowledge', { body: { ids: [...ids] } });
    return (await answer(call)).owed;
  },
};

export class MustSeeCard {
  sending = $state(false);
  problem = $state.raw<Problem | null>(null);
  readonly notices: readonly OwedNotice[];
  readonly #listener: Listener;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(notices: readonly OwedNotice[], listener: Listener = house) {
    this.#listener = listener;
    this.notices = byGravity(notices);
  }

  get ids(): string[] {
    return this.notices.map((notice) => notice.id);
  }

  /** The card has been painted. Told again until the server has heard it; nobody waits for it. */
  async painted(retryMs = FIRST_RETRY_MS): Promise<void> {
    try {
      await this.#listener.shown(this.ids);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (!cause.mayRetry) return;
      const next = Math.min(LAST_RETRY_MS, retryMs * 2);
      this.#timer = setTimeout(() => void this.painted(next), retryMs);
    }
  }

  /** The viewer has read it. Whether more is owed; null when the server has not noted it. */
  async read(): Promise<boolean | null> {
    if (this.sending) return null;
    this.sending = true;
    try {
      const owed = await this.#listener.read(this.ids);
      this.problem = null;
      this.leave();
      return owed;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      this.problem = cause;
      return null;
    } finally {
      this.sending = false;
    }
  }

  /** The card is no longer on the screen. */
  leave(): void {
    clearTimeout(this.#timer);
  }
}
