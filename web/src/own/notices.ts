/**
 * The corrections that this browser owes itself: its own history met with the list of open notices.
 *
 * What was matched is told to nobody. The texts of all open notices come in one file, asked for when
 * something was matched; and that a card was read is counted by a request of its own, without cookie,
 * body or referrer.
 */
import { say } from '~/shared/messages';
import { Problem } from '~/api/problem';
import type { OwedNotice } from '~/api/types';
import { OwnHistory } from './history';
import { OpenList, type OpenNotice } from './list';
import { matches, withCorrected, type Match } from './matching';
import { ownStore, readJson, writeJson, type Store } from './store';

const READ = 'wardcast.own.read';

type Words = Omit<OwedNotice, 'watched_at' | 'version_id' | 'changed' | 'poster' | 'coverage'>;

export class OwnNotices {
  readonly history: OwnHistory;
  readonly #list: OpenList;
  readonly #store: Store;
  #open: readonly OpenNotice[] = [];
  #words = new Map<string, Words>();

  constructor(store: Store = ownStore()) {
    this.#store = store;
    this.history = new OwnHistory(store);
    this.#list = new OpenList(store);
  }

  /** Whether a correction stands before the next clip. Where nothing was played, nothing is asked. */
  async owes(): Promise<boolean> {
    return (await this.#matched()).length > 0;
  }

  /** The cards; throws a Problem where there are some whose words do not come. */
  async owed(): Promise<OwedNotice[]> {
    const found = await this.#matched();
    if (found.some(({ notice }) => !this.#words.has(notice.id))) {
      const texts = (await this.#list.texts<Words>()) ?? [];
      this.#words = new Map(texts.map((words) => [words.id, words]));
    }
    return found.map((match) => this.#card(match));
  }

  /** These were read: they come no more here, and each is counted once, by nobody in particular. */
  async read(ids: readonly string[]): Promise<boolean> {
    const listed = new Set(this.#open.map(({ id }) => id));
    const before = [...this.#read].filter((id) => listed.has(id));
    const all = withCorrected(ids, this.#open);
    writeJson(this.#store, READ, [...new Set([...before, ...all])]);
    for (const id of ids) void count(id);
    return this.owes();
  }

  /** Forgets what was played here. What was read stays read. */
  forget(): void {
    this.history.forget();
  }

  get #read(): ReadonlySet<string> {
    const found = readJson(this.#store, READ);
    return new Set(Array.isArray(found) ? (found as string[]) : []);
  }

  async #matched(): Promise<Match[]> {
    if (this.history.empty) return [];
    this.#open = (await this.#list.newest()) ?? this.#open;
    return matches(this.history.entries, this.#open, this.#read);
  }

  #card({ notice, watched }: Match): OwedNotice {
    const words = this.#words.get(notice.id);
    if (!words) throw new Problem('offline', say.offline, 0);
    return {
      ...words,
      watched_at: new Date(watched.last).toISOString(),
      version_id: watched.mark,
      changed: null,
      poster: null,
      coverage: { exposed: 0, shown: 0, acknowledged: 0 },
    };
  }
}

/** One more, beside the sum. Lost where no answer comes: it is a count and no debt. */
async function count(id: string): Promise<void> {
  try {
    await fetch(`/api/v1/notices/${id}/beside`, {
      method: 'POST',
      credentials: 'omit',
      referrerPolicy: 'no-referrer',
      keepalive: true,
    });
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
  }
}
