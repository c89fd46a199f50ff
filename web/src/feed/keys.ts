/** Which key does what in the feed; letters are taken without Ctrl, Alt or the system's key. */

export type KeyAction =
  | 'next'
  | 'previous'
  | 'toggle'
  | 'sound'
  | 'captions'
  | 'like'
  | 'follow'
  | 'comments'
  | 'why'
  | 'share'
  | 'back'
  | 'ahead'
  | 'slower'
  | 'faster'
  | 'playback'
  | 'keys';

const MAP: Readonly<Record<string, KeyAction>> = {
  arrowdown: 'next',
  pagedown: 'next',
  j: 'next',
  arrowup: 'previous',
  pageup: 'previous',
  k: 'previous',
  ' ': 'toggle',
  m: 'sound',
  t: 'captions',
  l: 'like',
  f: 'follow',
  c: 'comments',
  w: 'why',
  s: 'share',
  arrowleft: 'back',
  arrowright: 'ahead',
  '<': 'slower',
  '>': 'faster',
  p: 'playback',
  '?': 'keys',
};

/** What a key press asks of the feed; null for typing, for shortcuts, and for Space on a control. */
export function keyAction(event: KeyboardEvent): KeyAction | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const on = event.target instanceof Element ? event.target : null;
  if (on?.closest('input, textarea, select, dialog, [contenteditable]')) return null;
  const action = MAP[event.key.toLowerCase()] ?? null;
  if (action === 'toggle' && on?.closest('button, a, summary')) return null;
  return action;
}
