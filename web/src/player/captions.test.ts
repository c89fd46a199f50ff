import { describe, expect, it } from 'vitest';
import { parseCues, textAt } from './captions';

const FILE = `WEBVTT

NOTE made by hand

1
00:00.000 --> 00:02.000 line:0
<v Ana>Keep taking <b>your</b> inhaler,

00:00:02.000 --> 00:00:04.500
also on days &lt; 10&nbsp;°C
and without symptoms.

01:00:00.000 --> 00:59:00.000
backwards
`;

describe('captions', () => {
  it('are read from WebVTT as plain text with their times', () => {
    expect(parseCues(FILE)).toEqual([
      { start_ms: 0, end_ms: 2000, text: 'Keep taking your inhaler,' },
      { start_ms: 2000, end_ms: 4500, text: 'also on days < 10\u00a0°C\nand without symptoms.' },
    ]);
  });

  it('read the same with the line ends of Windows', () => {
    expect(parseCues(FILE.replaceAll('\n', '\r\n'))).toEqual(parseCues(FILE));
  });

  it('show what belongs to a moment, and nothing between', () => {
    const cues = [
      { start_ms: 0, end_ms: 1000, text: 'one' },
      { start_ms: 500, end_ms: 1500, text: 'two' },
    ];
    expect(textAt(cues, 200)).toBe('one');
    expect(textAt(cues, 700)).toBe('one\ntwo');
    expect(textAt(cues, 1500)).toBe('');
  });

  it('are empty for a file that is none', () => {
    expect(parseCues('<html>not found</html>')).toEqual([]);
  });
});
