/** Where a browser keeps what only it is to know. In a frame on a page elsewhere it may be forbidden:
 * then it is remembered as long as the page is there. */

export type Store = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

class Fleeting implements Store {
  readonly #kept = new Map<string, string>();

  getItem(key: string): string | null {
    return this.#kept.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.#kept.set(key, value);
  }

  removeItem(key: string): void {
    this.#kept.delete(key);
  }
}

/** The browser's own store, or one that ends with the page. */
export function ownStore(): Store {
  try {
    return localStorage;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause; // SecurityError
    return new Fleeting();
  }
}

/** What lies under a key as JSON; null where nothing does, or nothing that can be read. */
export function readJson(store: Store, key: string): unknown {
  const text = store.getItem(key);
  if (text === null) return null;
  try {
    return JSON.parse(text);
  } catch (cause) {
    if (!(cause instanceof SyntaxError)) throw cause;
    return null;
  }
}

/** Keeps something as JSON; answers whether there was room. */
export function writeJson(store: Store, key: string, value: unknown): boolean {
  try {
    store.setItem(key, JSON.stringify(value));
    return true;
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause; // QuotaExceededError
    return false;
  }
}
