import { LiveConnection, type ConnectionOptions, type LiveState } from './live-connection.ts';
import type { StreamEvent } from './live-parse.ts';

export type { LiveState } from './live-connection.ts';
export type { StreamEvent } from './live-parse.ts';

export interface LiveOptions extends Pick<ConnectionOptions, 'request' | 'onEvent' | 'onGap' | 'onState'> {
  /** Same server, same person, same role: whoever has this name shares one stream. */
  name: string;
  /** Where the list stands that was loaded before. */
  position: number | null;
  /** The stream has begun, or begun again: what is told without an id may have been missed before. */
  onOpened?: () => void;
}

/** What tabs tell each other. */
type Note =
  | { kind: 'event'; event: StreamEvent }
  | { kind: 'gap' }
  | { kind: 'opened' }
  | { kind: 'state'; state: LiveState; lastId: string | null }
  | { kind: 'hello' };

/** A leader that says nothing for so long hangs. */
const LEADER_SILENCE_MS = 60_000;
const LEADER_PULSE_MS = 15_000;

/**
 * The stream of events of one person: one for all tabs and elements where the browser can (the one that holds the
 * lock leads, and passes on what it hears), else one for each.
 */
export class Live {
  readonly #options: LiveOptions;
  #lastId: string | null;
  #state: LiveState = 'waiting';
  #connection: LiveConnection | null = null;
  #channel: BroadcastChannel | null = null;
  #life: AbortController | null = null;
  #leaderTimer: ReturnType<typeof setTimeout> | undefined;
  #lastPulse = 0;

  constructor(options: LiveOptions) {
    this.#options = options;
    this.#lastId = options.position === null ? null : String(options.position);
  }

  start(): void {
    if (this.#life) return;
    const life = new AbortController();
    this.#life = life;
    // A page in the back-forward cache must hold neither lock nor connection.
    addEventListener('pagehide', () => this.#leave(), { signal: life.signal });
    addEventListener('pageshow', ({ persisted }) => persisted && this.#join(), { signal: life.signal });
    addEventListener('online', () => this.#connection?.wake(), { signal: life.signal });
    document.addEventListener('visibilitychange', () => this.#seen(), { signal: life.signal });
    this.#join();
  }

  stop(): void {
    this.#life?.abort();
    this.#life = null;
    this.#leave();
  }

  /** Everything was loaded anew, and stands there. */
  resumeFrom(position: number): void {
    this.#lastId ??= String(position);
    this.#connection?.resumeFrom(String(position));
  }

  #join(): void {
    const { name } = this.#options;
    if (typeof BroadcastChannel === 'undefined' || !('locks' in navigator)) return this.#lead();
    const channel = new BroadcastChannel(name);
    this.#channel = channel;
    channel.onmessage = ({ data }: MessageEvent<Note>) => this.#hear(data);
    channel.postMessage({ kind: 'hello' } satisfies Note);
    this.#watchLeader();
    const waiting = new AbortController();
    this.#release = () => waiting.abort();
    navigator.locks
      .request(name, { signal: waiting.signal }, async () => {
        if (this.#channel !== channel) return;
        clearTimeout(this.#leaderTimer);
        this.#lead();
        await new Promise<void>((resolve) => (this.#release = resolve));
      })
      // Given up while it waited for its turn.
      .catch(() => undefined);
  }

  #release: () => void = () => undefined;

  #leave(): void {
    clearTimeout(this.#leaderTimer);
    this.#connection?.stop();
    this.#connection = null;
    this.#channel?.close();
    this.#channel = null;
    this.#release();
    this.#release = () => undefined;
  }

  #lead(): void {
    const { request } = this.#options;
    this.#connection = new LiveConnection({
      request,
      lastId: this.#lastId,
      onEvent: (event) => {
        this.#tell({ kind: 'event', event });
        this.#take(event);
      },
      onGap: () => {
        this.#tell({ kind: 'gap' });
        this.#gap();
      },
      onState: (state) => {
        this.#set(state);
        this.#tellState();
        if (state !== 'open') return;
        this.#tell({ kind: 'opened' });
        this.#options.onOpened?.();
      },
      onPulse: () => {
        if (Date.now() - this.#lastPulse > LEADER_PULSE_MS) this.#tellState();
      },
    });
    this.#connection.start();
  }

  #hear(note: Note): void {
    if (note.kind === 'hello') {
      if (this.#connection) this.#tellState();
      return;
    }
    // Of somebody who led before and does not know it yet.
    if (this.#connection) return;
    this.#watchLeader();
    if (note.kind === 'event') this.#take(note.event);
    else if (note.kind === 'gap') this.#gap();
    else if (note.kind === 'opened') this.#options.onOpened?.();
    else {
      // What was told before this tab was there.
      const isBehind = note.lastId !== null && Number(note.lastId) > Number(this.#lastId ?? -1);
      this.#set(note.state);
      if (isBehind) {
        this.#lastId = note.lastId;
        this.#options.onGap();
      }
    }
  }

  #take(event: StreamEvent): void {
    if (event.id !== null) this.#lastId = event.id;
    this.#options.onEvent(event);
  }

  #gap(): void {
    this.#lastId = null;
    this.#options.onGap();
  }

  #set(state: LiveState): void {
    if (state === this.#state) return;
    this.#state = state;
    this.#options.onState(state);
  }

  #tell(note: Note): void {
    this.#channel?.postMessage(note);
  }

  #tellState(): void {
    this.#lastPulse = Date.now();
    this.#tell({ kind: 'state', state: this.#state, lastId: this.#lastId });
  }

  #watchLeader(): void {
    clearTimeout(this.#leaderTimer);
    this.#leaderTimer = setTimeout(() => this.#set('broken'), LEADER_SILENCE_MS);
  }

  #seen(): void {
    if (document.visibilityState === 'visible') this.#connection?.wake();
  }
}
