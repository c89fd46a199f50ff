import { afterEach, describe, expect, it, vi } from 'vitest';
import { answer, api } from './client';
import { Problem } from './problem';

function serverAnswers(status: number, body: string, type = 'application/json'): Request[] {
  const asked: Request[] = [];
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(request);
    return Promise.resolve(new Response(body, { status, headers: { 'Content-Type': type } }));
  });
  return asked;
}

async function problemOf(call: Promise<unknown>): Promise<Problem> {
  try {
    await call;
  } catch (cause) {
    if (cause instanceof Problem) return cause;
    throw cause;
  }
  throw new Error('The call was answered, and a refusal was expected.');
}

afterEach(() => {
  vi.unstubAllGlobals();
  document.cookie = 'csrftoken=; max-age=0';
});

describe('the client', () => {
  it('sends the token of the cookie with a write', async () => {
    document.cookie = 'csrftoken=abc123';
    const asked = serverAnswers(200, '{"likes": 4}');
    const path = { id: '0193' };
    const liked = await answer(api.POST('/api/v1/posts/{id}/like', { params: { path } }));
    expect(liked.likes).toBe(4);
    expect(asked[0]?.headers.get('X-CSRFToken')).toBe('abc123');
    expect(new URL(asked[0]?.url ?? '').pathname).toBe('/api/v1/posts/0193/like');
  });

  it('throws what the server says went wrong', async () => {
    serverAnswers(
      409,
      '{"code": "duplicate_upload", "detail": "You have this clip already.", "post_id": "7"}',
      'application/problem+json',
    );
    const problem = await problemOf(answer(api.GET('/api/v1/me')));
    expect(problem.code).toBe('duplicate_upload');
    expect(problem.detail).toBe('You have this clip already.');
    expect(problem.extra.post_id).toBe('7');
    expect(problem.mayRetry).toBe(false);
  });

  it('says so when no answer came, and that one may try again', async () => {
    vi.stubGlobal('fetch', () => Promise.reject(new TypeError('Failed to fetch')));
    const problem = await problemOf(answer(api.GET('/api/v1/me')));
    expect(problem.code).toBe('offline');
    expect(problem.mayRetry).toBe(true);
  });

  it('keeps a plain sentence for an error page that is no JSON', async () => {
    serverAnswers(502, '<h1>Bad gateway</h1>', 'text/html');
    const problem = await problemOf(answer(api.GET('/api/v1/me')));
    expect(problem.status).toBe(502);
    expect(problem.detail).not.toContain('<');
  });
});
