/** How this device plays clips: chosen once, kept here, for every clip. */
import type { Engine } from './hls';
import { keep, kept, savesData } from './kept';

/** While data is saved, no picture is larger than this by its short side. */
const SAVING_SIDE = 480;

export const SPEEDS = [0.5, 0.75, 1, 1.25, 1.5, 2] as const;
export type Speed = (typeof SPEEDS)[number];

const ENGINES: readonly Engine[] = ['auto', 'native', 'script'];

/** A short side in pixels, or whatever the connection carries. */
export type Quality = number | 'auto';

export class Playback {
  #engine = $state<Engine>('auto');
  #quality = $state<Quality>('auto');
  #saving = $state<boolean | null>(null);
  #speed = $state<Speed>(1);

  constructor() {
    this.#engine = ENGINES.find((each) => each === kept('engine')) ?? 'auto';
    const side = Number(kept('quality'));
    this.#quality = Number.isInteger(side) && side > 0 ? side : 'auto';
    this.#speed = SPEEDS.find((each) => String(each) === kept('speed')) ?? 1;
    const saving = kept('saving');
    this.#saving = saving === null ? null : saving === 'on';
  }

  get engine(): Engine {
    return this.#engine;
  }

  set engine(engine: Engine) {
    this.#engine = engine;
    keep('engine', engine);
  }

  get quality(): Quality {
    return this.#quality;
  }

  set quality(quality: Quality) {
    this.#quality = quality;
    keep('quality', String(quality));
  }

  get speed(): Speed {
    return this.#speed;
  }

  set speed(speed: Speed) {
    this.#speed = speed;
    keep('speed', String(speed));
  }

  /** Chosen here, else what the browser asks for. */
  get saving(): boolean {
    return this.#saving ?? savesData();
  }

  set saving(saving: boolean) {
    this.#saving = saving;
    keep('saving', saving ? 'on' : 'off');
  }

  /** No picture is to be larger than this; null when all may be. */
  get most(): number | null {
    return this.saving ? SAVING_SIDE : null;
  }

  /** The one size to be played of those that there are, from the smallest; null lets the player choose. */
  pick(sides: readonly number[]): number | null {
    if (this.#quality === 'auto') return null;
    const most = Math.min(this.#quality, this.most ?? Infinity);
    return sides.filter((side) => side <= most).at(-1) ?? sides[0] ?? null;
  }
}

export const playback = new Playback();
