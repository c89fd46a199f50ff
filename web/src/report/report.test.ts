import { afterEach, describe, expect, it, vi } from 'vitest';
import type { CheckReport } from '~/api/types';
import { aPost, aVersion } from '~/studio/testing';
import { Report, isExamined, lanesOf, marksOf, redactionsOf } from './report.svelte';
import { aFinding, aReport } from './testing';

const town = aFinding({
  id: 'town',
  channel: 'caption',
  severity: 'ask',
  time: null,
  actions: ['replace', 'not_a_patient', 'consent'],
});
const board = aFinding({ id: 'board', time: { start_ms: 21_000, end_ms: 26_000 } });

async function loaded(report: CheckReport): Promise<Report> {
  vi.stubGlobal('fetch', () => Promise.resolve(Response.json(report)));
  const one = new Report();
  await one.load('v1');
  return one;
}

afterEach(() => vi.unstubAllGlobals());

describe('what may be done to a finding', () => {
  it('is a sound only where there is a time, and words only where there is a text', () => {
    expect(redactionsOf(board)).toEqual(['bleep', 'mute', 'cut']);
    expect(redactionsOf(town)).toEqual(['replace']);
  });

  it('is never to keep one that identifies a patient', () => {
    expect(marksOf(board)).toEqual(['not_a_patient', 'consent']);
    expect(marksOf(town)).toContain('accepted');
    expect(marksOf(aFinding({ severity: 'info', actions: ['strip'] }))).toEqual([]);
  });

  it('is one press where it can be the author’s own', () => {
    const face = aFinding({ kind: 'face', severity: 'ask', actions: ['blur', 'mine'] });
    expect(marksOf(face)).toEqual(['mine', 'accepted']);
  });
});

describe('a report', () => {
  it('has what identifies a patient planned from the start, gravest first', async () => {
    const report = await loaded(aReport({ findings: [town, board, aFinding()] }));
    expect([...report.planned.values()]).toEqual(['bleep', 'bleep']);
    expect(report.findings.map(({ id }) => id)).toEqual(['f1', 'board', 'town']);
    expect([...report.planned.keys()].sort()).toEqual(['board', 'f1']);
    expect(report.selected).toBe('f1');
  });

  it('plans nothing for a version that was replaced', async () => {
    const version = { ...aReport().version, state: 'superseded' };
    expect((await loaded(aReport({ version }))).planned.size).toBe(0);
  });

  it('plans each finding by itself', async () => {
    const report = await loaded(aReport({ findings: [aFinding(), board] }));
    report.plan(board, 'mute');
    expect([...report.planned]).toEqual([
      ['f1', 'bleep'],
      ['board', 'mute'],
    ]);
    report.plan(board, 'mute');
    expect(report.planned.has('board')).toBe(false);
  });

  it('says what was decided and what is left, and the same again differently', async () => {
    const report = await loaded(aReport({ findings: [aFinding(), town] }));
    report.plan(aFinding(), 'cut');
    expect(report.said).toContain('cut out');
    expect(report.said).toContain('1 left to decide');
    report.plan(town, 'replace');
    expect(report.said).toContain('Nothing left to decide');
    report.plan(town, 'replace');
    report.plan(town, 'replace');
    const before = report.said;
    report.plan(town, 'replace');
    report.plan(town, 'replace');
    expect(report.said.trim()).toBe(before.trim());
  });

  it('takes decisions back one after another', async () => {
    const report = await loaded(aReport({ findings: [aFinding(), town] }));
    report.plan(aFinding(), 'mute');
    report.reword({ ...town, channel: 'caption' }, 'a town ');
    expect(report.words.get('town')).toBe('a town');
    expect(await report.undo()).toBe(true);
    expect(report.planned.has('town')).toBe(false);
    expect(report.words.size).toBe(0);
    expect(await report.undo()).toBe(true);
    expect(report.planned.get('f1')).toBe('bleep');
    expect(await report.undo()).toBe(false);
  });

  it('takes a saved mark back over the server', async () => {
    const mark = {
      action: 'not_a_patient',
      by: 'Ana',
      at: '2026-11-16T09:12:00Z',
      note: 'Me.',
      consent_id: null,
    };
    const report = await loaded(aReport());
    report.ask(aFinding(), 'not_a_patient');
    const sent: string[] = [];
    vi.stubGlobal('fetch', (request: Request) => {
      sent.push(`${request.method} ${new URL(request.url).pathname}`);
      const findings = [aFinding({ mark: request.method === 'POST' ? mark : null })];
      return Promise.resolve(Response.json(aReport({ findings })));
    });
    await report.mark('Me.');
    expect(await report.undo()).toBe(true);
    expect(sent).toEqual(['POST /api/v1/versions/v1/marks', 'DELETE /api/v1/versions/v1/marks/f1']);
    expect(report.selected).toBe('f1');
    expect(report.settled).toBe(2);
  });

  it('sends what is planned and tells the new version', async () => {
    const report = await loaded(aReport({ findings: [aFinding(), town] }));
    report.plan(town, 'replace');
    const sent: unknown[] = [];
    vi.stubGlobal('fetch', async (request: Request) => {
      sent.push(await request.json());
      return Response.json({ version_id: 'v2' });
    });
    expect(await report.redact()).toBe('v2');
    expect(sent).toEqual([
      {
        finding_ids: ['f1', 'town'],
        how: 'bleep',
        choices: [
          { finding_id: 'f1', how: 'bleep', words: null },
          { finding_id: 'town', how: 'replace', words: null },
        ],
      },
    ]);
  });

  it('keeps the reason open when the server refuses a mark', async () => {
    const report = await loaded(aReport());
    report.ask(aFinding(), 'not_a_patient');
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json({ code: 'invalid', detail: 'Say why.' }, { status: 422 })),
    );
    expect(await report.mark('')).toBe(false);
    expect(report.asking?.mark).toBe('not_a_patient');
    expect(report.act.problem?.detail).toBe('Say why.');
  });

  it('settles a finding by a mark, and plans it no more', async () => {
    const report = await loaded(aReport());
    report.ask(aFinding(), 'not_a_patient');
    const mark = {
      action: 'not_a_patient',
      by: 'Ana',
      at: '2026-11-16T09:12:00Z',
      note: 'Me.',
      consent_id: null,
    };
    vi.stubGlobal('fetch', () =>
      Promise.resolve(Response.json(aReport({ findings: [aFinding({ mark })] }))),
    );
    expect(await report.mark('Me.')).toBe(true);
    expect(report.planned.size).toBe(0);
    expect(report.open).toEqual([]);
    expect(report.asking).toBeNull();
  });

  it('is walked by the keys and stops at its ends', async () => {
    const report = await loaded(aReport({ findings: [aFinding(), board] }));
    expect(report.step(1)?.id).toBe('board');
    expect(report.step(1)?.id).toBe('board');
    expect(report.step(-1)?.id).toBe('f1');
  });
});

describe('the report of a version', () => {
  it('is asked for once the version was examined, so that no refusal comes', () => {
    const post = aPost({ working: aVersion({ id: 'v2', examined: false }) });
    expect(isExamined(post, 'v2')).toBe(false);
    expect(isExamined(post, 'v1')).toBe(true);
    expect(isExamined(aPost({ working: aVersion({ id: 'v2' }) }), 'v2')).toBe(true);
    expect(isExamined(aPost(), 'v1')).toBe(true);
  });
});

describe('the lanes', () => {
  it('are the channels, with what was not checked said', () => {
    const lanes = lanesOf(aReport({ findings: [aFinding(), { ...town, channel: 'title' }] }));
    expect(lanes.map(({ id, state }) => [id, state])).toEqual([
      ['title', 'checked'],
      ['speech', 'checked'],
      ['voices', 'not_checked'],
    ]);
    expect(lanes[0]?.spans[0]).toMatchObject({ whole: true, start_ms: 0, end_ms: 60_000 });
    const over = lanesOf(aReport({ findings: [aFinding(), { ...town, channel: 'speech' }] }));
    expect(over[1]?.spans.map(({ tone }) => tone)).toEqual(['ask', 'block']);
    expect(lanes[1]?.spans[0]).toMatchObject({ start_ms: 8_000, tone: 'block' });
  });
});
