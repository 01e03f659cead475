import type { Center, Session, TicketPage } from '../server/contract/session.ts';
import { Api } from './api.ts';
import type { ApiError } from './api-error.ts';
import { Cell } from './cell.ts';
import { UNKNOWN, type LinkState } from './link-state.ts';
import { LinkLive } from './live-link.ts';
import { hasMoved, Pulse } from './pulse.ts';
import { runningStores } from './running.ts';
import type { Store } from './store.ts';

import { TokenSource, type TokenOptions } from './token.ts';

export interface LinkOptions {
  apiUrl: string;
  locale: string;
  token: TokenOptions;
}

const ASK_TIMEOUT_MS = 15_000;

/**
 * Where a `<support-link>` knows it from: the element in the same page if there is one of the same server; else it
 * asks by itself, with a token for the unread count, without one for the switch alone.
 */
export class LinkSource {
  readonly #state: Cell<LinkState>;
  readonly #token = new TokenSource(() => undefined);
  readonly #api: Api;
  readonly #pulse = new Pulse(new Cell(true), () => this.#look());
  #live: LinkLive | null = null;
  #options: LinkOptions | null = null;
  /** Of the element that was here: asked with when the link has none of its own. */
  #lent: TokenOptions | null = null;
  #unwatch: Array<() => void> = [];
  #unwatchRunning: (() => void) | null = null;

  /** @param state told what is known */
  constructor(state: Cell<LinkState>) {
    this.#state = state;
    this.#api = new Api({
      baseUrl: () => this.#options?.apiUrl ?? '',
      token: this.#token,
      onFailure: (error) => this.#pulse.failed(error),
    });
  }

  /** Starts, or goes on with what the host says now. */
  start(options: LinkOptions): void {
    const moved = this.#options === null || keyOf(this.#options) !== keyOf(options);
    this.#options = options;
    this.#api.language = options.locale;
    if (this.#unwatchRunning && !moved) return this.#configureToken();
    this.stop();
    this.#unwatchRunning = runningStores.watch(() => this.#choose());
    // Elements further down in the page come to life in the same turn.
    setTimeout(() => this.#unwatchRunning && this.#choose());
  }

  stop(): void {
    this.#unwatchRunning?.();
    this.#unwatchRunning = null;
    this.#detach();
    this.#token.forget();
    this.#state.set(UNKNOWN);
  }

  #choose(): void {
    const store = runningStores.value.find((one) => one.options.apiUrl === this.#options?.apiUrl);
    this.#detach();
    if (store) return this.#follow(store);
    this.#configureToken();
    this.#pulse.start();
    void this.#ask().catch(() => undefined);
  }

  #configureToken(): void {
    const own = this.#options?.token;
    this.#token.configure(own && isSet(own) ? own : (this.#lent ?? NO_TOKEN));
  }

  #follow(store: Store): void {
    const read = (): void => {
      const phase = store.phase.value;
      // What the attribute says there need not hold here; what the server says does.
      if (phase.name === 'external' && store.options.supportUrl) return;
      this.#lent = phase.name === 'signed-out' ? null : store.options.token;
      if (phase.name === 'starting' || phase.name === 'failed') return;
      this.#state.set({
        off: phase.name === 'off',
        supportUrl: phase.name === 'external' ? phase.url : null,
        unreadCount: phase.name === 'ready' ? store.unreadCount.value : 0,
      });
    };
    this.#unwatch = [store.phase.watch(read), store.unreadCount.watch(read)];
    read();
  }

  #detach(): void {
    for (const end of this.#unwatch) end();
    this.#unwatch = [];
    this.#pulse.stop();
    this.#live?.leave();
    this.#api.abortAll();
  }

  #listen(session: Session, position: number | null): void {
    const ask = (): void => void this.#ask().catch(() => undefined);
    this.#live ??= new LinkLive(
      {
        baseUrl: () => this.#options?.apiUrl ?? '',
        token: this.#token,
        onFailure: () => {
          this.#live?.leave();
          ask();
        },
      },
      ask,
      (state) => this.#pulse.pace(state),
    );
    if (!this.#api.life.aborted) this.#live.follow(session, position);
  }

  /** Time to look whether something changed. */
  async #look(): Promise<void> {
    const { off, supportUrl } = this.#state.value;
    const isAway = off || supportUrl !== null;
    if (!isAway || (await hasMoved(this.#options?.apiUrl ?? '', this.#state.value))) await this.#ask();
  }

  async #ask(): Promise<void> {
    const { life } = this.#api;
    const own = this.#options?.token;
    const state = isSet(own) || isSet(this.#lent) ? await this.#askAsUser() : await this.#askAsAnybody();
    if (life.aborted || !state) return;
    this.#state.set(state);
    if (state.off || state.supportUrl !== null) this.#pulse.pace('away');
    else if (!this.#live) this.#pulse.pace('waiting');
  }

  async #askAsUser(): Promise<LinkState> {
    const query = new URLSearchParams([
      ['limit', '1'],
      ['include', 'session'],
      ['include', 'unread'],
      ['include', 'position'],
    ]);
    try {
      const page = await this.#api.get<TicketPage>('/tickets', { query });
      const { session, unreadCount = 0, position = null } = page;
      const client = session?.actor.role === 'client';
      const supportUrl = client ? (session?.center.supportUrl ?? null) : null;
      if (session && supportUrl === null) this.#listen(session, position);
      return { off: false, supportUrl, unreadCount };
    } catch (error) {
      if ((error as ApiError).code === 'support_disabled') return { ...UNKNOWN, off: true };
      throw error;
    }
  }

  async #askAsAnybody(): Promise<LinkState | null> {
    const signal = AbortSignal.any([this.#api.life, AbortSignal.timeout(ASK_TIMEOUT_MS)]);
    const response = await fetch(`${this.#options?.apiUrl}/center`, { signal });
    if (!response.ok) return null;
    const { enabled, supportUrl } = (await response.json()) as Center;
    return { off: !enabled, supportUrl, unreadCount: 0 };
  }
}

const NO_TOKEN: TokenOptions = { getToken: null, tokenUrl: null, token: null };

function isSet(options: TokenOptions | null | undefined): boolean {
  return Boolean(options && (options.getToken || options.tokenUrl || options.token));
}

/** What makes it another server or person; a function alone does not, but that there is one. */
function keyOf({ apiUrl, token }: LinkOptions): string {
  return JSON.stringify([apiUrl, token.token, token.tokenUrl, token.getToken !== null]);
}
