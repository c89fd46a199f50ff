import { describe, expect, it } from 'vitest';
import { around, passages, pieces } from './marking';
import { aFinding, aReport } from './testing';

const at = (id: string, start: number, end: number) => aFinding({ id, span: { start, end } });
const joined = (text: string, ...marks: ReturnType<typeof at>[]): string =>
  pieces(text, marks)
    .map((piece) => piece.text)
    .join('');

describe('marked words', () => {
  it('are cut out where the finding says', () => {
    const found = pieces('so Mister Okafor looks at me', [at('name', 3, 16)]);
    expect(found.map((piece) => [piece.text, piece.findings.length])).toEqual([
      ['so ', 0],
      ['Mister Okafor', 1],
      [' looks at me', 0],
    ]);
  });

  it('are counted by characters, as the server does', () => {
    const found = pieces('🩺🩺 Mister Okafor', [at('name', 3, 16)]);
    expect(found.find((piece) => piece.findings.length > 0)?.text).toBe('Mister Okafor');
  });

  it('that overlap keep both findings where they do', () => {
    const found = pieces('abcdef', [at('a', 0, 4), at('b', 2, 6)]);
    expect(found.map((piece) => piece.findings.map(({ id }) => id).join(''))).toEqual([
      'a',
      'ab',
      'b',
    ]);
  });

  it('never change the text, wherever the marks lie', () => {
    const text = 'Room 12 – Ölçer, 3 Feb';
    for (const [from, to] of [
      [0, 0],
      [-5, 3],
      [4, 400],
      [900, 901],
    ] as const) {
      expect(joined(text, at('x', from, to))).toBe(text);
    }
  });

  it('of captions are found by the offset of their line', () => {
    const report = aReport({
      findings: [aFinding({ channel: 'captions', span: { start: 14, end: 20 } })],
      texts: {
        title: '',
        caption: '',
        script: '',
        captions: [
          {
            channel: 'captions',
            language: 'en',
            spoken: true,
            cues: [
              { start_ms: 0, end_ms: 1_000, text: 'Good morning', offset: 0 },
              { start_ms: 1_000, end_ms: 2_000, text: 'M Okafor said', offset: 12 },
            ],
          },
        ],
      },
    });
    const lines = passages(report);
    expect(lines).toHaveLength(2);
    expect(lines[1]?.pieces.find((piece) => piece.findings.length > 0)?.text).toBe('Okafor');
  });
});

describe('the words around a finding', () => {
  const caption =
    'What one night taught me about listening. Mister Okafor in room 412 changed how I ask twice.';
  const texts = { ...aReport().texts, caption };
  const inCaption = (before: string, text: string, after: string) => {
    const start = caption.indexOf(text);
    return aFinding({
      channel: 'caption',
      span: { start, end: start + text.length },
      before,
      text,
      after,
    });
  };

  it('are whole words, and say where the text goes on', () => {
    const name = inCaption(
      'night taught me about listening. ',
      'Mister Okafor',
      ' in room 412 chan',
    );
    expect(around(name, texts)).toEqual({
      before: '… taught me about listening. ',
      after: ' in room 412 …',
    });
  });

  it('are left as they are where the text begins and ends', () => {
    const before = 'What one night taught me about listening. ';
    const after = ' in room 412 changed how I ask twice.';
    const name = inCaption(before, 'Mister Okafor', after);
    expect(around(name, texts)).toEqual({ before, after });
  });

  it('are no words of a text where there is none', () => {
    const tag = aFinding({ channel: 'metadata', span: null, before: 'clip: place = ', after: '' });
    expect(around(tag, texts)).toEqual({ before: 'clip: place = ', after: '' });
  });
});
