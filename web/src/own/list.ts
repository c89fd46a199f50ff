/**
 * The signed list of open notices: fetched, proven and kept. Whoever hands it out, a cache or a content
 * network, can leave nothing out of it and write nothing into it.
 *
 * It is asked for without a cookie and without saying from where, always the same file, so that asking
 * tells nothing.
 */
import { ownStore, type Store } from './store';

export interface OpenNotice {
  readonly id: string;
  readonly version: string;
  readonly severity: 'correct' | 'replace' | 'withdraw';
  /** When it was opened, in milliseconds since 1970. */
  readonly at: number;
  /** The part of the clip that it is about, in milliseconds of the clip as it plays. */
  readonly span?: readonly [number, number];
  readonly corrects?: string;
}

interface Signed<Notice> {
  readonly format: string;
  readonly serial: number;
  readonly valid_until: string;
  readonly notices: readonly Notice[];
}

export const LIST = { address: '/notices/open.json', format: 'wardcast-open-1' };
export const TEXTS = { address: '/notices/open/texts.json', format: 'wardcast-open-texts-1' };
const KEY_ADDRESS = '/.well-known/wardcast-proof-key';
const KEPT_KEY = 'wardcast.own.key';
const KEPT_LIST = 'wardcast.own.list';
const KEY = /^[0-9a-f]{64}$/;
const SIGNED = /^[0-9a-f]{128}$/;
const SIGNATURE = ',"signature":"';

/** Nobody gets to know who asks: no cookie, no address of the page, the same file for all. The
 * browser's own cache asks whether its copy is still the newest, so that nothing is a minute late. */
const UNKNOWN: RequestInit = {
  credentials: 'omit',
  referrerPolicy: 'no-referrer',
  cache: 'no-cache',
};

function bytesOf(hex: string): Uint8Array<ArrayBuffer> {
  const pairs = hex.match(/[0-9a-f]{2}/g) ?? [];
  return Uint8Array.from(pairs, (pair) => Number.parseInt(pair, 16));
}

/** Whether a text was signed by this key (hex); null where this browser cannot tell. */
export async function isSigned(text: string, key: string): Promise<boolean | null> {
  const end = text.lastIndexOf(SIGNATURE);
  const given = text.slice(end + SIGNATURE.length, -2);
  if (end < 0 || !text.endsWith('"}') || !SIGNED.test(given) || !KEY.test(key)) return false;
  const line = new TextEncoder().encode(`${text.slice(0, end)}}`);
  // Without a secure context there is no WebCrypto at all, and older browsers have no Ed25519
  // (Chromium has it since version 137, Firefox since 129, Safari since 17): they trust the
  // connection, as for the app itself, which comes the same way.
  if (!globalThis.crypto?.subtle) return null;
  try {
    const own = await crypto.subtle.importKey('raw', bytesOf(key), 'Ed25519', false, ['verify']);
    return await crypto.subtle.verify('Ed25519', own, bytesOf(given), line);
  } catch (cause) {
    if (!(cause instanceof DOMException)) throw cause;
    if (cause.name !== 'NotSupportedError') throw cause;
    return null;
  }
}

async function textOf(address: string): Promise<string | null> {
  try {
    const answer = await fetch(address, UNKNOWN);
    return answer.ok ? await answer.text() : null;
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause; // no answer came
    return null;
  }
}

export class OpenList {
  readonly #store: Store;

  constructor(store: Store = ownStore()) {
    this.#store = store;
  }

  /** The newest list that is proven; an older one where none comes, null where there was none. */
  async newest(): Promise<readonly OpenNotice[] | null> {
    const before = this.#read<OpenNotice>(this.#store.getItem(KEPT_LIST) ?? '', LIST.format);
    const now = await this.#fetch(LIST, before);
    const found = this.#read<OpenNotice>(now ?? '', LIST.format);
    if (!now || !found) return before?.notices ?? null;
    // An older list may be whole, and would hide what was opened since.
    if (before && before.serial > found.serial) return before.notices;
    this.#keep(KEPT_LIST, now);
    return found.notices;
  }

  /** What all open notices say, proven; null where they do not come. */
  async texts<Words>(): Promise<readonly Words[] | null> {
    const text = await this.#fetch(TEXTS, null);
    return this.#read<Words>(text ?? '', TEXTS.format)?.notices ?? null;
  }

  async #fetch(
    { address }: typeof LIST,
    before: Signed<OpenNotice> | null,
  ): Promise<string | null> {
    // One that is past its time was kept by somebody for too long: an address that they have not
    // kept leads past them.
    const late = before !== null && Date.parse(before.valid_until) < Date.now();
    const text = await textOf(late ? `${address}?after=${before.serial}` : address);
    return text !== null && (await this.#isOurs(text)) ? text : null;
  }

  async #isOurs(text: string): Promise<boolean> {
    const known = this.#store.getItem(KEPT_KEY);
    if (known && (await isSigned(text, known)) !== false) return true;
    // The house may have another key by now; it says so itself.
    const key = (await textOf(KEY_ADDRESS))?.trim();
    if (!key || (await isSigned(text, key)) === false) return false;
    this.#keep(KEPT_KEY, key);
    return true;
  }

  /** The format is looked at too: one file is never taken for the other. */
  #read<Notice>(text: string, format: string): Signed<Notice> | null {
    try {
      const found = JSON.parse(text) as Signed<Notice>;
      return found.format === format && Array.isArray(found.notices) ? found : null;
    } catch (cause) {
      if (!(cause instanceof SyntaxError)) throw cause;
      return null;
    }
  }

  #keep(key: string, value: string): void {
    try {
      this.#store.setItem(key, value);
    } catch (cause) {
      if (!(cause instanceof DOMException)) throw cause; // full: it is asked for again next time
    }
  }
}
