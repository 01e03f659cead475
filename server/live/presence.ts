import type { PresenceState, PresentPerson } from '../contract/events.ts';
import type { Clock, LiveHub } from '../deps.ts';

/** Whoever says nothing for so long has gone: a laptop was closed, a tab has crashed. */
export const PRESENCE_SECONDS = 45;

interface Presence {
  person: PresentPerson;
  /** Milliseconds since 1970 UTC. */
  until: number;
}

/**
 * Which agents have which ticket open, in the memory of this process: told to each other, and to nobody else.
 * Nothing of it is kept.
 */
export class PresenceBoard {
  readonly #hub: LiveHub;
  readonly #clock: Clock;
  /** By ticket number, then by `users.id`. */
  readonly #tickets = new Map<string, Map<number, Presence>>();

  constructor(hub: LiveHub, clock: Clock) {
    this.#hub = hub;
    this.#clock = clock;
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
    const present = this.#tickets.get(number) ?? new Map<number, Presence>();
    const before = present.get(actor.userId);
    const until = this.#clock.now() + PRESENCE_SECONDS * 1000;
    if (state === null) present.delete(actor.userId);
    else present.set(actor.userId, { person: { id: actor.id, name: actor.name, state }, until });
    if (present.size > 0) this.#tickets.set(number, present);
    else this.#tickets.delete(number);
    if (before?.person.state !== (state ?? undefined)) this.#tell(number, present);
    return [...present].filter(([userId]) => userId !== actor.userId).map(([, { person }]) => person);
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
