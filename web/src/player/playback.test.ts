import { beforeEach, describe, expect, it, vi } from 'vitest';
import { Playback } from './playback.svelte';

const SIDES = [360, 480, 720, 1080];

beforeEach(() => localStorage.clear());

describe('how clips are played', () => {
  it('is kept on this device', () => {
    const playback = new Playback();
    playback.engine = 'script';
    playback.quality = 720;
    playback.speed = 1.5;
    playback.saving = true;
    const later = new Playback();
    expect([later.engine, later.quality, later.speed, later.saving]).toEqual([
      'script',
      720,
      1.5,
      true,
    ]);
  });

  it('falls back to what is usual where something else was kept', () => {
    localStorage.setItem('wardcast.playback.engine', 'flash');
    localStorage.setItem('wardcast.playback.quality', 'best');
    localStorage.setItem('wardcast.playback.speed', '9');
    const playback = new Playback();
    expect([playback.engine, playback.quality, playback.speed]).toEqual(['auto', 'auto', 1]);
  });

  it('saves data where the browser asks for it, unless it was chosen here', () => {
    vi.stubGlobal('navigator', { connection: { saveData: true } });
    const playback = new Playback();
    expect(playback.saving).toBe(true);
    playback.saving = false;
    expect(playback.saving).toBe(false);
    vi.unstubAllGlobals();
  });

  it('is the size that was chosen, or the next smaller that there is', () => {
    const playback = new Playback();
    expect(playback.pick(SIDES)).toBeNull();
    playback.quality = 720;
    expect(playback.pick(SIDES)).toBe(720);
    expect(playback.pick([360, 480])).toBe(480);
    expect(playback.pick([1080])).toBe(1080);
    expect(playback.pick([])).toBeNull();
  });

  it('is never larger than saving data lets it be', () => {
    const playback = new Playback();
    playback.quality = 1080;
    playback.saving = true;
    expect(playback.pick(SIDES)).toBe(480);
  });
});
