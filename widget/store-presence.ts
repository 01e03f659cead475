import type { PresenceEvent, PresentPerson } from '../server/contract/events.ts';
import type { PresenceAnswer, PresenceInput } from '../server/contract/presence.ts';
import type { Session } from '../server/contract/session.ts';
import type { Cell } from './cell.ts';
import type { ThreadState } from './state.ts';
import type { TokenSource } from './token.ts';

export interface PresenceParts {
  baseUrl: () => string;
  token: TokenSource;
  session: Cell<Session | null>;
  thread: Cell<ThreadState | null>;
  /** Who else has the open ticket open. */
  presence: Cell<PresentPerson[]>;
  /** Whether the open conversation is in front of the person. */
  isAttended: () => boolean;
}

/** Whoever leafs through tickets looks at none of them. */
const LINGER_MS = 400;
/** The server forgets after 45 s. */
const RENEW_MS = 20_000;
/** Whoever types nothing for so long has stopped writing. */
const WRITING_MS = 12_000;

type State = PresenceInput['state'];

/** Tells the other agents that this one has a ticket open or writes on it, and hears who else does. */
export class PresenceTeller {
  readonly #parts: PresenceParts;
  #unwatch: (() => void) | null = null;
  /** What the server was told last. */
  #told: { number: string; state: State } | null = null;
  #linger: ReturnType<typeof setTimeout> | undefined;
  #renew: ReturnType<typeof setInterval> | undefined;
  #resting: ReturnType<typeof setTimeout> | undefined;
  #isWriting = false;
  /** Used last: for saying goodbye, nobody asks the host for another one. */
  #bearer = '';
  #life = new AbortController();

  constructor(parts: PresenceParts) {
    this.#parts = parts;
  }

  start(): void {
    this.stop();
    this.#life = new AbortController();
    this.#unwatch = this.#parts.thread.watch(() => this.look());
    this.#renew = setInterval(() => this.#tell(true), RENEW_MS);
    addEventListener('pagehide', () => this.#send('gone'), { signal: this.#life.signal });
    this.look();
  }

  stop(): void {
    if (!this.#unwatch) return;
    this.#unwatch();
    this.#unwatch = null;
    clearInterval(this.#renew);
    this.#isWriting = false;
    this.#send('gone');
    clearTimeout(this.#linger);
    clearTimeout(this.#resting);
    this.#life.abort();
    this.#parts.presence.set([]);
  }

  /** Another ticket may be open now, or none may be looked at. */
  look(): void {
    if (!this.#unwatch) return;
    const number = this.#number;
    clearTimeout(this.#linger);
    if (this.#told && number !== this.#told.number) {
      this.#isWriting = false;
      this.#send('gone');
      this.#parts.presence.set([]);
    }
    if (number === null || number === this.#told?.number) return;
    this.#linger = setTimeout(() => this.#tell(), LINGER_MS);
  }

  write(): void {
    clearTimeout(this.#resting);
    this.#resting = setTimeout(() => this.rest(), WRITING_MS);
    if (this.#isWriting) return;
    this.#isWriting = true;
    this.#tell();
  }

  hear({ number, people }: PresenceEvent): void {
    if (number === this.#told?.number) this.#show(people);
  }

  /** The ticket is gone: there is nothing left to take leave of. */
  forget(): void {
    this.#told = null;
    clearTimeout(this.#linger);
    this.#parts.presence.set([]);
  }

  get #number(): string | null {
    const { thread, isAttended } = this.#parts;
    return thread.value?.status === 'ready' && isAttended() ? thread.value.number : null;
  }

  /** Nothing was typed for a while, or it was sent. */
  rest(): void {
    clearTimeout(this.#resting);
    if (!this.#isWriting) return;
    this.#isWriting = false;
    this.#tell();
  }

  #tell(again = false): void {
    const number = this.#number;
    if (number === null || !this.#unwatch) return;
    const state = this.#isWriting ? 'writing' : 'viewing';
    if (!again && this.#told?.number === number && this.#told.state === state) return;
    this.#told = { number, state };
    this.#send(state);
  }

  #send(state: State): void {
    const told = this.#told;
    if (!told) return;
    if (state === 'gone') this.#told = null;
    this.#put(told.number, state).then(
      (answer) => this.#told === told && this.#show(answer.people),
      // A courtesy: nobody is told when it fails, and the next one comes soon.
      () => undefined,
    );
  }

  async #put(number: string, state: State): Promise<PresenceAnswer> {
    const { baseUrl, token } = this.#parts;
    if (state !== 'gone') this.#bearer = await token.get();
    const response = await fetch(`${baseUrl()}/tickets/${encodeURIComponent(number)}/presence`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${this.#bearer}`, 'content-type': 'application/json' },
      body: JSON.stringify({ state } satisfies PresenceInput),
      // The last one outlives the page.
      keepalive: true,
      ...(state !== 'gone' && { signal: this.#life.signal }),
    });
    if (!response.ok) throw new Error(String(response.status));
    return (await response.json()) as PresenceAnswer;
  }

  #show(people: readonly PresentPerson[]): void {
    const me = this.#parts.session.value?.actor.id;
    const others = people.filter(({ id }) => id !== me);
    const { presence } = this.#parts;
    if (JSON.stringify(others) !== JSON.stringify(presence.value)) presence.set(others);
  }
}
