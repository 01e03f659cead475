/** What a live event tells: that something changed, never the content. Imports nothing. */
export const EVENT_TYPES = ['ticket.created', 'ticket.updated', 'ticket.deleted', 'message.created'] as const;
export type EventType = (typeof EVENT_TYPES)[number];

export interface TicketEvent {
  type: EventType;
  /** Ticket number, such as `SUP-1001`. */
  number: string;
  /** Monotonic id of the history entry behind it. */
  seq: number;
  /** Only on agents' streams: the message is an internal note. */
  internal?: true;
}
