import type { Api } from './api.ts';
import type { ApiError } from './api-error.ts';
import { hasMoved, Pulse, type Away } from './pulse.ts';
import type { Store } from './store.ts';
import type { TicketList } from './store-list.ts';
import { LiveUpdates } from './store-live.ts';
import type { TokenSource } from './token.ts';

/** What a store lets nobody else have. */
export interface Inside {
  api: Api;
  token: TokenSource;
  tickets: TicketList;
  onFailure: (error: ApiError) => void;
  reloadThread: (number: string) => Promise<void>;
  isAttended: () => boolean;
  isDeleting: (number: string) => boolean;
  /** Starts over, and leaves on screen what stands there until the answer is in. */
  begin: () => Promise<void>;
}

/** What keeps a store up to date once its first answer is here. */
export class StoreLate {
  readonly pulse: Pulse;
  readonly live: LiveUpdates;
  readonly #store: Store;
  readonly #begin: () => Promise<void>;

  constructor(store: Store, { begin, ...inside }: Inside) {
    this.#store = store;
    this.#begin = begin;
    this.pulse = new Pulse(store.online, () => this.#beat());
    const { route, quarantine, thread, session, presence } = store;
    this.live = new LiveUpdates({
      baseUrl: () => store.options.apiUrl,
      openThread: (number) => store.openThread(number),
      onState: (state) => this.pulse.pace(state),
      onNews: (news) => store.news.set(news),
      ...{ route, quarantine, thread, session, presence },
      ...inside,
    });
    store.phase.watch(() => this.#paceByPhase());
  }

  start(): void {
    this.pulse.start();
    this.#paceByPhase();
    const phase = this.#store.phase.value;
    if (phase.name === 'failed') this.pulse.failed(phase.error);
  }

  /** Time to look whether something changed: the page is seen again, the network is back. */
  async #beat(): Promise<void> {
    const { phase, options } = this.#store;
    const { name } = phase.value;
    if (name === 'signed-out' || name === 'starting' || options.supportUrl) return;
    if (name === 'ready') return await this.#store.refresh();
    const away = this.#away();
    if (!away || (await hasMoved(options.apiUrl, away))) await this.#begin();
  }

  /** What a client gets instead of its tickets. */
  #away(): Away | null {
    const phase = this.#store.phase.value;
    if (phase.name === 'external') return { off: false, supportUrl: phase.url };
    return phase.name === 'off' ? { off: true, supportUrl: null } : null;
  }

  #paceByPhase(): void {
    if (this.#away()) this.pulse.pace('away');
  }
}
