import { afterEach, describe, expect, it } from 'vitest';
import { LETTERS, keyAction } from './keys';

function press(key: string, on: Element = document.body, more: KeyboardEventInit = {}) {
  const event = new KeyboardEvent('keydown', { key, ...more });
  Object.defineProperty(event, 'target', { value: on });
  return keyAction(event);
}

function on(html: string): Element {
  document.body.innerHTML = html;
  const element = document.body.querySelector('[data-on]');
  if (!element) throw new Error('mark the element with data-on');
  return element;
}

afterEach(() => {
  document.body.innerHTML = '';
});

describe('a key', () => {
  it('is never taken from who types', () => {
    for (const field of ['<textarea data-on></textarea>', '<input data-on>', '<select data-on>']) {
      for (const key of ['j', 'b', 'x', '?', ' ', 'ArrowDown']) {
        expect(press(key, on(field))).toBeNull();
      }
    }
    expect(press('b', on('<dialog><button data-on></button></dialog>'))).toBeNull();
  });

  it('is never taken from the browser', () => {
    expect(press('j', document.body, { ctrlKey: true })).toBeNull();
    expect(press('m', document.body, { metaKey: true })).toBeNull();
    expect(press('b', document.body, { altKey: true })).toBeNull();
  });

  it('of an arrow belongs to what has the focus, unless that is a finding', () => {
    expect(press('ArrowDown')).toEqual({ do: 'next' });
    const card = on('<ul><li data-finding="a"><button data-on></button></li></ul>');
    expect(press('ArrowUp', card)).toEqual({ do: 'previous' });
    expect(press('ArrowDown', on('<input type="range" data-on>'))).toBeNull();
    expect(press('ArrowDown', on('<button data-on></button>'))).toBeNull();
  });

  it('presses a control by Space alone where one has the focus', () => {
    expect(press(' ')).toEqual({ do: 'play' });
    expect(press(' ', on('<button data-on></button>'))).toBeNull();
  });

  it('of a letter presses the button that shows it, once however long it is held', () => {
    expect(press('x')).toEqual({ do: 'press', letter: 'X' });
    expect(press('x', document.body, { repeat: true })).toBeNull();
    expect(press('q')).toBeNull();
  });

  it('means one thing alone', () => {
    const letters = Object.values(LETTERS);
    expect(new Set(letters).size).toBe(letters.length);
    for (const letter of letters) expect(press(letter)).toEqual({ do: 'press', letter });
  });
});
