/** The one way to the server: typed by the API's routes, answers or throws a Problem. */
import createClient, { type Middleware } from 'openapi-fetch';
import { say } from '~/shared/messages';
import { given } from './given';
import type { paths } from './paths';
import { Problem, problemFrom } from './problem';

/** The token that Django expects back in a header with every write. */
export function csrfToken(): string {
  const found = /(?:^|;\s*)csrftoken=([^;]+)/.exec(document.cookie);
  return found?.[1] ?? '';
}

const csrf: Middleware = {
  onRequest({ request }) {
    if (request.method !== 'GET') request.headers.set('X-CSRFToken', csrfToken());
    return request;
  },
};

/** Typed calls: `await answer(api.GET('/api/v1/posts/{id}', { params: { path: { id } } }))`. */
export const api = createClient<paths>({
  baseUrl: location.origin,
  credentials: 'same-origin',
  // Looked up at each call, so that a test can put its own in place.
  fetch: async (request) => given(request) ?? globalThis.fetch(request),
});
api.use(csrf);

interface Answered<T> {
  data?: T;
  error?: unknown;
  response: Response;
}

/** The body of a good answer; throws the Problem of any other, `offline` when none came. */
export async function answer<T>(call: Promise<Answered<T>>): Promise<T> {
  let answered: Answered<T>;
  try {
    answered = await call;
  } catch (cause) {
    // fetch rejects with a TypeError when no answer came; a body that is no JSON is a SyntaxError.
    if (cause instanceof TypeError) throw new Problem('offline', say.offline, 0);
    if (cause instanceof SyntaxError) throw new Problem('unreadable', say.unreadable, 500);
    throw cause;
  }
  if (!answered.response.ok) {
    throw problemFrom(answered.response.status, answered.error, say.refused);
  }
  return answered.data as T;
}
