/** Which language the screens speak. Each room keeps its sentences in its own `messages.ts`. */

const RIGHT_TO_LEFT: ReadonlySet<string> = new Set(['ar', 'fa', 'he', 'ur']);

/** The language of the page, as the server or the person set it. */
export const language: string = document.documentElement.lang || 'en';

/** Reading direction of a language, for `dir`. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  return RIGHT_TO_LEFT.has(tag.split('-')[0] ?? '') ? 'rtl' : 'ltr';
}

/** A room's sentences in the page's language; English where it has none. */
export function choose<T>(catalogue: Partial<Record<string, T>> & { en: T }): T {
  return catalogue[language] ?? catalogue[language.split('-')[0] ?? ''] ?? catalogue.en;
}
