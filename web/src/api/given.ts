/** Answers that came with the page, to what the app asks first: no round trip, and each is used once. */

export const ELEMENT = 'first-answers';

let waiting: Map<string, unknown> | null = null;

/** What came with the page, by address; empty where nothing did. */
export function firstAnswers(): Record<string, unknown> {
  const text = document.getElementById(ELEMENT)?.textContent;
  return text ? (JSON.parse(text) as Record<string, unknown>) : {};
}

/** The answer to a request that came with the page; null where it has to be asked for. */
export function given({ method, url }: Request): Response | null {
  waiting ??= new Map(Object.entries(firstAnswers()));
  if (method !== 'GET' || waiting.size === 0) return null;
  const { pathname, search } = new URL(url);
  const body = waiting.get(pathname + search);
  if (body === undefined) return null;
  waiting.delete(pathname + search);
  return Response.json(body);
}
