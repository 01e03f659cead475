import type { Session } from '../server/contract/session.ts';
import type { Counts, Message, Ticket } from '../server/contract/tickets.ts';
import type { ApiError } from './api-error.ts';

/** What each public event carries in `detail`. */
export interface SupportEventDetails {
  /** The session is known and the list is here. */
  'support-ready': { session: Session };
  /** Another view is shown; `ticket` is a number where the view is `ticket`. */
  'support-navigate': { view: 'list' | 'new' | 'ticket' | 'settings' | 'quarantine'; ticket: string | null };
  'support-ticket-created': { ticket: Ticket };
  'support-ticket-updated': { ticket: Ticket };
  'support-reply-sent': { ticket: string; message: Message };
  'support-counts-change': { counts: Counts };
  'support-unread-change': { unreadCount: number };
  'support-open': null;
  'support-close': null;
  /** No token could be had, or the server refused it. */
  'support-auth-error': { error: ApiError };
  /** The server failed or could not be reached. */
  'support-error': { error: ApiError };
}
export type SupportEventName = keyof SupportEventDetails;

/** Composed and bubbling, so that a listener anywhere above the element hears it. */
export class SupportEvent<K extends SupportEventName> extends CustomEvent<SupportEventDetails[K]> {
  constructor(name: K, detail: SupportEventDetails[K]) {
    super(name, { detail, bubbles: true, composed: true });
  }
}

type SupportEventMap = { [K in SupportEventName]: SupportEvent<K> };

declare global {
  // eslint-disable-next-line @typescript-eslint/no-empty-object-type -- an interface is the only way to add to one
  interface HTMLElementEventMap extends SupportEventMap {}
}
