/** Fields that save themselves a moment after the last key. */
import { Problem } from '~/api/problem';

export type Saving = 'saved' | 'unsaved' | 'saving' | 'failed';

const QUIET_MS = 800;

export class Autosave<Fields extends object> {
  values = $state() as Fields;
  state = $state<Saving>('saved');
  problem = $state.raw<Problem | null>(null);

  readonly #save: (changes: Partial<Fields>) => Promise<void>;
  readonly #quietMs: number;
  #changed = new Set<keyof Fields>();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<boolean> | null = null;

  constructor(
    values: Fields,
    save: (changes: Partial<Fields>) => Promise<void>,
    quietMs = QUIET_MS,
  ) {
    this.values = { ...values };
    this.#save = save;
    this.#quietMs = quietMs;
  }

  /** Writes one field; it is saved once the keys have been quiet for a moment. */
  set<K extends keyof Fields>(field: K, value: Fields[K]): void {
    this.values[field] = value;
    this.#changed.add(field);
    this.state = 'unsaved';
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.flush(), this.#quietMs);
  }

  /** Takes the server's values for whatever is not being typed here. */
  adopt(values: Fields): void {
    if (this.state !== 'saved') return;
    for (const field of Object.keys(this.values) as (keyof Fields)[]) {
      if (this.values[field] !== values[field]) this.values[field] = values[field];
    }
  }

  /** Saves at once what is not saved; whether all is saved now. */
  async flush(): Promise<boolean> {
    clearTimeout(this.#timer);
    if (this.#running) await this.#running;
    if (this.#changed.size === 0) return this.state === 'saved';
    this.#running = this.#send();
    const done = await this.#running;
    this.#running = null;
    return done && this.#changed.size > 0 ? this.flush() : done;
  }

  async #send(): Promise<boolean> {
    const fields = [...this.#changed];
    const changes: Partial<Fields> = {};
    for (const field of fields) changes[field] = this.values[field];
    this.#changed.clear();
    this.state = 'saving';
    try {
      await this.#save(changes);
    } catch (cause) {
      if (!(cause instanceof Problem)) throw cause;
      for (const field of fields) this.#changed.add(field);
      this.problem = cause;
      this.state = 'failed';
      return false;
    }
    this.problem = null;
    this.state = this.#changed.size > 0 ? 'unsaved' : 'saved';
    return true;
  }
}
