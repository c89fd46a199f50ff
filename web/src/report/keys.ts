/** Which key does what in the report; typing and shortcuts of the browser are left alone. */
import type { Mark, Redaction } from './report.svelte';

/** What can be done about a finding; each has a letter, which stands on its button. */
export type Action = Redaction | Mark | 'edit' | 'undo';

export const LETTERS: Readonly<Record<Action, string>> = {
  bleep: 'B',
  mute: 'M',
  cut: 'X',
  replace: 'W',
  edit: 'E',
  blur: 'C',
  region: 'R',
  not_a_patient: 'N',
  mine: 'I',
  consent: 'A',
  staged: 'S',
  accepted: 'D',
  undo: 'U',
};

export type KeyAction =
  | {
      do: 'next' | 'previous' | 'first' | 'last' | 'play' | 'hear' | 'changes' | 'compare' | 'keys';
    }
  | { do: 'jump'; by_ms: number }
  | { do: 'press'; letter: string };

const JUMP_MS = 1_000;
const FAR_MS = 5_000;

const MAP: Readonly<Record<string, KeyAction>> = {
  j: { do: 'next' },
  k: { do: 'previous' },
  ' ': { do: 'play' },
  h: { do: 'hear' },
  t: { do: 'compare' },
  g: { do: 'changes' },
  ',': { do: 'jump', by_ms: -JUMP_MS },
  '.': { do: 'jump', by_ms: JUMP_MS },
  '<': { do: 'jump', by_ms: -FAR_MS },
  '>': { do: 'jump', by_ms: FAR_MS },
  '?': { do: 'keys' },
};

/** Arrows belong to whatever has the focus, unless that is a finding, or nothing. */
const ARROWS: Readonly<Record<string, KeyAction>> = {
  ArrowDown: { do: 'next' },
  ArrowUp: { do: 'previous' },
  ArrowLeft: { do: 'jump', by_ms: -JUMP_MS },
  ArrowRight: { do: 'jump', by_ms: JUMP_MS },
  Home: { do: 'first' },
  End: { do: 'last' },
};

const PRESSED: ReadonlySet<string> = new Set(Object.values(LETTERS));

/** What a key press asks of the report; null for typing, for shortcuts, and for Space on a control. */
export function keyAction(event: KeyboardEvent): KeyAction | null {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return null;
  const on = event.target instanceof Element ? event.target : null;
  if (on && isTyping(on)) return null;
  const arrow = ARROWS[event.key];
  if (arrow) return on === document.body || on?.closest('[data-finding]') ? arrow : null;
  const action = MAP[event.key.toLowerCase()];
  if (action?.do === 'play' && on?.closest('button, a, summary, input')) return null;
  if (action) return action;
  const letter = event.key.toUpperCase();
  return PRESSED.has(letter) && !event.repeat ? { do: 'press', letter } : null;
}

function isTyping(on: Element): boolean {
  if (on.closest('textarea, select, dialog, [contenteditable]')) return true;
  return on instanceof HTMLInputElement && on.type !== 'range' && on.type !== 'checkbox';
}
