import { afterEach, describe, expect, it, vi } from 'vitest';
import { Composer } from './composer.svelte';
import { owed } from './testing';

const card = {
  version_id: 'v2',
  number: 2,
  title: 'Asthma in winter',
  author: owed().author,
  duration_ms: 30_000,
};
const sent: unknown[] = [];
const asked: string[] = [];

function serve(exposed: number | null): void {
  sent.length = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    const { pathname: path, search } = new URL(request.url);
    if (path.endsWith('/exposed')) asked.push(search);
    if (path.endsWith('/posts/p1')) return Response.json({ card });
    if (path.endsWith('/exposed') && exposed !== null) return Response.json({ exposed });
    if (path.endsWith('/notices')) {
      sent.push(await request.json());
      return Response.json({ notice_id: 'n1' });
    }
    return Response.json({ code: 'not_found', detail: 'No.' }, { status: 404 });
  });
}

async function written(exposed: number | null = 2311): Promise<Composer> {
  serve(exposed);
  const composer = new Composer();
  await composer.load('p1');
  composer.words.right = 'Keep taking your inhaler.';
  composer.words.wrong = 'I said that you can stop.';
  composer.words.apology = 'I mixed the two up. I am sorry.';
  return composer;
}

afterEach(() => vi.unstubAllGlobals());

describe('a correction', () => {
  it('asks a question later where its author writes one, and never of what leaked', async () => {
    const composer = await written();
    composer.asking = true;
    expect(composer.check()).toBe(false);
    expect(composer.faults.question).toContain('at least one wrong one');
    composer.question.right = 'Two puffs each morning. ';
    composer.question.wrong = 'Stop it in winter.';
    expect(composer.faults).toEqual({});
    await composer.send();
    expect(sent).toMatchObject([
      { question: { right: 'Two puffs each morning.', wrong: ['Stop it in winter.'] } },
    ]);
    composer.privacy = true;
    expect(composer.asked).toBeNull();
  });

  it('begins with what the house has drafted, also for a post that is held', async () => {
    const draft = {
      version_id: 'v2',
      number: 2,
      title: 'Asthma in winter',
      duration_ms: 9_000,
      author: card.author,
      severity: 'withdraw',
      what_right: 'This video is no longer shown.',
      what_wrong: 'A permission no longer holds.',
      what_now: '',
      apology: 'I am sorry.',
      privacy: true,
      at: '2026-11-16T09:00:00Z',
    };
    vi.stubGlobal('fetch', (request: Request) =>
      Promise.resolve(
        request.url.endsWith('/notice-drafts')
          ? Response.json({ items: [draft] })
          : Response.json({ code: 'not_found', detail: 'No.' }, { status: 404 }),
      ),
    );
    const composer = new Composer();
    await composer.load('p1');
    expect([composer.severity, composer.privacy]).toEqual(['withdraw', true]);
    expect(composer.words.right).toBe('This video is no longer shown.');
    expect(composer.check()).toBe(true);
  });

  it('says how many people will get it, and works where the server does not know', async () => {
    expect((await written()).exposed).toBe(2311);
    const composer = await written(null);
    expect(composer.exposed).toBeNull();
    expect(await composer.send()).toBe(true);
  });

  it('needs what is right, what was wrong and an apology; a note only what is right', async () => {
    const composer = await written();
    composer.words.wrong = ' ';
    composer.words.apology = '';
    expect(Object.keys(composer.faults)).toEqual(['wrong', 'apology']);
    expect(await composer.send()).toBe(false);
    expect(sent).toEqual([]);
    composer.severity = 'note';
    expect(await composer.send()).toBe(true);
  });

  it('is about one part when that is chosen and both times are written', async () => {
    const composer = await written();
    composer.partial = true;
    expect(composer.faults.span).toBeDefined();
    composer.words.from = '0:12';
    expect(composer.faults.span).toBeDefined();
    composer.words.to = '0:10';
    expect(composer.faults.span).toContain('after');
    composer.words.to = '0:18';
    expect(await composer.send()).toBe(true);
    expect(sent[0]).toMatchObject({ span: { start_ms: 12_000, end_ms: 18_000 } });
    expect(composer.sent).toBe('n1');
  });

  it('about a part asks how many played that, and forgets it when all of it was wrong', async () => {
    const composer = await written();
    composer.partial = true;
    composer.choose({ start_ms: 12_000, end_ms: 18_500 });
    expect(composer.words).toMatchObject({ from: '0:12.0', to: '0:18.5' });
    await composer.count();
    expect(asked.at(-1)).toBe('?start_ms=12000&end_ms=18500');
    composer.partial = false;
    expect(composer.span).toBeNull();
    await composer.count();
    expect(asked.at(-1)).toBe('');
  });

  it('about a patient never shows what was wrong', async () => {
    const composer = await written();
    const now = new Date('2026-11-16T09:12:00Z');
    expect(composer.card(now)?.what_wrong).not.toBe('');
    composer.privacy = true;
    expect(composer.card(now)?.what_wrong).toBe('');
    expect(composer.card(now)?.privacy).toBe(true);
  });
});
