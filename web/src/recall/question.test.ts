import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LaterQuestion } from './question.svelte';

const asked = { notice_id: 'n1', read_at: '2026-11-16T09:00:00Z', choices: ['Stop.', 'Go on.'] };
const told: { path: string; body: unknown }[] = [];
let waiting: typeof asked | null = asked;
let refuse = false;

beforeEach(() => {
  told.length = 0;
  waiting = asked;
  refuse = false;
  vi.stubGlobal('fetch', async (request: Request) => {
    const path = new URL(request.url).pathname;
    if (path.endsWith('/next')) return Response.json({ question: waiting });
    told.push({ path, body: await request.json() });
    if (refuse) return Response.json({ code: 'not_asked', detail: 'No.' }, { status: 409 });
    if (path.endsWith('/shown')) return Response.json({});
    return Response.json({ right: true, what_right: 'Go on.' });
  });
});

afterEach(() => vi.unstubAllGlobals());

describe('a question about a correction', () => {
  it('is told as shown, and its answer by the place of what was chosen', async () => {
    const question = new LaterQuestion();
    await question.load();
    await question.painted();
    question.choice = '1';
    await question.send();
    expect(told.map(({ body }) => body)).toEqual([
      { notice_id: 'n1' },
      { notice_id: 'n1', choice: 1 },
    ]);
    expect(question.verdict?.what_right).toBe('Go on.');
    await question.skip();
    expect(question.asking).toBeNull();
    expect(told).toHaveLength(2);
  });

  it('goes at once when it is left out', async () => {
    const question = new LaterQuestion();
    await question.load();
    await question.skip();
    expect(question.asking).toBeNull();
    expect(told.at(-1)?.body).toEqual({ notice_id: 'n1', choice: null });
  });

  it('says why an answer was not taken', async () => {
    const question = new LaterQuestion();
    await question.load();
    refuse = true;
    question.choice = '0';
    await question.send();
    expect(question.verdict).toBeNull();
    expect(question.problem?.detail).toBe('No.');
  });

  it('asks nothing where nothing waits', async () => {
    waiting = null;
    const question = new LaterQuestion();
    await question.load();
    await question.painted();
    await question.send();
    expect(told).toEqual([]);
  });
});
