/** Where one is: `#/inbox/ID?kind=unanswered`. Filters stand in the address, so that reload and back keep them. */
import type { Query } from './api/client';

export interface Route {
  /** The page: the first part of the path. */
  name: string;
  /** The other parts. */
  path: string[];
  query: URLSearchParams;
}

const HOME = 'overview';

/** The route that a hash names; the overview where it names none. */
export function parseHash(hash: string): Route {
  const text = hash.replace(/^#\/?/u, '');
  const [path = '', search = ''] = text.split('?', 2);
  const parts = path.split('/').filter((part) => part !== '').map(decode);
  return { name: parts[0] ?? HOME, path: parts.slice(1), query: new URLSearchParams(search) };
}

function decode(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** The hash of `path` (`inbox`, or `['inbox', id]` with parts yet to be escaped) with `query`. */
export function href(path: string | readonly string[], query?: Query | URLSearchParams): string {
  const parts = typeof path === 'string' ? path : path.map(encodeURIComponent).join('/');
  const parameters = query instanceof URLSearchParams ? query : new URLSearchParams();
  if (query && !(query instanceof URLSearchParams)) {
    for (const [name, value] of Object.entries(query)) {
      if (value !== undefined && value !== '') parameters.set(name, String(value));
    }
  }
  const search = parameters.toString();
  return `#/${parts}${search ? `?${search}` : ''}`;
}

/**
 * Whether the page may be left for `next`; asked where something typed would be lost. After `true` it is not
 * asked again; `kept` goes on without losing anything, so it is.
 */
export type Guard = (next: Route) => boolean | 'kept' | Promise<boolean | 'kept'>;

class Router extends EventTarget {
  route: Route = { name: HOME, path: [], query: new URLSearchParams() };
  #hash = '';
  #guard: Guard | null = null;

  start(): void {
    this.#take();
    addEventListener('hashchange', () => void this.#changed());
  }

  /** Goes to `path`; `replace` leaves no step to go back to. */
  go(
    path: string | readonly string[],
    query?: Query | URLSearchParams,
    { replace = false }: { replace?: boolean } = {},
  ): void {
    this.#set(href(path, query), replace);
  }

  /** Changes parts of the query and keeps the rest; an empty value takes one out. */
  setQuery(changes: Query, { replace = false }: { replace?: boolean } = {}): void {
    const query = new URLSearchParams(this.route.query);
    for (const [name, value] of Object.entries(changes)) {
      if (value === undefined || value === '') query.delete(name);
      else query.set(name, String(value));
    }
    this.#set(href([this.route.name, ...this.route.path], query), replace);
  }

  /** Asks `guard` before the page is left; returns what ends that. */
  hold(guard: Guard): () => void {
    this.#guard = guard;
    addEventListener('beforeunload', hinder);
    return () => this.#release(guard);
  }

  #release(guard: Guard): void {
    if (this.#guard !== guard) return;
    this.#guard = null;
    removeEventListener('beforeunload', hinder);
  }

  #set(hash: string, replace: boolean): void {
    if (hash === location.hash) return;
    if (replace) {
      history.replaceState(null, '', hash);
      this.#take();
    } else location.hash = hash;
  }

  async #changed(): Promise<void> {
    if (location.hash === this.#hash) return;
    const wanted = location.hash;
    const next = parseHash(wanted);
    const leaves = next.name !== this.route.name || next.path.join('/') !== this.route.path.join('/');
    if (this.#guard && leaves) {
      history.replaceState(null, '', this.#hash);
      const guard = this.#guard;
      const left = await guard(next);
      if (!left) return;
      if (left === true) this.#release(guard);
      history.pushState(null, '', wanted);
      this.#take();
      return;
    }
    this.#take();
  }

  #take(): void {
    this.#hash = location.hash;
    this.route = parseHash(location.hash);
    this.dispatchEvent(new Event('change'));
  }
}

function hinder(event: BeforeUnloadEvent): void {
  event.preventDefault();
}

export const router = new Router();

/** Goes to a place of the console; short for `router.go`. */
export const go: Router['go'] = (path, query, options) => router.go(path, query, options);
/** Changes filters in the address; short for `router.setQuery`. */
export const setQuery: Router['setQuery'] = (changes, options) => router.setQuery(changes, options);
