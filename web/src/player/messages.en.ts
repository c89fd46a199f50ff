/** What the preview player says in English. */
export const en = {
  play: 'Play',
  pause: 'Pause',
  mute: 'Sound off',
  unmute: 'Sound on',
  position: 'Position in the clip',
  positionOf: (at: string, all: string) => `${at} of ${all}`,
  failed: 'The clip could not be loaded. Your connection may have dropped.',
  again: 'Load it again',
  growing: 'Its first seconds; the rest is being made',
};
