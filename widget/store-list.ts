import type { Session, TicketPage } from '../server/contract/session.ts';
import type { Counts, Ticket } from '../server/contract/tickets.ts';
import type { Api } from './api.ts';
import { aborted, type ApiError } from './api-error.ts';
import { Cell } from './cell.ts';
import { merge, PAGE, sameFilter, toQuery } from './list-query.ts';
import { NO_FILTER, type ListFilter, type ListState } from './state.ts';

const PAGE_MAX = 100;
const SEARCH_DEBOUNCE_MS = 200;
/** Rows of the former filter stay this long, so that a quick answer replaces them without a flash of skeletons. */
const STALE_MS = 350;

const EMPTY: ListState = { tickets: [], nextCursor: null, status: 'loading', error: null };

/** The tickets on screen, their counts and what they are narrowed to. */
export class TicketList {
  readonly filter = new Cell<ListFilter>(NO_FILTER);
  readonly list = new Cell<ListState>(EMPTY);
  readonly counts = new Cell<Counts | null>(null);
  readonly unreadCount = new Cell<number>(0);

  readonly api: Api;
  readonly #onSession: (session: Session) => void;
  #load: AbortController | null = null;
  /** The load of the next page. */
  more: AbortController | null = null;
  #debounce: ReturnType<typeof setTimeout> | undefined;
  #stale: ReturnType<typeof setTimeout> | undefined;
  /** The filter that the shown tickets answer to. */
  shown: ListFilter | null = null;
  /** Up to which event the last answer tells; null: there was none. */
  position: number | null = null;
  /** How many loads have begun. */
  begun = 0;
  /** Told of every answer before it is shown; what it returns is shown. */
  amend = (page: TicketPage): TicketPage => page;
  #busy: Promise<unknown> = Promise.resolve();

  constructor(api: Api, onSession: (session: Session) => void) {
    this.api = api;
    this.#onSession = onSession;
  }

  /** Resolves once nothing is being loaded. */
  async settled(): Promise<void> {
    for (let busy; busy !== this.#busy;) await (busy = this.#busy);
  }

  /** Forgets everything but, when asked to keep it, the filter. */
  reset({ keepFilter = false } = {}): void {
    this.#stop();
    this.shown = null;
    this.position = null;
    if (!keepFilter) this.filter.set(NO_FILTER);
    this.list.set(EMPTY);
    this.counts.set(null);
    this.unreadCount.set(0);
  }

  /** @param load false: the first load is still to come, and takes the filter along */
  setFilter(change: Partial<ListFilter>, { load }: { load: boolean }): void {
    const before = this.filter.value;
    const after = { ...before, ...change };
    if (sameFilter(before, after)) return;
    this.filter.set(after);
    if (!load) return;
    const typed = sameFilter(before, { ...after, q: before.q }) && after.q !== '';
    clearTimeout(this.#debounce);
    // What is on its way answers an older question, and so would the next page.
    this.#load?.abort();
    this.more?.abort();
    if (typed) this.#debounce = setTimeout(() => this.#quietly(this.load()), SEARCH_DEBOUNCE_MS);
    else this.#quietly(this.load());
  }

  /**
   * Loads the first page, or as many tickets as are shown, with counts and session in one request. Shown tickets of
   * the same filter stay meanwhile, and stay when it fails.
   *
   * @param options.quiet nobody asked for it: it does not show that it loads, nor that it failed
   * @throws ApiError, `aborted` when a newer load took its place
   */
  async load(options: { quiet?: boolean } = {}): Promise<void> {
    await this.#track(this.#loadFirst(options));
  }

  async loadMore(): Promise<void> {
    await this.#track(import('./list-more.ts').then(({ loadNext }) => loadNext(this)));
  }

  async #track(loading: Promise<void>): Promise<void> {
    this.#busy = loading.catch(() => undefined);
    await loading;
  }

  async #loadFirst({ quiet = false }: { quiet?: boolean }): Promise<void> {
    clearTimeout(this.#debounce);
    this.#load?.abort();
    this.more?.abort();
    const load = new AbortController();
    this.#load = load;
    this.begun += 1;
    const filter = this.filter.value;
    const same = this.shown !== null && sameFilter(this.shown, filter);
    if (!quiet || !same) this.#announceLoad(same);
    const limit = same ? Math.min(PAGE_MAX, Math.max(PAGE, this.list.value.tickets.length)) : PAGE;
    const query = toQuery(filter, limit);
    for (const part of ['counts', 'session', 'unread', 'position']) query.append('include', part);
    try {
      const page = await this.api.get<TicketPage>('/tickets', { query, signal: load.signal });
      if (this.#load !== load) throw aborted();
      this.#show(this.amend(page), filter, same);
    } catch (error) {
      if (this.#load === load && !(quiet && same)) this.#fail(error as ApiError, same);
      throw error;
    } finally {
      if (this.#load === load) this.#load = null;
    }
  }

  find(number: string): Ticket | undefined {
    return this.list.value.tickets.find((ticket) => ticket.number === number);
  }

  #announceLoad(same: boolean): void {
    clearTimeout(this.#stale);
    if (this.list.value.tickets.length === 0 && !(same && this.list.value.status !== 'failed')) {
      this.list.set(EMPTY);
      return;
    }
    this.list.set({ ...this.list.value, status: 'refreshing', error: null });
    if (!same) this.#stale = setTimeout(() => this.list.set(EMPTY), STALE_MS);
  }

  #show(page: TicketPage, filter: ListFilter, same: boolean): void {
    clearTimeout(this.#stale);
    const shown = same ? this.list.value : EMPTY;
    // Beyond what one page holds, the rows below stay as they are.
    const keepsTail = shown.tickets.length > PAGE_MAX && page.nextCursor !== null;
    const tickets = keepsTail ? merge(page.tickets, shown.tickets.slice(PAGE_MAX)) : page.tickets;
    this.shown = filter;
    // The same figures are no change.
    if (page.counts && JSON.stringify(page.counts) !== JSON.stringify(this.counts.value)) {
      this.counts.set(page.counts);
    }
    // So many hits that the list has not waited for their count.
    if (!page.counts) this.#quietly(this.#count(filter, this.#load?.signal));
    if (page.unreadCount !== undefined) this.unreadCount.set(page.unreadCount);
    this.position = page.position ?? null;
    const nextCursor = keepsTail ? shown.nextCursor : page.nextCursor;
    this.list.set({ tickets, nextCursor, status: 'ready', error: null });
    // Last, since it shows what is here now.
    if (page.session) this.#onSession(page.session);
  }

  async #count(filter: ListFilter, signal: AbortSignal | undefined): Promise<void> {
    const { count } = await import('./list-more.ts');
    await count(this, filter, signal);
  }

  #fail(error: ApiError, same: boolean): void {
    clearTimeout(this.#stale);
    if (error.code === 'aborted') return;
    const kept = same ? this.list.value : EMPTY;
    this.list.set({ ...kept, status: 'failed', error });
  }

  #stop(): void {
    clearTimeout(this.#debounce);
    clearTimeout(this.#stale);
    this.#load?.abort();
    this.more?.abort();
    this.#load = null;
    this.more = null;
  }

  /** The failure is in `list`; nobody waits for the promise. */
  #quietly(promise: Promise<void>): void {
    promise.catch(() => undefined);
  }
}
