import { describe, expect, it } from 'vitest';
import { Problem } from '~/api/problem';
import type { StudioPost } from '~/api/types';
import { Captions } from './captions.svelte';
import { aPost } from './testing';

const LINE = 'WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n';

/** A server that keeps what it is given. */
function server(): { captions: Captions; kept: Map<string, string>; broken: { on: boolean } } {
  const kept = new Map<string, string>();
  const broken = { on: false };
  let spoken = 'en';
  const said = async (work: () => void): Promise<StudioPost> => {
    await Promise.resolve();
    if (broken.on) throw new Problem('offline', 'No connection.', 0);
    work();
    const captions = [...kept].map(([language, webvtt]) => ({
      language,
      spoken: language === spoken,
      webvtt,
    }));
    return aPost({ captions });
  };
  const captions = new Captions(
    {
      put: (language, text) => said(() => kept.set(language, text)),
      drop: (language) => said(() => kept.delete(language)),
      mark: (language, on) => said(() => (spoken = on ? language : '')),
    },
    1,
  );
  return { captions, kept, broken };
}

describe('captions in several languages', () => {
  it('save themselves, each by itself', async () => {
    const { captions, kept } = server();
    captions.add('en').cues.load(LINE);
    captions.touched();
    expect(captions.state).toBe('unsaved');
    expect(await captions.flush()).toBe(true);
    expect(kept.get('en')).toContain('Hello');
    expect(captions.state).toBe('saved');
    expect(captions.current?.spoken).toBe(true);
  });

  it('begin with the times of another language and no words', () => {
    const { captions } = server();
    const english = captions.add('en');
    english.cues.load(LINE);
    const german = captions.add('de');
    german.cues.takeTimes(english.cues.list);
    expect(german.cues.list).toEqual([{ start_ms: 1_000, end_ms: 2_000, text: '' }]);
    expect(captions.current).toBe(german);
  });

  it('that are being written are not overwritten by the server', () => {
    const { captions } = server();
    captions.adopt([{ language: 'en', spoken: true, webvtt: LINE }]);
    captions.current?.cues.change(0, { text: 'Hello there' });
    captions.adopt([{ language: 'en', spoken: true, webvtt: LINE }]);
    expect(captions.current?.cues.list[0]?.text).toBe('Hello there');
    captions.add('de');
    captions.adopt([{ language: 'en', spoken: true, webvtt: LINE }]);
    expect(captions.tracks.map(({ language }) => language)).toEqual(['en', 'de']);
  });

  it('are not saved while a line ends before it begins, and say so', async () => {
    const { captions, kept } = server();
    captions.add('en').cues.load(LINE);
    captions.current?.cues.change(0, { end_ms: 500 });
    expect(await captions.flush()).toBe(false);
    expect(captions.state).toBe('failed');
    expect(captions.unsaved.detail).toContain('ends before it begins');
    expect(kept.size).toBe(0);
  });

  it('stay unsaved without a connection and are saved after it', async () => {
    const { captions, kept, broken } = server();
    captions.add('en').cues.load(LINE);
    broken.on = true;
    expect(await captions.flush()).toBe(false);
    expect(captions.problem?.code).toBe('offline');
    broken.on = false;
    expect(await captions.flush()).toBe(true);
    expect(kept.has('en')).toBe(true);
    expect(captions.problem).toBeNull();
  });

  it('go with their language', async () => {
    const { captions, kept } = server();
    captions.add('en').cues.load(LINE);
    captions.add('de').cues.load(LINE);
    await captions.flush();
    const german = captions.tracks.find(({ language }) => language === 'de');
    if (german) await captions.remove(german);
    expect([...kept.keys()]).toEqual(['en']);
    expect(captions.language).toBe('en');
  });
});
