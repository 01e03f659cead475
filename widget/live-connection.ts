import { ApiError } from './api-error.ts';
import { EventParser, type StreamEvent } from './live-parse.ts';

/**
 * `open`: what happens is told at once. `waiting`: not yet, or again soon. `broken`: it keeps failing, so whoever
 * wants to know has to ask.
 */
export type LiveState = 'waiting' | 'open' | 'broken';

export interface ConnectionOptions {
  /** Asks the server for the stream, with a token that is valid. Rejects with `ApiError`. */
  request: (lastEventId: string | null, signal: AbortSignal) => Promise<Response>;
  /** Where to begin; null: now. */
  lastId: string | null;
  onEvent: (event: StreamEvent) => void;
  /** What happened before it began, or while it was away, is not told: there is no id to resume from. */
  onGap: () => void;
  onState: (state: LiveState) => void;
  /** Something came, if only a heartbeat. */
  onPulse: () => void;
}

/** Why a connection was given up. */
class Silence extends Error {}

/** A proxy that holds the greeting back holds everything back. */
const GREETING_MS = 10_000;
/** The server says something every 12 s. */
const SILENCE_MS = 40_000;
const FIRST_DELAY_MS = 1_000;
const MAX_DELAY_MS = 60_000;
const BROKEN_DELAY_MS = 5 * 60_000;
const BROKEN_AFTER = 3;
/** A stream that did not last so long was no success. */
const LASTING_MS = 5_000;

/** Keeps one stream of events open: resumes where it broke off, and comes back ever later when it cannot be had. */
export class LiveConnection {
  readonly #options: ConnectionOptions;
  #lastId: string | null;
  #failures = 0;
  #stopped = new AbortController();
  #wake: () => void = () => undefined;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#lastId = options.lastId;
  }

  start(): void {
    void this.#run(this.#stopped.signal);
  }

  stop(): void {
    this.#stopped.abort();
    this.#wake();
  }

  /** The network is back, or the page is seen again: a good time to try. */
  wake(): void {
    this.#wake();
  }

  get lastId(): string | null {
    return this.#lastId;
  }

  /** Where a list stands that was loaded anew, when there is nothing else to resume from. */
  resumeFrom(position: string): void {
    this.#lastId ??= position;
  }

  async #run(stopped: AbortSignal): Promise<void> {
    while (!stopped.aborted) {
      const began = Date.now();
      const failure = await this.#listen(stopped);
      if (stopped.aborted) return;
      // Nobody is signed in, or support is off: the store has heard of it, and starts anew when that changes.
      if (failure instanceof ApiError && (failure.status === 401 || failure.status === 403)) return;
      const lasted = Date.now() - began > LASTING_MS;
      this.#failures = failure === null && lasted ? 0 : this.#failures + 1;
      // Held back once, it will be the next time, too.
      if (failure instanceof Silence) this.#failures = Math.max(this.#failures, BROKEN_AFTER);
      const isBroken = this.#failures >= BROKEN_AFTER;
      this.#options.onState(isBroken ? 'broken' : 'waiting');
      await this.#sleep(this.#delay(failure));
    }
  }

  /** @returns why it ended: null when the server ended it, as when the token expires or the process restarts */
  async #listen(stopped: AbortSignal): Promise<unknown> {
    const attempt = new AbortController();
    const signal = AbortSignal.any([stopped, attempt.signal]);
    let greeted = false;
    let timer = setTimeout(() => attempt.abort(), GREETING_MS);
    try {
      const response = await this.#options.request(this.#lastId, signal);
      const isStream = response.headers.get('content-type')?.startsWith('text/event-stream');
      if (!isStream || !response.body) throw new Error('Something in between answered.');
      const resumed = this.#lastId !== null;
      const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
      const parser = new EventParser();
      clearTimeout(timer);
      timer = setTimeout(() => attempt.abort(), GREETING_MS);
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return greeted ? null : new Error('It ended before it began.');
        clearTimeout(timer);
        timer = setTimeout(() => attempt.abort(), SILENCE_MS);
        this.#options.onPulse();
        if (!greeted) {
          greeted = true;
          this.#options.onState('open');
          if (!resumed) this.#options.onGap();
        }
        for (const event of parser.feed(value)) this.#take(event);
      }
    } catch (error) {
      return attempt.signal.aborted && !greeted ? new Silence() : error;
    } finally {
      clearTimeout(timer);
      attempt.abort();
    }
  }

  #take(event: StreamEvent): void {
    if (event.event === 'resync') {
      this.#lastId = null;
      this.#options.onGap();
      return;
    }
    if (event.id !== null) this.#lastId = event.id;
    this.#options.onEvent(event);
  }

  /** Jittered: the readers of a server that restarts do not all come back in the same moment. */
  #delay(failure: unknown): number {
    const retryAfter = failure instanceof ApiError ? failure.retryAfter : null;
    const max = this.#failures >= BROKEN_AFTER ? BROKEN_DELAY_MS : MAX_DELAY_MS;
    const step = Math.min(max, FIRST_DELAY_MS * 2 ** this.#failures);
    return Math.max((retryAfter ?? 0) * 1000, step * (0.5 + Math.random() / 2));
  }

  async #sleep(ms: number): Promise<void> {
    await new Promise<void>((resolve) => {
      const timer = setTimeout(resolve, ms);
      this.#wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
    this.#wake = () => undefined;
  }
}
