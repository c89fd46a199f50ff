/** What happens to a must-see card: it is painted, which is told; it is read, which is told. */
import { answer, api } from '~/api/client';
import { Problem } from '~/api/problem';
import type { OwedNotice } from '~/api/types';

const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 30_000;

const GRAVITY: readonly OwedNotice['severity'][] = ['withdraw', 'replace', 'correct', 'note'];

/** Gravest first, and among equals the one that was issued first. */
export function byGravity(notices: readonly OwedNotice[]): OwedNotice[] {
  return [...notices].sort(
    (a, b) => GRAVITY.indexOf(a.severity) - GRAVITY.indexOf(b.severity) || a.at.localeCompare(b.at),
  );
}

export class MustSeeCard {
  sending = $state(false);
  problem = $state.raw<Problem | null>(null);
  readonly notices: readonly OwedNotice[];
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(notices: readonly OwedNotice[]) {
    this.notices = byGravity(notices);
  }

  get ids(): string[] {
    return this.notices.map((notice) => notice.id);
  }

  /** The card has been painted. Told again until the server has heard it; nobody waits for it. */
  async painted(retryMs = FIRST_RETRY_MS): Promise<void> {
    try {
      await answer(api.POST('/api/v1/notices/shown', { body: { ids: this.ids } }));
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
      const call = api.POST('/api/v1/notices/acknowledge', { body: { ids: this.ids } });
      const { owed } = await answer(call);
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
