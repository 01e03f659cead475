/** What a live event tells: that something changed, never the content. Imports nothing. */
export const EVENT_TYPES = ['ticket.created', 'ticket.updated', 'ticket.deleted', 'message.created'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** `event: ticket`, with the `seq` as its id. */
export interface TicketEvent {
  type: EventType;
  /** Ticket number, such as `SUP-1001`. */
  number: string;
  /** Monotonic id of the history entry behind it. */
  seq: number;
  /** Only on agents' streams: the message is an internal note. */
  internal?: true;
}

/**
 * What a stream tells besides, when `include` asks for it: `reads` of one's own tickets on other devices, the
 * `presence` of other agents, and where `mails` stand, which only agents hear of. None has an id: it is of the
 * moment, and is not told again.
 */
export const EVENT_EXTRAS = ['reads', 'presence', 'mails'] as const;

/** `event: read`: the same user has read this ticket to its end, here or elsewhere. */
export interface ReadEvent {
  number: string;
}

export const PRESENCE_STATES = ['viewing', 'writing'] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

/** An agent who has a ticket open. */
export interface PresentPerson {
  id: string;
  name: string;
  state: PresenceState;
}

/** `event: presence`: everybody who has this ticket open now, oneself included. */
export interface PresenceEvent {
  number: string;
  people: PresentPerson[];
}

/** `event: mail`: one about this ticket was sent, delivered, bounced and so on; its message says what. */
export interface MailEvent {
  number: string;
}

/** `event: quarantine`: a mail has been put there, or taken out. */
export type QuarantineEvent = Record<string, never>;
