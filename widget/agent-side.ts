// What of following along concerns agents alone, with the way into the quarantine: never loaded for a client.
import './elements/quarantine/quarantine-link.ts';
import type { PresenceEvent } from '../server/contract/events.ts';
import type { LiveState, StreamEvent } from './live.ts';
import { PresenceTeller, type PresenceParts } from './store-presence.ts';
import { Quarantine, type QuarantineParts } from './store-quarantine.ts';

export interface AgentParts extends PresenceParts, QuarantineParts {}

/** Who else is there, and which mails wait for an agent. */
export class AgentSide {
  readonly presence: PresenceTeller;
  readonly #quarantine: Quarantine;

  constructor(parts: AgentParts) {
    this.presence = new PresenceTeller(parts);
    this.#quarantine = new Quarantine(parts);
  }

  start(state: LiveState): void {
    this.presence.start();
    this.#quarantine.start();
    this.setState(state);
    // Else once the stream is open: what happens in between would not be told.
    if (state === 'open') this.look();
  }

  stop(): void {
    this.presence.stop();
    this.#quarantine.stop();
  }

  setState(state: LiveState): void {
    this.#quarantine.isLive = state === 'open';
    if (state === 'broken') this.look();
  }

  hear({ event, data }: StreamEvent): void {
    if (event === 'presence') this.presence.hear(data as PresenceEvent);
    else if (event === 'quarantine') this.#quarantine.look();
  }

  /** What happened meanwhile was not told; or a ticket is gone, and with it the mails about it. */
  look(): void {
    this.#quarantine.look();
  }
}
