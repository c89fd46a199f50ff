import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { OwnHistory, MOST, after, kept, markOf, type Watched } from './history';
import { isSigned, LIST, TEXTS, type OpenNotice } from './list';
import { matches, withCorrected } from './matching';
import { OwnNotices } from './notices';

const VERSION = '0193a1b2-c3d4-7e5f-8a9b-0c1d2e3f4a5b';
const MARK = '8a9b0c1d2e3f4a5b';
const OPENED = Date.parse('2026-11-30T10:00:00Z');

const part = (start: number, end: number): { start_ms: number; end_ms: number } => ({
  start_ms: start * 1000,
  end_ms: end * 1000,
});

function watched(changed: Partial<Watched> = {}): Watched {
  const none = { since: 0, open: 0, whole: false, parts: [part(0, 4)] };
  return { mark: MARK, first: 1, last: 2, ...none, ...changed };
}

function notice(changed: Partial<OpenNotice> = {}): OpenNotice {
  return { id: 'n1', version: MARK, severity: 'correct', at: OPENED, ...changed };
}

const ids = (found: ReturnType<typeof matches>): string[] => found.map((each) => each.notice.id);
const match = (entry: Watched, ...open: OpenNotice[]): string[] =>
  ids(matches([entry], open, new Set()));

describe('matching', () => {
  it('finds what was played, and nothing else', () => {
    expect(match(watched(), notice(), notice({ id: 'n2', version: 'ffffffffffffffff' }))).toEqual([
      'n1',
    ]);
    expect(matches([], [notice()], new Set())).toEqual([]);
  });

  it('shows nothing twice', () => {
    expect(matches([watched()], [notice()], new Set(['n1']))).toEqual([]);
  });

  it('leaves whoever first saw the clip with the correction on it in peace', () => {
    const stamp = '2026-11-30T10:00:00.000400Z';
    const since = Date.parse(stamp);
    expect(match(watched({ since }), notice())).toEqual([]);
    // The server rounds to whole milliseconds, a browser cuts off.
    expect(match(watched({ since }), notice({ at: OPENED + 1 }))).toEqual([]);
    expect(match(watched({ since }), notice({ at: OPENED + 2 }))).toEqual(['n1']);
  });

  it.each([
    ['what was played', {}, [3_000, 5_000], true],
    ['the second before', {}, [4_000, 5_000], false],
    ['the very end of what was played', {}, [3_999, 4_000], true],
    [
      'a part that was skipped, of a clip that was finished another time',
      { whole: true },
      [5_000, 6_000],
      true,
    ],
    ['a part of a clip of which not all is known', { open: 1 }, [5_000, 6_000], true],
    ['a part of a clip of which nothing is known', { parts: [], open: 1 }, [5_000, 6_000], true],
  ] as const)('counts a notice on %s', (_, changed, span, owed) => {
    expect(match(watched(changed), notice({ span })).length > 0).toBe(owed);
  });

  it('spares whoever is shown the right notice the wrong one', () => {
    const wrong = notice({ id: 'wrong', span: [0, 1_000] });
    const right = notice({ id: 'right', corrects: 'wrong', span: [3_000, 9_000] });
    expect(match(watched(), wrong, right)).toEqual(['right']);
    expect(match(watched({ parts: [part(0, 1)] }), wrong, right)).toEqual(['wrong']);
    expect([...withCorrected(['right'], [wrong, right])]).toEqual(['right', 'wrong']);
  });
});

describe('the own history', () => {
  it('knows a version by the end of its id alone', () => {
    const history = new OwnHistory();
    history.note(VERSION, null, { kind: 'frame' }, 5);
    expect(history.entries).toEqual([
      { mark: MARK, first: 5, last: 5, since: 0, open: 1, whole: false, parts: [] },
    ]);
    expect(localStorage.getItem('wardcast.own.watched')).not.toContain(VERSION.slice(0, 13));
    expect(markOf(MARK)).toBe(MARK);
  });

  it('adds up what was played, and keeps the correction that stood there at first', () => {
    const history = new OwnHistory();
    history.note(VERSION, null, { kind: 'frame' }, 1);
    history.note(VERSION, null, { kind: 'two_seconds', played: [part(0, 2)] }, 2);
    history.note(VERSION, null, { kind: 'skipped', played: [part(0, 3)] }, 3);
    history.note(VERSION, '2026-11-30T10:00:00Z', { kind: 'frame' }, 4);
    history.note(VERSION, '2026-11-30T10:00:00Z', { kind: 'skipped', played: [part(5, 6)] }, 5);
    expect(history.entries[0]).toMatchObject({
      since: 0,
      first: 1,
      last: 4,
      open: 0,
      parts: [part(0, 3), part(5, 6)],
    });
  });

  it('counts a clip that was left without a word as played', () => {
    const begun = after(watched({ parts: [] }), { kind: 'frame' }, 3);
    expect(begun.open).toBe(1);
    expect(after(begun, { kind: 'skipped' }, 4).open).toBe(1);
    expect(after(begun, { kind: 'finished' }, 4).whole).toBe(true);
  });

  it('stays small: the oldest go', () => {
    const day = 86_400_000;
    const many = Array.from({ length: MOST + 50 }, (_, n) => watched({ mark: `${n}`, last: n }));
    const left = kept(many, day);
    expect(left).toHaveLength(MOST);
    expect(left[0]?.last).toBe(MOST + 49);
    expect(kept([watched({ last: 0 })], 367 * day)).toEqual([]);
  });
});

interface House {
  readonly key: string;
  sign(format: string, notices: unknown[], serial?: number, valid?: string): Promise<string>;
}

const hex = (bytes: ArrayBuffer): string =>
  Array.from(new Uint8Array(bytes), (byte) => byte.toString(16).padStart(2, '0')).join('');

async function aHouse(): Promise<House> {
  const pair = await crypto.subtle.generateKey('Ed25519', true, ['sign', 'verify']);
  const { privateKey, publicKey } = pair as CryptoKeyPair;
  return {
    key: hex(await crypto.subtle.exportKey('raw', publicKey)),
    async sign(format, notices, serial = 1, valid = '2100-01-01T00:00:00Z') {
      const line = JSON.stringify({ format, notices, serial, valid_until: valid });
      const signed = await crypto.subtle.sign(
        'Ed25519',
        privateKey,
        new TextEncoder().encode(line),
      );
      return `${line.slice(0, -1)},"signature":"${hex(signed)}"}`;
    },
  };
}

describe('the signature', () => {
  it('vouches for every byte, under one key', async () => {
    const [ours, other] = [await aHouse(), await aHouse()];
    const text = await ours.sign(LIST.format, [notice()]);
    expect(await isSigned(text, ours.key)).toBe(true);
    expect(await isSigned(text, other.key)).toBe(false);
    expect(await isSigned(text.replace('correct', 'replace'), ours.key)).toBe(false);
    expect(await isSigned(text.replace(/"signature":"../, '"signature":"00'), ours.key)).toBe(
      false,
    );
    expect(await isSigned('{"notices":[]}', ours.key)).toBe(false);
    expect(await isSigned(text, 'no key')).toBe(false);
  });

  it('cannot be told where the browser knows no Ed25519', async () => {
    const text = await (await aHouse()).sign(LIST.format, []);
    vi.stubGlobal('crypto', {});
    const told = await isSigned(text, 'a'.repeat(64));
    vi.unstubAllGlobals();
    expect(told).toBeNull();
  });
});

describe('what a browser owes itself', () => {
  let answers: Record<string, string>;
  let asked: { address: string; init: RequestInit }[];
  let ours: House;
  const words = { id: 'n1', severity: 'correct', what_right: 'Keep taking it.', at: '2026-11-30' };

  beforeEach(async () => {
    asked = [];
    ours = await aHouse();
    answers = {
      '/.well-known/wardcast-proof-key': `${ours.key}\n`,
      [LIST.address]: await ours.sign(LIST.format, [notice()]),
      [TEXTS.address]: await ours.sign(TEXTS.format, [words, { ...words, id: 'n2' }]),
    };
    vi.stubGlobal('fetch', (address: string, init: RequestInit) => {
      asked.push({ address, init });
      const body = answers[address] ?? '';
      return Promise.resolve(new Response(body, { status: body ? 200 : 503 }));
    });
  });

  afterEach(() => vi.unstubAllGlobals());

  function whoWatched(): OwnNotices {
    const own = new OwnNotices();
    own.history.note(VERSION, null, { kind: 'frame' });
    return own;
  }

  it('asks for nothing where nothing was played', async () => {
    expect(await new OwnNotices().owed()).toEqual([]);
    expect(asked).toEqual([]);
  });

  it('is shown once, and no request names what was watched or carries who asks', async () => {
    const own = whoWatched();
    const [card] = await own.owed();
    expect(card).toMatchObject({ id: 'n1', what_right: 'Keep taking it.', version_id: MARK });
    expect(await own.read(['n1'])).toBe(false);
    expect(await own.owed()).toEqual([]);
    expect(await new OwnNotices().owes()).toBe(false);
    const counted = asked.filter(({ init }) => init.method === 'POST');
    expect(counted.map(({ address }) => address)).toEqual(['/api/v1/notices/n1/beside']);
    for (const { address, init } of asked) {
      expect(init.credentials).toBe('omit');
      expect(init.referrerPolicy).toBe('no-referrer');
      expect(init.body).toBeUndefined();
      expect(address).not.toContain(MARK);
    }
    expect(asked.filter(({ address }) => address === TEXTS.address)).toHaveLength(1);
  });

  it('takes no list that was changed on its way', async () => {
    const own = whoWatched();
    answers[LIST.address] = answers[LIST.address]?.replace('"n1"', '"n9"') ?? '';
    expect(await own.owes()).toBe(false);
  });

  it('takes no texts in the place of a list, nor another house’s', async () => {
    const own = whoWatched();
    answers[LIST.address] = answers[TEXTS.address] ?? '';
    expect(await own.owes()).toBe(false);
    answers[LIST.address] = await (await aHouse()).sign(LIST.format, [notice()]);
    expect(await own.owes()).toBe(false);
  });

  it('goes by the newer of two lists, and by the one it has where none comes', async () => {
    const own = whoWatched();
    answers[LIST.address] = await ours.sign(LIST.format, [notice()], 7);
    expect(await own.owes()).toBe(true);
    answers[LIST.address] = await ours.sign(LIST.format, [], 6);
    expect(await own.owes()).toBe(true);
    answers[LIST.address] = '';
    expect(await new OwnNotices().owes()).toBe(true);
    answers[LIST.address] = await ours.sign(LIST.format, [], 8);
    expect(await own.owes()).toBe(false);
  });

  it('asks past who kept a list beyond its time', async () => {
    const own = whoWatched();
    answers[LIST.address] = await ours.sign(LIST.format, [notice()], 1, '2020-01-01T00:00:00Z');
    await own.owes();
    await own.owes();
    const lists = asked
      .map(({ address }) => address)
      .filter((each) => each.startsWith(LIST.address));
    expect(lists).toEqual([LIST.address, `${LIST.address}?after=1`]);
  });

  it('follows the house to a new key, which the house itself must show', async () => {
    const own = whoWatched();
    await own.owes();
    const next = await aHouse();
    answers[LIST.address] = await next.sign(LIST.format, [], 9);
    expect(await own.owes()).toBe(true);
    answers['/.well-known/wardcast-proof-key'] = next.key;
    expect(await own.owes()).toBe(false);
  });

  it('says so where the words do not come, so that nothing plays meanwhile', async () => {
    const own = whoWatched();
    answers[TEXTS.address] = '';
    await expect(own.owed()).rejects.toMatchObject({ code: 'offline' });
  });
});
