/** The feed of who declined the device token: what was played is told to nobody. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { FeedAnswer, OwedNotice } from '~/api/types';
import { OwnHistory } from '~/own/history';
import { OwnNotices } from '~/own/notices';
import { owed } from '~/recall/testing';
import { Beacons } from '~/watching/beacons';
import { Feed } from './feed.svelte';
import { clip } from './testing';

class Remembered extends OwnNotices {
  waiting: OwedNotice[] = [];

  override owes(): Promise<boolean> {
    return Promise.resolve(this.waiting.length > 0);
  }

  override owed(): Promise<OwedNotice[]> {
    return Promise.resolve(this.waiting);
  }

  override read(): Promise<boolean> {
    this.waiting = [];
    return Promise.resolve(false);
  }
}

let asked: string[] = [];
let owes = false;
let pages: FeedAnswer[] = [];
let notices: Remembered;

const clips = (...numbers: number[]): FeedAnswer => ({
  kind: 'clips',
  items: numbers.map((n) => clip(n)),
  next: null,
});

beforeEach(() => {
  asked = [];
  owes = false;
  notices = new Remembered();
  vi.stubGlobal('fetch', (request: Request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    if (pathname.endsWith('/beacons')) return Promise.resolve(Response.json({ owed: owes }));
    return Promise.resolve(Response.json(pages.length > 1 ? pages.shift() : pages[0]));
  });
});

afterEach(() => vi.unstubAllGlobals());

async function opened(records: boolean): Promise<Feed> {
  pages = [clips(1, 2)];
  const feed = new Feed(new Beacons(), true, { notices, records });
  await feed.open('for_you');
  return feed;
}

describe('a feed without a token', () => {
  it('remembers what was played here, and tells nobody', async () => {
    const feed = await opened(true);
    feed.reached(2_500);
    await feed.go(1);
    expect(asked).toEqual(['/api/v1/feed']);
    expect(new OwnHistory().entries.map(({ open }) => open)).toEqual([1]);
    expect(localStorage.getItem('wardcast.own.watched')).not.toBeNull();
    expect(feed.mayPlay).toBe(true);
  });

  it('asks for no clip before the card that this browser owes itself', async () => {
    notices.waiting = [owed()];
    const feed = await opened(true);
    expect(feed.stage).toBe('must_see');
    expect(feed.owedToSelf).toBe(true);
    expect(asked).toEqual([]);
    await feed.read(await notices.read());
    expect(feed.stage).toBe('clips');
  });

  it('stops before the next clip, and when the viewer comes back to the page', async () => {
    const feed = await opened(true);
    notices.waiting = [owed()];
    await feed.go(1);
    expect(feed.stage).toBe('must_see');
    await feed.read(await notices.read());
    expect(feed.stage).toBe('clips');
    notices.waiting = [owed({ id: 'n2' })];
    await feed.recheck();
    expect(feed.notices.map(({ id }) => id)).toEqual(['n2']);
    expect(feed.mayPlay).toBe(false);
  });

  it('takes out what was withdrawn, which the card knows by a mark alone', async () => {
    const feed = await opened(true);
    notices.waiting = [owed({ severity: 'withdraw', version_id: 'v1' })];
    await feed.recheck();
    await feed.read(await notices.read());
    expect(feed.items.map(({ card }) => card.version_id)).toEqual(['v2']);
  });
});

describe('a feed with a token', () => {
  it('still shows what this browser owes itself from before, then what the house is owed', async () => {
    const feed = await opened(false);
    notices.waiting = [owed()];
    owes = true;
    pages = [{ kind: 'must_see', notices: [owed({ id: 'house' })] }, clips(1, 2)];
    feed.reached(2_500);
    await feed.go(1);
    expect(feed.owedToSelf).toBe(true);
    await feed.read(await notices.read());
    expect(feed.stage).toBe('clips');
    await feed.go(0);
    expect(feed.owedToSelf).toBe(false);
    expect(feed.notices.map(({ id }) => id)).toEqual(['house']);
    expect(asked).toContain('/api/v1/beacons');
    expect(new OwnHistory().empty).toBe(true);
  });
});
