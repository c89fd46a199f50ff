import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { OwedNotice } from '~/api/types';
import { MustSeeCard } from './card.svelte';
import { byGravity } from './gravity';
import { owed } from './testing';

let replies: (() => Response | Promise<Response>)[] = [];
let asked: { path: string; ids: string[] }[] = [];

beforeEach(() => {
  vi.useFakeTimers();
  replies = [];
  asked = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { ids } = (await request.json()) as { ids: string[] };
    asked.push({ path: new URL(request.url).pathname, ids });
    return (replies.shift() ?? (() => Response.json({ owed: false })))();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

const down = (): Response => new Response('', { status: 503 });

describe('a must-see card', () => {
  it('puts the gravest first', () => {
    const severities: OwedNotice['severity'][] = ['note', 'withdraw', 'correct', 'replace'];
    const notices = severities.map((severity) => owed({ id: severity, severity }));
    expect(byGravity(notices).map((notice) => notice.id)).toEqual([
      'withdraw',
      'replace',
      'correct',
      'note',
    ]);
  });

  it('tells that it was painted until the server has heard it', async () => {
    replies = [down, down];
    const card = new MustSeeCard([owed({ id: 'n1' })]);
    await card.painted();
    await vi.advanceTimersByTimeAsync(1_000);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(asked.map((call) => call.path)).toEqual(Array(3).fill('/api/v1/notices/shown'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(asked).toHaveLength(3);
  });

  it('acknowledges all that it shows, and says whether more is owed', async () => {
    replies = [() => Response.json({ owed: true })];
    const card = new MustSeeCard([owed({ id: 'n1' }), owed({ id: 'n2' })]);
    expect(await card.read()).toBe(true);
    expect(asked).toEqual([{ path: '/api/v1/notices/acknowledge', ids: ['n1', 'n2'] }]);
  });

  it('stays and says why when the server has not noted it', async () => {
    replies = [() => Promise.reject(new TypeError('Failed to fetch'))];
    const card = new MustSeeCard([owed({ id: 'n1' })]);
    expect(await card.read()).toBeNull();
    expect(card.problem?.code).toBe('offline');
    expect(await card.read()).toBe(false);
    expect(card.problem).toBeNull();
  });
});
