import { hashHref } from './hash-href.ts';
import type { Route } from './state.ts';

const PREFIX = '#support';

/**
 * The page's hash as an address: `#support`, `#support/new`, `#support/settings`, `#support/quarantine`,
 * `#support/tickets/SUP-1001`. Other hashes belong to the host and are left alone.
 */
export function routeOfHash(hash: string): Route | null {
  const [start, first, second, ...rest] = hash.split('/');
  if (start !== PREFIX || rest.length > 0) return null;
  if (first === undefined || (first === 'tickets' && second === undefined)) return { view: 'list' };
  const isAlone = first === 'new' || first === 'settings' || first === 'quarantine';
  if (isAlone && second === undefined) return { view: first };
  if (first !== 'tickets' || !second) return null;
  try {
    return { view: 'ticket', number: decodeURIComponent(second) };
  } catch {
    return null;
  }
}

export function hashOfRoute(route: Route): string {
  switch (route.view) {
    case 'list':
      return PREFIX;
    case 'ticket':
      return `${PREFIX}/tickets/${encodeURIComponent(route.number)}`;
    default:
      return `${PREFIX}/${route.view}`;
  }
}

/** For a link. */
export function hrefOfRoute(route: Route): string {
  return hashHref(hashOfRoute(route));
}

/** Keeps the hash and the shown view the same, both ways. */
export class HashRouter {
  readonly #onRoute: (route: Route) => void;
  #listening: AbortController | null = null;
  /** The hash of the route that is shown. */
  #shown = '';

  constructor(onRoute: (route: Route) => void) {
    this.#onRoute = onRoute;
  }

  /** @returns the route that the page was opened with, if it names one */
  start(): Route | null {
    this.stop();
    this.#listening = new AbortController();
    addEventListener('hashchange', () => this.#read(), { signal: this.#listening.signal });
    return routeOfHash(location.hash);
  }

  stop(): void {
    this.#listening?.abort();
    this.#listening = null;
  }

  /** A new entry in the history, unless the address says it already. */
  write(route: Route): void {
    if (!this.#listening) return;
    this.#shown = hashOfRoute(route);
    const there = routeOfHash(location.hash);
    // A page without a hash shows the list: that needs no entry of its own.
    if (there === null && route.view === 'list') return;
    if (there !== null && hashOfRoute(there) === this.#shown) return;
    // From a ticket just made, back leads to where its form was opened, not to an empty form. With the whole address:
    // `<base>` would make another of a hash alone.
    if (there?.view === 'new' && route.view === 'ticket') {
      location.replace(location.href.replace(/#.*/, this.#shown));
    } else location.hash = this.#shown;
  }

  #read(): void {
    const route = routeOfHash(location.hash);
    // Back to where the page was before the first click in the element.
    // Our own writing comes back as an event: the route that is shown may know more than its hash (defaults).
    if (route && hashOfRoute(route) === this.#shown) return;
    if (route) this.#onRoute(route);
    else if (location.hash === '') this.#onRoute({ view: 'list' });
  }
}
