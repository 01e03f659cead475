import type { RelatedApp } from '../server/contract/tickets.ts';
import type { SupportEventDetails } from './events.ts';
import type { TicketDefaults } from './state.ts';
import type { TokenOptions } from './token.ts';

/** What the host says. */
export interface StoreOptions {
  apiUrl: string;
  /** What the server is asked to answer in: mails are. */
  locale: string;
  token: TokenOptions;
  /** In place of the built-in system, whatever the server says. */
  supportUrl: string | null;
  /** null: those of the token. */
  relatedApps: RelatedApp[] | null;
  ticketDefaults: TicketDefaults;
}

/** What happened: the public events of the same names. */
export type StoreEvents = {
  [
    K in 'ticket-created' | 'ticket-updated' | 'reply-sent' | 'auth-error' | 'error'
  ]: SupportEventDetails[`support-${K}`];
};
export type Emit = <K extends keyof StoreEvents>(type: K, detail: StoreEvents[K]) => void;
