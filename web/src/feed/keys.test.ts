import { describe, expect, it } from 'vitest';
import { keyAction, type KeyAction } from './keys';

function press(
  key: string,
  on = '<p id="on"></p>',
  init: KeyboardEventInit = {},
): KeyAction | null {
  document.body.innerHTML = on;
  let found: KeyAction | null = null;
  document.body.addEventListener('keydown', (event) => (found = keyAction(event)), { once: true });
  const event = new KeyboardEvent('keydown', { key, bubbles: true, ...init });
  document.getElementById('on')?.dispatchEvent(event);
  return found;
}

describe('the keys of the feed', () => {
  it('are those of the map', () => {
    expect(press('ArrowDown')).toBe('next');
    expect(press('ArrowUp')).toBe('previous');
    expect(press(' ')).toBe('toggle');
    expect(press('M')).toBe('sound');
    expect(press('l')).toBe('like');
    expect(press('c')).toBe('comments');
    expect(press('?')).toBe('keys');
    expect(press('ArrowRight')).toBe('ahead');
    expect(press('>', undefined, { shiftKey: true })).toBe('faster');
    expect(press('x')).toBeNull();
  });

  it('leave typing and the browser alone', () => {
    expect(press('m', '<textarea id="on"></textarea>')).toBeNull();
    expect(press('l', undefined, { ctrlKey: true })).toBeNull();
  });

  it('let Space press the button that has the focus', () => {
    expect(press(' ', '<button id="on">Like</button>')).toBeNull();
    expect(press('ArrowDown', '<button id="on">Like</button>')).toBe('next');
  });
});
