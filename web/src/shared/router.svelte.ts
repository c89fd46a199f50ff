/** Which screen the address names, and how to go to another without loading the page anew. */
import type { Component } from 'svelte';

/** The names after a colon in a route's path: `'/p/:id'` has `id`. */
export type Params = Record<string, string>;

/** What every page component is given. */
export interface PageProps {
  params: Params;
}

/** A page may leave its parameters unread. */
export type PageComponent = Component<PageProps> | Component<Record<string, never>>;

export interface Route {
  /** Such as `/p/:id`. */
  readonly path: string;
  readonly load: () => Promise<{ default: PageComponent }>;
  /** The page fills the whole screen by itself, as the feed does. */
  readonly bare?: boolean;
  /** Pages with the same key keep their state when the address moves between them. */
  readonly key?: string;
}

/** A piece of a path as it was meant; null when its percent signs make no sense. */
function plain(piece: string): string | null {
  try {
    return decodeURIComponent(piece);
  } catch (cause) {
    if (cause instanceof URIError) return null;
    throw cause;
  }
}

/** The parameters when the path fits the pattern, else null. */
export function match(pattern: string, path: string): Params | null {
  const wanted = pattern.split('/');
  const given = (path.length > 1 ? path.replace(/\/$/, '') : path).split('/');
  if (wanted.length !== given.length) return null;
  const params: Params = {};
  for (const [i, part] of wanted.entries()) {
    const piece = given[i] ?? '';
    if (!part.startsWith(':')) {
      if (part !== piece) return null;
      continue;
    }
    const value = plain(piece);
    if (!value) return null;
    params[part.slice(1)] = value;
  }
  return params;
}

class Router {
  path = $state(location.pathname);
  query = $state(new URLSearchParams(location.search));
  /** How many screens of ours lie behind this one, so that Back never leaves the app by surprise. */
  depth = $state(0);

  constructor() {
    addEventListener('popstate', () => {
      this.depth = Math.max(0, this.depth - 1);
      this.#read();
    });
  }

  /** Opens another address of the app. */
  go(to: string): void {
    if (to === location.pathname + location.search) return;
    history.pushState(null, '', to);
    this.depth += 1;
    this.#read();
    scrollTo(0, 0);
  }

  /** Writes the address of what is on the screen already, without a step back to it. */
  rename(to: string): void {
    history.replaceState(null, '', to);
    this.#read();
  }

  /** One screen back, or to `otherwise` when this was the first. */
  back(otherwise: string): void {
    if (this.depth > 0) history.back();
    else this.rename(otherwise);
  }

  #read(): void {
    this.path = location.pathname;
    this.query = new URLSearchParams(location.search);
  }
}

export const router = new Router();

/** The address that a plain click on one of our own links asks for, else null. */
export function addressOf(event: MouseEvent): string | null {
  if (event.defaultPrevented || event.button !== 0) return null;
  if (event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return null;
  const link = event.target instanceof Element ? event.target.closest('a') : null;
  if (!link?.href || link.target || link.hasAttribute('download')) return null;
  return link.origin === location.origin && !link.hash ? link.pathname + link.search : null;
}
