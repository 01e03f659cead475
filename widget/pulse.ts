import type { Center } from '../server/contract/session.ts';
import type { ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';

/** What a client is shown in place of its tickets: neither is where it usually is. */
export interface Away {
  off: boolean;
  supportUrl: string | null;
}

/** Between two looks that nobody asked for, and how often one is due, by how live events come. */
const PACES = {
  open: { quietMs: 60_000, pollMs: 5 * 60_000 },
  waiting: { quietMs: 10_000, pollMs: 60_000 },
  broken: { quietMs: 10_000, pollMs: 20_000 },
  /** Switched off, or sent elsewhere: nothing tells when that ends, and the question is a small one. */
  away: { quietMs: 1_000, pollMs: 10_000 },
};
const ASK_TIMEOUT_MS = 15_000;
const RETRY_FIRST_MS = 5_000;
const RETRY_MAX_MS = 60_000;

/**
 * When to look at the server again unasked: the page is seen again, the network is back, a minute has passed, or the
 * last request did not get through (then soon, and ever later).
 */
export class Pulse {
  readonly #online: Cell<boolean>;
  readonly #beat: () => Promise<void>;
  #listening: AbortController | null = null;
  #lastBeat = 0;
  #pace = PACES.waiting;
  #poll: ReturnType<typeof setInterval> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;

  /**
   * @param online told what the browser knows of its network
   * @param beat looks; rejects when it failed
   */
  constructor(online: Cell<boolean>, beat: () => Promise<void>) {
    this.#online = online;
    this.#beat = beat;
  }

  start(): void {
    this.stop();
    this.#lastBeat = Date.now();
    this.#listening = new AbortController();
    const { signal } = this.#listening;
    this.#online.set(navigator.onLine);
    addEventListener('offline', () => this.#online.set(false), { signal });
    addEventListener('online', () => this.#back(), { signal });
    addEventListener('focus', () => this.#seen(), { signal });
    document.addEventListener('visibilitychange', () => this.#seen(), { signal });
    this.pace('waiting');
  }

  /** Where events tell of every change, there is little to look for; where they cannot, all the more. */
  pace(live: keyof typeof PACES): void {
    this.#pace = PACES[live];
    clearInterval(this.#poll);
    if (this.#listening?.signal.aborted === false) {
      this.#poll = setInterval(() => this.#seen(), this.#pace.pollMs);
    }
  }

  stop(): void {
    this.#listening?.abort();
    clearInterval(this.#poll);
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#retryMs = RETRY_FIRST_MS;
  }

  /** A request failed: when nothing got through, tries again by itself. */
  failed(error: ApiError): void {
    const network = error.code === 'unreachable' || error.code === 'timeout';
    if (!network || this.#retry !== undefined || !this.#listening || this.#listening.signal.aborted) return;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2);
      this.#look();
    }, this.#retryMs);
  }

  #back(): void {
    this.#online.set(true);
    this.#look();
  }

  #seen(): void {
    if (document.visibilityState === 'hidden' || Date.now() - this.#lastBeat < this.#pace.quietMs) return;
    this.#look();
  }

  #look(): void {
    this.#lastBeat = Date.now();
    this.#beat().then(
      () => {
        this.#retryMs = RETRY_FIRST_MS;
      },
      // Told by the cells; `failed` has heard of it.
      () => undefined,
    );
  }
}

/**
 * Whether a client would be shown something else by now. Needs no token, and costs the server next to nothing.
 *
 * @throws when nobody answers
 */
export async function hasMoved(apiUrl: string, { off, supportUrl }: Away): Promise<boolean> {
  const response = await fetch(`${apiUrl}/center`, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
  const center = (await response.json()) as Center;
  return response.ok && (center.enabled === off || (!off && center.supportUrl !== supportUrl));
}
