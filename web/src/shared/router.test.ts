import { describe, expect, it } from 'vitest';
import { addressOf, match } from './router.svelte';

describe('match', () => {
  it('names the pieces of the path', () => {
    expect(match('/p/:id', '/p/0193')).toEqual({ id: '0193' });
    expect(match('/studio/p/:id/report', '/studio/p/7/report/')).toEqual({ id: '7' });
    expect(match('/', '/')).toEqual({});
  });

  it('refuses what is longer, shorter, empty or other', () => {
    expect(match('/p/:id', '/p')).toBeNull();
    expect(match('/p/:id', '/p/')).toBeNull();
    expect(match('/p/:id', '/p/1/2')).toBeNull();
    expect(match('/me', '/inbox')).toBeNull();
  });

  it('reads percent signs, and refuses those that make no sense', () => {
    expect(match('/u/:handle', '/u/ana%20m')).toEqual({ handle: 'ana m' });
    expect(match('/u/:handle', '/u/%E0%A4%A')).toBeNull();
  });
});

describe('addressOf', () => {
  function click(html: string, init: MouseEventInit = {}): string | null {
    document.body.innerHTML = html;
    const event = new MouseEvent('click', { bubbles: true, cancelable: true, ...init });
    let found: string | null = null;
    const listen = (seen: MouseEvent): void => {
      found = addressOf(seen);
      seen.preventDefault();
    };
    document.body.addEventListener('click', listen, { once: true });
    document.querySelector('a')?.dispatchEvent(event);
    return found;
  }

  it('is ours for a plain click on an own link', () => {
    expect(click('<a href="/me?x=1">Me</a>')).toBe('/me?x=1');
  });

  it('leaves other sites, new tabs and downloads to the browser', () => {
    expect(click('<a href="https://example.org/">There</a>')).toBeNull();
    expect(click('<a href="/me" target="_blank">Me</a>')).toBeNull();
    expect(click('<a href="/me" download>Me</a>')).toBeNull();
    expect(click('<a href="/me">Me</a>', { ctrlKey: true })).toBeNull();
  });
});
