/**
 * What was watched, told to the server once and for certain.
 *
 * Each event has an id made here and lies in localStorage until the server has acknowledged it, so
 * that a lost answer, a closed tab or a dead server loses nothing; the server counts an id once.
 */
import { answer, api, csrfToken } from '~/api/client';
import { Problem } from '~/api/problem';
import type { Beacon } from '~/api/types';
import { newId } from './ids';

const PREFIX = 'wardcast.beacon.';
const BATCH = 100;
const QUIET_MS = 5_000;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** A batch answered so will be answered so again: telling it anew is no use. */
const HOPELESS: ReadonlySet<number> = new Set([400, 413, 422]);

/** Reads what a former page could not deliver, oldest first. */
function leftOver(store: Storage): Beacon[] {
  const found: Beacon[] = [];
  for (let i = 0; i < store.length; i += 1) {
    const key = store.key(i);
    const text = key?.startsWith(PREFIX) ? store.getItem(key) : null;
    if (!key || !text) continue;
    try {
      found.push(JSON.parse(text) as Beacon);
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      store.removeItem(key);
    }
  }
  return found.sort((a, b) => a.at_ms - b.at_ms);
}

/** Drops what the server has not been told yet. */
export function forgetWaiting(store: Storage = localStorage): void {
  for (const { id } of leftOver(store)) store.removeItem(PREFIX + id);
}

export class Beacons {
  /** Called whenever an answer says that a correction is owed. */
  onowed: () => void = () => undefined;
  /** Called before the page may be gone: what is not noted yet is noted now. `gone`: it does not
   * come back. */
  onfarewell: (gone: boolean) => void = () => undefined;

  readonly #store: Storage;
  #waiting: Beacon[];
  #sending: Promise<boolean | null> | null = null;
  #retryMs = FIRST_RETRY_MS;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(store: Storage = localStorage) {
    this.#store = store;
    this.#waiting = leftOver(store);
    if (this.#waiting.length > 0) this.#later(0);
  }

  /** How many events the server has not acknowledged. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Notes an event now; it is told with others within a few seconds. */
  note(event: Omit<Beacon, 'id' | 'at_ms'>): void {
    const beacon: Beacon = { ...event, id: newId(), at_ms: Date.now() };
    this.#waiting.push(beacon);
    this.#keep(beacon);
    if (this.#timer === undefined) this.#later(QUIET_MS);
  }

  /** Tells all that waits. Whether a correction is owed; null when the server gave no answer. */
  async flush(): Promise<boolean | null> {
    if (this.#sending) {
      await this.#sending;
      return this.flush();
    }
    if (this.#waiting.length === 0) return false;
    this.#sending = this.#send(this.#waiting.slice(0, BATCH));
    const owed = await this.#sending;
    this.#sending = null;
    if (owed !== null && this.#waiting.length > 0) return (await this.flush()) || owed;
    return owed;
  }

  /** Whether a correction is owed, asked although there may be nothing to tell; null as above. */
  async ask(): Promise<boolean | null> {
    if (this.#sending) await this.#sending;
    if (this.#waiting.length > 0) return this.flush();
    this.#sending = this.#send([]);
    const owed = await this.#sending;
    this.#sending = null;
    return owed;
  }

  /** The page may be gone in a moment: hands everything to the browser. It stays stored as well. */
  farewell(gone = false): void {
    this.onfarewell(gone);
    if (this.#waiting.length === 0) return;
    const body = JSON.stringify({ events: this.#waiting.slice(-BATCH), csrf: csrfToken() });
    navigator.sendBeacon('/api/v1/beacons', new Blob([body], { type: 'text/plain' }));
  }

  /** Sends on leaving the page and again on coming back. Returns what undoes it. */
  watchPage(): () => void {
    const change = (): void => {
      if (document.visibilityState === 'hidden') this.farewell();
      else void this.flush();
    };
    // A page that the browser keeps may be shown again, and play on.
    const leave = (event: PageTransitionEvent): void => this.farewell(!event.persisted);
    document.addEventListener('visibilitychange', change);
    addEventListener('pagehide', leave);
    return () => {
      document.removeEventListener('visibilitychange', change);
      removeEventListener('pagehide', leave);
      clearTimeout(this.#timer);
    };
  }

  async #send(batch: readonly Beacon[]): Promise<boolean | null> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    try {
      const { owed } = await answer(api.POST('/api/v1/beacons', { body: { events: [...batch] } }));
      this.#forget(batch);
      this.#retryMs = FIRST_RETRY_MS;
      if (owed) this.onowed();
      return owed;
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      if (HOPELESS.has(cause.status)) {
        this.#forget(batch);
        return false;
      }
      this.#later(this.#retryMs * (0.75 + Math.random() / 2));
      this.#retryMs = Math.min(LAST_RETRY_MS, this.#retryMs * 2);
      return null;
    }
  }

  #later(ms: number): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      void this.flush();
    }, ms);
  }

  #keep(beacon: Beacon): void {
    try {
      this.#store.setItem(PREFIX + beacon.id, JSON.stringify(beacon));
    } catch (cause) {
      // A full or forbidden store: the event is still told from memory.
      if (!(cause instanceof DOMException)) throw cause;
    }
  }

  #forget(batch: readonly Beacon[]): void {
    const told = new Set(batch.map((beacon) => beacon.id));
    this.#waiting = this.#waiting.filter((beacon) => !told.has(beacon.id));
    for (const id of told) this.#store.removeItem(PREFIX + id);
  }
}
