import type { Session } from '../server/contract/session.ts';
import type { Live, LiveState } from './live.ts';
import type { StreamSource } from './live-request.ts';
import { liveName, openLive } from './live-session.ts';

/** Between two questions for the count. */
const GAP_MS = 1_000;
const SETTLE_MS = 100;

/** Has a `<support-link>` without an element beside it ask again when something happens. */
export class LinkLive {
  readonly #source: StreamSource;
  readonly #ask: () => void;
  readonly #onState: (state: LiveState) => void;
  #live: Live | null = null;
  #name = '';
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastAsked = 0;

  constructor(source: StreamSource, ask: () => void, onState: (state: LiveState) => void) {
    this.#source = source;
    this.#ask = ask;
    this.#onState = onState;
  }

  follow(session: Session, position: number | null): void {
    const name = liveName(this.#source, session.actor);
    if (this.#live && name === this.#name) {
      if (position !== null) this.#live.resumeFrom(position);
      return;
    }
    this.leave();
    this.#name = name;
    this.#live = openLive(this.#source, session, position, {
      onEvent: ({ event }) => event !== 'presence' && this.#want(),
      onGap: () => this.#want(),
      onState: this.#onState,
    });
  }

  leave(): void {
    this.#live?.stop();
    this.#live = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  #want(): void {
    this.#timer ??= setTimeout(
      () => {
        this.#timer = undefined;
        this.#lastAsked = Date.now();
        this.#ask();
      },
      Math.max(SETTLE_MS, this.#lastAsked + GAP_MS - Date.now()),
    );
  }
}
