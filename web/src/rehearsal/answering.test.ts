import { afterEach, describe, expect, it, vi } from 'vitest';
import type { RehearsalTask } from '~/api/types';
import { Answering } from './answering.svelte';
import { meaning, objections } from './rules';
import { Watched } from './watched.svelte';

const FINE = {
  butt: false,
  recognise: false,
  laughed_at: false,
  imitates: false,
  workplace: false,
  waiting_room: true,
};

describe('what an answer means', () => {
  it.each(['butt', 'recognise', 'laughed_at', 'imitates'])('a yes to %s is an objection', (id) => {
    expect(meaning({ ...FINE, [id]: true })).toBe('objection');
  });

  it('a no to the waiting room is an objection too', () => {
    expect(objections({ ...FINE, waiting_room: false })).toEqual(['waiting_room']);
  });

  it('a workplace that one can tell only asks the author to look again', () => {
    expect(meaning({ ...FINE, workplace: true })).toBe('look_again');
    expect(meaning(FINE)).toBe('fine');
  });
});

describe('watching it whole', () => {
  it('counts what was played in order', () => {
    const watched = new Watched(2_000);
    for (const at of [250, 500, 750, 1_000, 1_250, 1_500, 1_750]) watched.played(at);
    expect(watched.whole).toBe(true);
  });

  it('does not count a jump ahead, nor what was seen twice', () => {
    const watched = new Watched(60_000);
    watched.played(1_000);
    watched.played(50_000);
    expect(watched.upTo_ms).toBe(1_000);
    watched.played(500);
    expect(watched.upTo_ms).toBe(1_000);
    watched.ended();
    expect(watched.whole).toBe(false);
  });

  it('takes the last step from the end of the clip', () => {
    const watched = new Watched(2_000);
    watched.played(1_200);
    watched.ended();
    expect(watched.whole).toBe(true);
  });
});

describe('an answer', () => {
  afterEach(() => vi.unstubAllGlobals());

  const task: RehearsalTask = {
    id: 'r1',
    lane: 'lesson',
    version: { id: 'v1', title: 'Night shift', text: '', duration_ms: 1_000 },
    author: { id: 'ana', handle: 'ana', name: 'Ana Moreau', credential: null },
    preview_url: '/media/versions/v1/clip.mp4',
    poster_url: '/media/versions/v1/poster.jpg',
    state: 'open',
    part: 'colleague',
    asks: 3,
    answered: false,
    questions: Object.keys(FINE).map((id) => ({ id, text: id })),
    own: null,
  };

  it('cannot be sent before the clip was watched and each question answered', async () => {
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      if (request.method === 'POST') sent.push(await request.json());
      return Response.json(task);
    });
    const answering = new Answering('r1');
    await answering.load();
    answering.answers = { ...FINE };
    expect(await answering.send()).toBe(false);
    answering.watched.played(1_000);
    Reflect.deleteProperty(answering.answers, 'butt');
    expect(answering.missing).toBe(1);
    expect(answering.ready).toBe(false);
    answering.answers.butt = false;
    answering.moment_ms = 400;
    expect(await answering.send()).toBe(true);
    expect(sent).toEqual([{ answers: FINE, line: '', moment_ms: 400, watched_ms: 1_000 }]);
    expect(answering.sent).toBe('fine');
  });

  it('that objects says so on its button before it is sent', async () => {
    vi.stubGlobal('fetch', () => Promise.resolve(Response.json(task)));
    const answering = new Answering('r1');
    await answering.load();
    answering.watched.played(1_000);
    answering.answers = { ...FINE, recognise: true };
    expect(answering.meaning).toBe('objection');
    expect(answering.ready).toBe(true);
  });
});
