import { describe, expect, it } from 'vitest';
import { readTime, showTime } from '~/shared/clock';
import { Cues, readCaptions, writeWebvtt } from './cues.svelte';

describe('captions', () => {
  it('come back from WebVTT as they were written', () => {
    const cues = [
      { start_ms: 0, end_ms: 1_500, text: 'Three masks, and my oxygen' },
      { start_ms: 61_200, end_ms: 3_661_005, text: 'is < 98 % --> still & fine' },
    ];
    expect(readCaptions(writeWebvtt(cues))).toEqual(cues);
  });

  it('are read from SubRip too', () => {
    const srt = '\uFEFF1\r\n00:00:01,500 --> 00:00:03,000\r\nHello\r\n\r\n';
    expect(readCaptions(srt)).toEqual([{ start_ms: 1500, end_ms: 3000, text: 'Hello' }]);
  });

  it('take times as people type them', () => {
    expect(readTime('1:02.5')).toBe(62_500);
    expect(readTime('62,25')).toBe(62_250);
    expect(readTime('1:00:00')).toBe(3_600_000);
    expect(readTime('soon')).toBeNull();
    expect(showTime(62_500)).toBe('1:02.5');
  });

  it('say so when there is no line in what was pasted, and keep what was there', () => {
    const cues = new Cues();
    cues.load('WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n');
    expect(cues.load('just words')).toBe(false);
    expect(cues.refusal).toContain('no line');
    expect(cues.list).toHaveLength(1);
  });

  it('grow by a line at the moment of the player, in order', () => {
    const cues = new Cues();
    cues.add(5_000);
    const place = cues.add(1_040);
    expect(place).toBe(0);
    expect(cues.list[0]?.start_ms).toBe(1_000);
    expect(cues.changed).toBe(true);
  });

  it('cannot be saved while a line ends before it begins', () => {
    const cues = new Cues();
    cues.add(5_000);
    cues.change(0, { end_ms: 4_000, text: 'Hello' });
    expect(cues.fault).toContain('0:05.0');
    cues.change(0, { end_ms: 6_000 });
    expect(cues.fault).toBeNull();
  });

  it('that are being changed are not overwritten by the server', () => {
    const cues = new Cues();
    cues.adopt('WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n');
    cues.change(0, { text: 'Hello there' });
    cues.adopt(null);
    expect(cues.list[0]?.text).toBe('Hello there');
  });

  it('are split between two words at the moment of the player, and joined again', () => {
    const cues = new Cues();
    cues.load('WEBVTT\n\n00:00.000 --> 00:04.000\nKeep it near. Use it twice.\n');
    cues.split(0, 2_000);
    expect(cues.list.map(({ start_ms, end_ms, text }) => [start_ms, end_ms, text])).toEqual([
      [0, 2_000, 'Keep it near.'],
      [2_000, 4_000, 'Use it twice.'],
    ]);
    cues.merge(0);
    expect(cues.list).toEqual([
      { start_ms: 0, end_ms: 4_000, text: 'Keep it near. Use it twice.' },
    ]);
  });

  it('are split in the middle when the player is elsewhere, also one without words', () => {
    const cues = new Cues();
    cues.add(0);
    cues.split(0, 60_000);
    expect(cues.list.map(({ end_ms }) => end_ms)).toEqual([1_250, 2_500]);
  });

  it('come back step by step', () => {
    const cues = new Cues();
    cues.add(1_000);
    cues.change(0, { text: 'Hello' });
    cues.nudge(0, 'start_ms', -5_000);
    expect(cues.list[0]?.start_ms).toBe(0);
    cues.undo();
    cues.undo();
    expect(cues.list[0]).toMatchObject({ start_ms: 1_000, text: '' });
    cues.undo();
    expect(cues.list).toEqual([]);
    expect(cues.canUndo).toBe(false);
  });
});
