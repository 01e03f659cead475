import type { QuarantinePage, ReleasedMail, ReleaseMail } from '../server/contract/mail.ts';
import type { Api } from './api.ts';
import type { ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';
import type { QuarantineDesk, QuarantineState, Route } from './state.ts';

export interface QuarantineParts {
  api: Api;
  route: Cell<Route>;
  quarantine: Cell<QuarantineState | null>;
}

const PAGE = 25;
const PAGE_MAX = 100;
/** Between two looks that nobody asked for. */
const GAP_MS = 1_000;
const SETTLE_MS = 60;
/** Where no stream tells of it. */
const POLL_MS = 60_000;

/** The mails that wait for an agent: how many, and while they are looked at, which. */
export class Quarantine implements QuarantineDesk {
  readonly #parts: QuarantineParts;
  /** Given up with the agent who followed. */
  #life = new AbortController();
  #load: AbortController | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #poll: ReturnType<typeof setInterval> | undefined;
  #lastLook = 0;
  isLive = false;

  constructor(parts: QuarantineParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#life = new AbortController();
    this.#poll = setInterval(() => {
      if (!this.isLive && document.visibilityState !== 'hidden') this.look();
    }, POLL_MS);
    this.#set({ desk: this, total: null, mails: [], nextCursor: null, status: 'counted', error: null });
  }

  stop(): void {
    this.#life.abort();
    this.#load?.abort();
    clearTimeout(this.#timer);
    this.#timer = undefined;
    clearInterval(this.#poll);
    this.#parts.quarantine.set(null);
  }

  /** Something may have changed: looks soon, and in place. */
  look(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#lastLook = Date.now();
        const isShown = this.#parts.route.value.view === 'quarantine';
        // What fails here is asked for again with the next change.
        (isShown ? this.load({ quiet: true }) : this.#count()).catch(() => undefined);
      },
      Math.max(SETTLE_MS, this.#lastLook + GAP_MS - Date.now()),
    );
  }

  async load({ quiet = false } = {}): Promise<void> {
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    const { mails, status } = this.#state;
    const isBegun = status !== 'counted' && status !== 'loading';
    if (!quiet) this.#set({ status: isBegun && mails.length > 0 ? 'refreshing' : 'loading', error: null });
    try {
      const page = await this.#read(Math.min(PAGE_MAX, Math.max(PAGE, mails.length)), load.signal);
      this.#set({ ...page, status: 'ready', error: null });
    } catch (error) {
      if (!load.signal.aborted && !quiet) this.#set({ status: 'failed', error: error as ApiError });
      throw error;
    } finally {
      if (this.#load === load) this.#load = null;
    }
  }

  async loadMore(): Promise<void> {
    const { mails, nextCursor, status } = this.#state;
    if (nextCursor === null || status === 'loading-more') return;
    this.#load?.abort();
    const load = new AbortController();
    this.#load = load;
    this.#set({ status: 'loading-more', error: null });
    try {
      const page = await this.#read(PAGE, load.signal, nextCursor);
      const known = new Set(mails.map(({ id }) => id));
      this.#set({
        ...page,
        mails: [...mails, ...page.mails.filter(({ id }) => !known.has(id))],
        status: 'ready',
      });
    } catch (error) {
      if (!load.signal.aborted) this.#set({ status: 'failed', error: error as ApiError });
      throw error;
    } finally {
      if (this.#load === load) this.#load = null;
    }
  }

  async release(id: string, input: ReleaseMail): Promise<string> {
    const path = `/quarantine/${encodeURIComponent(id)}/release`;
    const { number } = await this.#away(id, () =>
      this.#parts.api.post<ReleasedMail>(path, { body: input, signal: this.#life.signal }),
    );
    return number;
  }

  async drop(id: string): Promise<void> {
    const { api } = this.#parts;
    await this.#away(id, () => api.send<undefined>('DELETE', `/quarantine/${encodeURIComponent(id)}`));
  }

  async #count(): Promise<void> {
    const { total } = await this.#read(1, this.#life.signal);
    this.#set({ total });
  }

  /** What was done with a mail takes it out, and so does somebody else who was faster. */
  async #away<T>(id: string, act: () => Promise<T>): Promise<T> {
    const take = (): void => {
      const { mails, total } = this.#state;
      const left = mails.filter((mail) => mail.id !== id);
      if (left.length < mails.length) this.#set({ mails: left, total: Math.max(0, (total ?? 1) - 1) });
    };
    try {
      const result = await act();
      take();
      return result;
    } catch (error) {
      if ((error as ApiError).code === 'not_found') take();
      throw error;
    }
  }

  async #read(limit: number, signal: AbortSignal, cursor?: string): Promise<QuarantinePage> {
    const query = new URLSearchParams({ limit: String(limit) });
    if (cursor !== undefined) query.set('cursor', cursor);
    const page = await this.#parts.api.get<QuarantinePage>('/quarantine', { query, signal });
    signal.throwIfAborted();
    return page;
  }

  get #state(): QuarantineState {
    return this.#parts.quarantine.value!;
  }

  #set(change: Partial<QuarantineState>): void {
    if (this.#life.signal.aborted) return;
    const { quarantine } = this.#parts;
    const before = quarantine.value;
    // The same number is no change.
    if (before && Object.keys(change).length === 1 && change.total === before.total) return;
    quarantine.set({ ...before, ...change } as QuarantineState);
  }
}
