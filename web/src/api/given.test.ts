import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';

beforeEach(() => vi.resetModules());
afterEach(() => document.body.replaceChildren());

/** The page as the server sends it, with answers by address. */
function page(answers: Record<string, unknown>): void {
  const script = document.createElement('script');
  script.type = 'application/json';
  script.id = 'first-answers';
  script.textContent = JSON.stringify(answers);
  document.body.append(script);
}

const ask = (path: string, method = 'GET'): Request =>
  new Request(new URL(path, 'http://house'), { method });

describe('an answer that came with the page', () => {
  it('is given once, and after that the server is asked', async () => {
    page({ '/api/v1/me': { name: 'Ana' } });
    const { given } = await import('./given');
    expect(await given(ask('/api/v1/me'))?.json()).toEqual({ name: 'Ana' });
    expect(given(ask('/api/v1/me'))).toBeNull();
  });

  it('is for that very question', async () => {
    page({ '/api/v1/feed?kind=for_you': { kind: 'clips' } });
    const { given } = await import('./given');
    expect(given(ask('/api/v1/feed?kind=following'))).toBeNull();
    expect(given(ask('/api/v1/feed?kind=for_you', 'POST'))).toBeNull();
    expect(given(ask('/api/v1/feed?kind=for_you'))).not.toBeNull();
  });

  it('is missing on a page that carries none', async () => {
    const { given } = await import('./given');
    expect(given(ask('/api/v1/me'))).toBeNull();
  });
});
