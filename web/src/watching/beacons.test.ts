import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Beacon } from '~/api/types';
import { Beacons } from './beacons';
import { newId, uuid7 } from './ids';

interface Told {
  events: Beacon[];
}

let told: Told[] = [];
let reply: () => Response | Promise<Response>;
const ok = (owed = false): Response => Response.json({ accepted: 1, owed });

beforeEach(() => {
  vi.useFakeTimers();
  told = [];
  reply = () => ok();
  vi.stubGlobal('fetch', async (request: Request) => {
    told.push((await request.json()) as Told);
    return reply();
  });
});

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('ids', () => {
  it('carry the time, the version and the variant', () => {
    const id = uuid7(0x0193_0000_0001, new Uint8Array(10).fill(0xff));
    expect(id).toBe('01930000-0001-7fff-bfff-ffffffffffff');
    expect(newId()).toMatch(
      /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/,
    );
  });
});

describe('beacons', () => {
  it('are told together after a quiet moment', async () => {
    const beacons = new Beacons();
    beacons.note({ version_id: 'v1', kind: 'frame' });
    beacons.note({ version_id: 'v1', kind: 'two_seconds' });
    expect(told).toHaveLength(0);
    await vi.advanceTimersByTimeAsync(5_000);
    expect(told).toHaveLength(1);
    expect(told[0]?.events.map((event) => event.kind)).toEqual(['frame', 'two_seconds']);
    expect(beacons.waiting).toBe(0);
    expect(localStorage).toHaveLength(0);
  });

  it('say when a correction is owed', async () => {
    reply = () => ok(true);
    const beacons = new Beacons();
    const owed = vi.fn();
    beacons.onowed = owed;
    beacons.note({ version_id: 'v1', kind: 'skipped' });
    expect(await beacons.flush()).toBe(true);
    expect(owed).toHaveBeenCalledOnce();
  });

  it('keep the same id when an answer is lost, and wait longer each time', async () => {
    reply = () => Promise.reject(new TypeError('Failed to fetch'));
    const beacons = new Beacons();
    beacons.note({ version_id: 'v1', kind: 'frame' });
    expect(await beacons.flush()).toBeNull();
    expect(localStorage).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(1_300);
    expect(told).toHaveLength(2);
    // The next time comes 2,250 to 3,750 ms after the first.
    await vi.advanceTimersByTimeAsync(900);
    expect(told).toHaveLength(2);
    reply = () => ok();
    await vi.advanceTimersByTimeAsync(1_600);
    expect(told).toHaveLength(3);
    expect(new Set(told.map((batch) => batch.events[0]?.id)).size).toBe(1);
    expect(beacons.waiting).toBe(0);
  });

  it('survive the page: the next one tells what this one could not', async () => {
    reply = () => new Response('', { status: 503 });
    const before = new Beacons();
    before.note({ version_id: 'v1', kind: 'finished' });
    await before.flush();
    reply = () => ok();
    told = [];
    const after = new Beacons();
    expect(after.waiting).toBe(1);
    expect(await after.flush()).toBe(false);
    expect(told[0]?.events[0]?.kind).toBe('finished');
    expect(localStorage).toHaveLength(0);
  });

  it('drop what the server will never take', async () => {
    reply = () => Response.json({ code: 'invalid', detail: 'No.' }, { status: 422 });
    const beacons = new Beacons();
    beacons.note({ version_id: 'nonsense', kind: 'frame' });
    expect(await beacons.flush()).toBe(false);
    expect(beacons.waiting).toBe(0);
    expect(localStorage).toHaveLength(0);
  });

  it('tell what came meanwhile in the same flush', async () => {
    let let_go: (response: Response) => void = () => undefined;
    reply = () => new Promise((resolve) => (let_go = resolve));
    const beacons = new Beacons();
    beacons.note({ version_id: 'v1', kind: 'frame' });
    const first = beacons.flush();
    await vi.advanceTimersByTimeAsync(0);
    beacons.note({ version_id: 'v1', kind: 'skipped' });
    const second = beacons.flush();
    reply = () => ok(true);
    let_go(ok());
    expect(await first).toBe(true);
    expect(await second).toBe(false);
    expect(told).toHaveLength(2);
  });

  it('are handed to the browser when the page goes, and stay stored', () => {
    const sent: Blob[] = [];
    vi.stubGlobal('navigator', {
      sendBeacon: (_to: string, body: Blob) => {
        sent.push(body);
        return true;
      },
    });
    const beacons = new Beacons();
    const undo = beacons.watchPage();
    beacons.note({ version_id: 'v1', kind: 'frame' });
    dispatchEvent(new Event('pagehide'));
    expect(sent).toHaveLength(1);
    expect(sent[0]?.type).toContain('text/plain');
    expect(beacons.waiting).toBe(1);
    undo();
  });
});
