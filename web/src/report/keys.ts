/** Which key does what in the report; typing and shortcuts of the browser are left alone. */

export type KeyAction = 'next' | 'previous' | 'play' | 'bleep' | 'mute' | 'not_a_patient' | 'keys';

const MAP: Readonly<Record<string, KeyAction>> = {
  j: 'next',
  k: 'previous',
  ' ': 'play',
  b: 'bleep',
  m: 'mute',
  n: 'not_a_patient',
  '?': 'keys',
};

/** What a key press asks of the report; null for typing, for shortcuts, and for Space on a control. */
export function keyAction(event: KeyboardEvent): KeyAction | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const on = event.target instanceof Element ? event.target : null;
  if (on?.closest('textarea, select, dialog, [contenteditable]')) return null;
  if (on instanceof HTMLInputElement && on.type !== 'range' && on.type !== 'checkbox') return null;
  const action = MAP[event.key.toLowerCase()] ?? null;
  if (action === 'play' && on?.closest('button, a, summary, input')) return null;
  return action;
}
