/** The classes and types, without registering anything: `support-center/element`. */
export { ApiError, type FailureCode } from './api-error.ts';
export { SupportEvent, type SupportEventDetails, type SupportEventName } from './events.ts';
export { registerElements } from './register.ts';
export type { ListFilter, Route, TicketDefaults } from './state.ts';
export { SupportCenter } from './support-center.ts';
export { SupportLink } from './support-link.ts';
export type { Catalog, Phrase, TextKey } from './text/text.ts';
export type { GetToken, TokenReason, TokenRequest } from './token.ts';
export type { Session } from '../server/contract/session.ts';
export type { Counts, Message, RelatedApp, Ticket } from '../server/contract/tickets.ts';
