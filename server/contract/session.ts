import { z } from 'zod';
import { Counts, Person, RelatedApp, Ticket } from './tickets.ts';
import { ROLES } from './vocabulary.ts';

/** The public switch: whether support is on, and the external helpdesk if one is set. */
export const Center = z
  .strictObject({ enabled: z.boolean(), supportUrl: z.string().nullable() })
  .meta({ id: 'Center' });
export type Center = z.infer<typeof Center>;

/** What the actor's role allows; the element shows controls by it, the server checks for itself. */
export const Permissions = z.strictObject({
  viewAllTickets: z.boolean(),
  manageTickets: z.boolean(),
  writeNotes: z.boolean(),
  deleteTickets: z.boolean(),
  manageSettings: z.boolean(),
});
export type Permissions = z.infer<typeof Permissions>;

export const Session = z
  .strictObject({
    actor: Person.extend({ role: z.enum(ROLES) }),
    permissions: Permissions,
    center: Center,
    limits: z.strictObject({
      subjectMaxLength: z.int(),
      bodyMaxLength: z.int(),
      fileMaxBytes: z.int(),
      filesPerMessage: z.int(),
      storageMaxBytes: z.int(),
    }),
    relatedApps: z.array(RelatedApp),
  })
  .meta({ id: 'Session' });
export type Session = z.infer<typeof Session>;

export const TicketPage = z
  .strictObject({
    tickets: z.array(Ticket),
    nextCursor: z.string().nullable(),
    /** With `include=counts`; not where a search has so many hits that counting them takes long. */
    counts: Counts.optional(),
    /** With `include=unread`: tickets with something new for the actor (agents: of those assigned to them). */
    unreadCount: z.int().optional(),
    /** With `include=session`. */
    session: Session.optional(),
    /** With `include=position`: a stream of events with this as its `Last-Event-ID` tells whatever is newer. */
    position: z.int().optional(),
  })
  .meta({ id: 'TicketPage' });
export type TicketPage = z.infer<typeof TicketPage>;

export const CountsAnswer = z.strictObject({ counts: Counts });
export type CountsAnswer = z.infer<typeof CountsAnswer>;

export const AgentsAnswer = z.strictObject({ agents: z.array(Person) });
export type AgentsAnswer = z.infer<typeof AgentsAnswer>;
