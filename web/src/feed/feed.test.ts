import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Beacon, FeedAnswer } from '~/api/types';
import { owed } from '~/recall/testing';
import { Beacons } from '~/watching/beacons';
import { Feed, WAIT_MS } from './feed.svelte';
import { clip } from './testing';

let pages: FeedAnswer[] = [];
let owes = false;
let told: Beacon[] = [];
let asked: URL[] = [];
let silent = false;
let delay = 0;

const clips = (...numbers: number[]): FeedAnswer => ({
  kind: 'clips',
  items: numbers.map((n) => clip(n)),
  next: null,
});

beforeEach(() => {
  vi.useFakeTimers();
  pages = [];
  owes = false;
  told = [];
  asked = [];
  silent = false;
  delay = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const url = new URL(request.url);
    asked.push(url);
    if (silent) return new Promise<Response>(() => undefined);
    if (url.pathname.endsWith('/beacons')) {
      const { events } = (await request.json()) as { events: Beacon[] };
      told.push(...events);
      if (delay > 0) await new Promise((resolve) => setTimeout(resolve, delay));
      return Response.json({ accepted: events.length, owed: owes });
    }
    if (url.pathname.endsWith('/feed')) {
      const page = pages.shift();
      if (page) return Response.json(page);
    }
    return Response.json({ code: 'unavailable', detail: 'Try again.' }, { status: 503 });
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function opened(...numbers: number[]): Promise<Feed> {
  pages = [clips(...numbers)];
  const feed = new Feed(new Beacons(), true);
  await feed.open('for_you');
  return feed;
}

describe('the feed', () => {
  it('shows the first clip and plays it', async () => {
    const feed = await opened(1, 2);
    expect(feed.stage).toBe('clips');
    expect(feed.current?.card.version_id).toBe('v1');
    expect(feed.mayPlay).toBe(true);
  });

  it('opens at the post that the address names', async () => {
    pages = [clips(7)];
    await new Feed(new Beacons(), true).open('for_you', 'p7');
    expect(asked[0]?.searchParams.get('at')).toBe('p7');
  });

  it('shows a correction before any video', async () => {
    pages = [{ kind: 'must_see', notices: [owed()] }, clips(1)];
    const feed = new Feed(new Beacons(), true);
    await feed.open('for_you');
    expect(feed.stage).toBe('must_see');
    expect(feed.mayPlay).toBe(false);
    await feed.read(false);
    expect(feed.stage).toBe('clips');
    expect(feed.mayPlay).toBe(true);
  });

  it('holds the next clip until the server says that nothing is owed', async () => {
    const feed = await opened(1, 2);
    feed.reached(100);
    const moved = feed.go(1);
    expect(feed.index).toBe(1);
    expect(feed.mayPlay).toBe(false);
    await moved;
    expect(feed.mayPlay).toBe(true);
    expect(told.map((event) => [event.version_id, event.kind])).toEqual([
      ['v1', 'frame'],
      ['v1', 'skipped'],
    ]);
  });

  it('gives the card instead of the next clip when one is owed', async () => {
    const feed = await opened(1, 2);
    feed.reached(2_500);
    owes = true;
    pages = [{ kind: 'must_see', notices: [owed({ version_id: 'v9' })] }];
    await feed.go(1);
    expect(feed.stage).toBe('must_see');
    expect(feed.mayPlay).toBe(false);
    await feed.read(false);
    expect(feed.stage).toBe('clips');
    expect(feed.current?.card.version_id).toBe('v2');
    expect(feed.mayPlay).toBe(true);
  });

  it('asks before the next clip although there is nothing left to tell', async () => {
    const feed = await opened(1, 2);
    feed.reached(100);
    feed.looped();
    await vi.advanceTimersByTimeAsync(6_000);
    owes = true;
    pages = [{ kind: 'must_see', notices: [owed()] }];
    await feed.go(1);
    expect(feed.stage).toBe('must_see');
  });

  it('stops the clip that has begun when the word that one is owed comes late', async () => {
    const feed = await opened(1, 2);
    owes = true;
    delay = WAIT_MS + 500;
    pages = [{ kind: 'must_see', notices: [owed()] }];
    void feed.go(1);
    await vi.advanceTimersByTimeAsync(WAIT_MS + 10);
    expect(feed.mayPlay).toBe(true);
    await vi.advanceTimersByTimeAsync(1_000);
    expect(feed.stage).toBe('must_see');
    expect(feed.mayPlay).toBe(false);
  });

  it('does not play on when the owed card cannot be fetched', async () => {
    const feed = await opened(1, 2);
    feed.reached(100);
    owes = true;
    await feed.go(1);
    expect(feed.stage).toBe('failed');
    pages = [{ kind: 'must_see', notices: [owed()] }];
    await feed.retry();
    expect(feed.stage).toBe('must_see');
  });

  it('never shows a withdrawn version again', async () => {
    const feed = await opened(1, 2, 3);
    feed.reached(100);
    owes = true;
    pages = [{ kind: 'must_see', notices: [owed({ version_id: 'v1', severity: 'withdraw' })] }];
    await feed.go(1);
    await feed.read(false);
    expect(feed.items.map((item) => item.card.version_id)).toEqual(['v2', 'v3']);
    expect(feed.current?.card.version_id).toBe('v2');
  });

  it('asks again when more is owed after reading', async () => {
    pages = [
      { kind: 'must_see', notices: [owed({ id: 'n1' })] },
      { kind: 'must_see', notices: [owed({ id: 'n2' })] },
    ];
    const feed = new Feed(new Beacons(), true);
    await feed.open('for_you');
    await feed.read(true);
    expect(feed.stage).toBe('must_see');
    expect(feed.notices[0]?.id).toBe('n2');
  });

  it('waits no longer than a moment for a server that is silent', async () => {
    const feed = await opened(1, 2);
    feed.reached(100);
    silent = true;
    const moved = feed.go(1);
    await vi.advanceTimersByTimeAsync(WAIT_MS - 1);
    expect(feed.mayPlay).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await moved;
    expect(feed.mayPlay).toBe(true);
  });

  const ranges = (...pairs: [number, number][]): TimeRanges => ({
    length: pairs.length,
    start: (i) => pairs[i]?.[0] ?? NaN,
    end: (i) => pairs[i]?.[1] ?? NaN,
  });

  it('tells all the parts that were played when the viewer leaves the clip', async () => {
    const feed = await opened(1, 2);
    feed.reached(2_500);
    feed.played('v1', ranges([0, 2.5]));
    feed.played('v2', ranges([0, 8]));
    feed.ontell = () => feed.played('v1', ranges([0, 2.6], [6.2, 7.4]));
    await feed.go(1);
    expect(told.at(-1)).toMatchObject({
      version_id: 'v1',
      kind: 'skipped',
      played: [
        { start_ms: 0, end_ms: 3_000 },
        { start_ms: 6_000, end_ms: 8_000 },
      ],
    });
    feed.reached(100);
    feed.ontell = () => undefined;
    await feed.go(0);
    expect(told.at(-1)).toMatchObject({ version_id: 'v2', kind: 'skipped' });
    expect(told.at(-1)?.played).toBeUndefined();
  });

  it('is finished at its end only when nothing of it was left out', async () => {
    const feed = await opened(1);
    feed.played('v1', ranges([0, 1], [5, 8]));
    feed.looped();
    feed.played('v1', ranges([0, 8]));
    feed.looped();
    await vi.advanceTimersByTimeAsync(6_000);
    expect(told.map((event) => event.kind)).toEqual(['frame', 'two_seconds', 'finished']);
  });

  it('in the background tells what was played so far, and that it was all once the page goes', async () => {
    const beacons = new Beacons();
    pages = [clips(1)];
    const feed = new Feed(beacons, true);
    await feed.open('for_you');
    feed.reached(100);
    feed.ontell = () => feed.played('v1', ranges([0, 0.4]));
    vi.stubGlobal('navigator', { sendBeacon: () => true });
    beacons.farewell();
    beacons.farewell(true);
    await beacons.flush();
    const played = [{ start_ms: 0, end_ms: 1_000 }];
    expect(told.slice(1)).toMatchObject([
      { kind: 'frame', played },
      { kind: 'skipped', played },
    ]);
  });

  it('tells a finished clip once and each repeat apart', async () => {
    const feed = await opened(1);
    feed.looped();
    feed.looped();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(told.map((event) => event.kind)).toEqual(['frame', 'two_seconds', 'finished', 'loop']);
  });

  it('takes out a clip that is no longer there', async () => {
    const feed = await opened(1, 2);
    await feed.gone();
    expect(feed.current?.card.version_id).toBe('v2');
    expect(feed.jumps).toBe(1);
  });

  it('ends with the page, and goes on only when asked', async () => {
    pages = [{ kind: 'clips', items: [clip(1)], next: 'n' }];
    const feed = new Feed(new Beacons(), true);
    await feed.open('for_you');
    await feed.go(1);
    expect(feed.atEnd).toBe(true);
    expect(asked.filter((url) => url.pathname.endsWith('/feed'))).toHaveLength(1);
    pages = [clips(1, 2)];
    await feed.more();
    expect(feed.items.map((item) => item.card.version_id)).toEqual(['v1', 'v2']);
    expect(feed.current?.card.version_id).toBe('v2');
  });

  it('takes a like back when the server refuses it', async () => {
    const feed = await opened(1);
    const item = feed.current;
    if (!item) throw new Error('No clip is on.');
    await expect(feed.like(item)).rejects.toThrow('Try again.');
    expect(item.mine.liked).toBe(false);
    expect(item.counts.likes).toBe(4);
  });

  it('marks an author as followed in every clip', async () => {
    const feed = await opened(1, 2);
    const item = feed.current;
    if (!item) throw new Error('No clip is on.');
    const call = feed.follow(item);
    expect(feed.items.every((one) => one.mine.following)).toBe(true);
    await expect(call).rejects.toThrow();
    expect(feed.items.every((one) => !one.mine.following)).toBe(true);
  });

  it('starts nothing by itself where the viewer wants that', async () => {
    pages = [clips(1, 2)];
    const feed = new Feed(new Beacons(), false);
    await feed.open('for_you');
    expect(feed.mayPlay).toBe(false);
    feed.toggle();
    expect(feed.mayPlay).toBe(true);
    await feed.go(1);
    expect(feed.mayPlay).toBe(false);
  });

  it('says what failed, and is empty when there is nothing', async () => {
    const feed = new Feed(new Beacons(), true);
    await feed.open('for_you');
    expect(feed.stage).toBe('failed');
    expect(feed.problem?.detail).toBe('Try again.');
    pages = [clips()];
    await feed.retry();
    expect(feed.stage).toBe('empty');
  });
});
