import { afterEach, expect, it } from 'vitest';
import { roving } from './roving';

function group(html: string): HTMLElement {
  const box = document.createElement('div');
  box.innerHTML = html;
  document.body.append(box);
  return box;
}

const stops = (box: HTMLElement): string[] =>
  [...box.querySelectorAll('button')].filter((one) => one.tabIndex === 0).map((one) => one.id);

afterEach(() => {
  document.body.innerHTML = '';
});

it('is one stop of Tab: the pressed one, else the first', () => {
  const plain = group('<button id="a"></button><button id="b"></button>');
  roving('button')(plain);
  expect(stops(plain)).toEqual(['a']);
  const pressed = group('<button id="c"></button><button id="d" aria-pressed="true"></button>');
  roving('button')(pressed);
  expect(stops(pressed)).toEqual(['d']);
});

it('is walked by arrows, and stops at its ends', () => {
  const box = group('<button id="a"></button><i></i><button id="b"></button>');
  roving('button')(box);
  const key = (name: string) =>
    document.activeElement?.dispatchEvent(
      new KeyboardEvent('keydown', { key: name, bubbles: true }),
    );
  box.querySelector<HTMLElement>('#a')?.focus();
  key('ArrowRight');
  expect(document.activeElement?.id).toBe('b');
  key('ArrowDown');
  expect(document.activeElement?.id).toBe('b');
  expect(stops(box)).toEqual(['b']);
  key('Home');
  expect(document.activeElement?.id).toBe('a');
});

it('follows what comes and goes', async () => {
  const box = group('<button id="a"></button>');
  const stop = roving('button')(box);
  box.innerHTML = '<button id="x"></button><button id="y"></button>';
  await new Promise((done) => setTimeout(done));
  expect(stops(box)).toEqual(['x']);
  if (stop) stop();
});
