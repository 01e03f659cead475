import type { PresenceState, PresentPerson } from '../contract/events.ts';
import type { Clock, LiveHub, News } from '../deps.ts';

/** Whoever says nothing for so long has gone: a laptop was closed, a tab has crashed. */
export const PRESENCE_SECONDS = 45;

interface Presence {
  person: PresentPerson;
  /** Milliseconds since 1970 UTC. */
  until: number;
}

type Heard = Extract<News, { presence: unknown }>['presence'];
/** Of a `users.id`. */
type NameOf = (userId: number) => Promise<{ id: string; name: string }>;

/**
 * Which agents have which ticket open, in the memory of each process: told to each other, and to nobody else.
 * Nothing of it is kept.
 */
export class PresenceBoard {
  readonly #hub: LiveHub;
  readonly #clock: Clock;
  readonly #nameOf: NameOf;
  #hearing: Promise<void> = Promise.resolve();
  /** By ticket number, then by `users.id`. */
  readonly #tickets = new Map<string, Map<number, Presence>>();

  constructor(hub: LiveHub, clock: Clock, nameOf: NameOf) {
    this.#hub = hub;
    this.#clock = clock;
    this.#nameOf = nameOf;
    hub.subscribe({
      changed: () => undefined,
      heard: (news) => {
        // One after the other: whoever came and left must not be put back by a name that took longer.
        if ('presence' in news) this.#hearing = this.#hearing.then(() => this.#hear(news.presence));
      },
    });
  }

  get isEmpty(): boolean {
    return this.#tickets.size === 0;
  }

  /**
   * @param state null: no longer there
   * @returns everybody else who is there
   */
  set(
    number: string,
    actor: { userId: number; id: string; name: string },
    state: PresenceState | null,
  ): PresentPerson[] {
    const { userId } = actor;
    const present = this.#put(number, userId, state && { id: actor.id, name: actor.name, state });
    this.#hub.spread({ presence: { number, userId, state } });
    return [...present].filter(([other]) => other !== userId).map(([, { person }]) => person);
  }

  /** Told by another process, which has the person's name no more than this one. */
  async #hear({ number, userId, state }: Heard): Promise<void> {
    try {
      this.#put(number, userId, state && { ...(await this.#nameOf(userId)), state });
    } catch {
      // The person says so again in a moment.
    }
  }

  #put(number: string, userId: number, person: PresentPerson | null): Map<number, Presence> {
    const present = this.#tickets.get(number) ?? new Map<number, Presence>();
    const before = present.get(userId);
    const until = this.#clock.now() + PRESENCE_SECONDS * 1000;
    if (person === null) present.delete(userId);
    else present.set(userId, { person, until });
    if (present.size > 0) this.#tickets.set(number, present);
    else this.#tickets.delete(number);
    if (before?.person.state !== person?.state) this.#tell(number, present);
    return present;
  }

  /** Once a second: forgets who has gone without a word. */
  tick(): void {
    const now = this.#clock.now();
    for (const [number, present] of this.#tickets) {
      const gone = [...present].filter(([, { until }]) => until <= now);
      for (const [userId] of gone) present.delete(userId);
      if (present.size === 0) this.#tickets.delete(number);
      else if (gone.length > 0) this.#tell(number, present);
    }
  }

  #tell(number: string, present: Map<number, Presence>): void {
    const people = [...present.values()].map(({ person }) => person);
    this.#hub.whisper({ event: 'presence', to: [...present.keys()], data: { number, people } });
  }
}
