import { z } from 'zod';
import { LIMITS } from './limits.ts';
import {
  CATEGORIES,
  DELIVERY_STATES,
  HISTORY_TYPES,
  PRIORITIES,
  ROLES,
  SORTS,
  STATUSES,
} from './vocabulary.ts';

/**
 * One schema per input and output: they validate requests, describe the API in
 * `/openapi.json`, and give the element its types.
 */

/** Of characters, as JSON Schema and the databases count them: an emoji is one of them. */
const isAtMost = (value: string, max: number) =>
  value.length <= max || (value.length <= 2 * max && [...value].length <= max);

/** A lone surrogate cannot be stored as UTF-8; a NUL ends strings in too many tools. */
const text = (max: number) =>
  z
    .string()
    .refine((value) => value.isWellFormed(), 'Must be well-formed Unicode.')
    .refine((value) => !value.includes('\u0000'), 'Must not contain NUL.')
    .refine((value) => isAtMost(value, max), `Must be at most ${max.toLocaleString('en')} characters.`);

const subject = text(100_000)
  .transform((value) => value.replace(/\s+/gu, ' ').trim())
  .refine((value) => value.length > 0, 'Must not be empty.')
  .refine(
    (value) => isAtMost(value, LIMITS.subjectMaxLength),
    `Must be at most ${LIMITS.subjectMaxLength} characters.`,
  )
  .meta({ minLength: 1, maxLength: LIMITS.subjectMaxLength });

const body = text(LIMITS.bodyMaxLength)
  .refine((value) => value.trim().length > 0, 'Must not be empty.')
  .meta({ minLength: 1, maxLength: LIMITS.bodyMaxLength });

const attachmentIds = z
  .array(z.string().max(64))
  .max(LIMITS.filesPerMessage, `At most ${LIMITS.filesPerMessage} files a message.`)
  .refine((ids) => new Set(ids).size === ids.length, 'Names a file twice.');

export const Status = z.enum(STATUSES);
export const Priority = z.enum(PRIORITIES);
export const Category = z.enum(CATEGORIES);

export const RelatedApp = z.strictObject({
  id: text(100).refine((value) => value.trim().length > 0, 'Must not be empty.'),
  name: text(200).refine((value) => value.trim().length > 0, 'Must not be empty.'),
});
export type RelatedApp = z.infer<typeof RelatedApp>;

export const NewTicket = z
  .strictObject({
    subject,
    category: Category,
    priority: Priority,
    description: body,
    attachmentIds: attachmentIds.optional(),
    relatedApp: RelatedApp.nullish(),
    followUpOf: z.string().max(40).nullish(),
  })
  .meta({ id: 'NewTicket' });
export type NewTicket = z.infer<typeof NewTicket>;

export const TicketPatch = z
  .strictObject({
    status: Status.optional(),
    priority: Priority.optional(),
    category: Category.optional(),
    /** `null`: nobody. */
    assigneeId: z.string().min(1).max(200).nullable().optional(),
  })
  .refine((patch) => Object.keys(patch).length > 0, 'Names nothing to change.')
  .meta({ id: 'TicketPatch' });
export type TicketPatch = z.infer<typeof TicketPatch>;

export const NewMessage = z
  .strictObject({
    body,
    internal: z.boolean().optional(),
    attachmentIds: attachmentIds.optional(),
    status: Status.optional(),
  })
  .meta({ id: 'NewMessage' });
export type NewMessage = z.infer<typeof NewMessage>;

/** A message is a reply to the requester. */
export const Close = z.strictObject({ message: body.optional() }).meta({ id: 'Close' });
export type Close = z.infer<typeof Close>;

export const Reopen = z.strictObject({ message: body.optional() }).meta({ id: 'Reopen' });
export type Reopen = z.infer<typeof Reopen>;

/** `status`, `priority` and `category` may repeat; `include` saves the element round trips. */
export const TicketFilter = z.strictObject({
  status: z.array(Status).optional(),
  priority: z.array(Priority).optional(),
  category: z.array(Category).optional(),
  /** A user's id, `me` or `none`. */
  assignee: z.string().min(1).max(200).optional(),
  q: z.string().max(LIMITS.searchMaxLength).optional(),
});
export type TicketFilter = z.infer<typeof TicketFilter>;

export const TicketListQuery = TicketFilter.extend({
  sort: z.enum(SORTS).default('newest'),
  limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageDefault),
  cursor: z.string().max(500).optional(),
  /** Adds `counts`, `session`, `unreadCount`, `position` to the answer, so that the first view is one round trip. */
  include: z.array(z.enum(['counts', 'session', 'unread', 'position'])).optional(),
});
export type TicketListQuery = z.infer<typeof TicketListQuery>;

export const Person = z.strictObject({ id: z.string(), name: z.string(), email: z.string() });
export type Person = z.infer<typeof Person>;

const instant = z.string().meta({ format: 'date-time' });

export const Ticket = z
  .strictObject({
    number: z.string(),
    subject: z.string(),
    status: Status,
    priority: Priority,
    category: Category,
    relatedApp: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    requester: Person,
    assignee: z.strictObject({ id: z.string(), name: z.string() }).nullable(),
    followUpOf: z.string().nullable(),
    createdAt: instant,
    updatedAt: instant,
    firstRespondedAt: instant.nullable(),
    resolvedAt: instant.nullable(),
    closedAt: instant.nullable(),
    /** Until when a reply of the requester reopens it; null unless closed. */
    reopenableUntil: instant.nullable(),
    /** Of the messages that the actor may read. */
    messageCount: z.int(),
    /** Somebody else wrote since the actor last read the conversation. */
    unread: z.boolean(),
    version: z.int(),
    /** Agents only, for a single ticket: why its requester gets no mail any more. */
    requesterMail: z
      .strictObject({
        state: z.enum(['bounced', 'complained']),
        reason: z.string().nullable(),
        since: instant,
      })
      .optional(),
  })
  .meta({ id: 'Ticket' });
export type Ticket = z.infer<typeof Ticket>;

export const Counts = z.strictObject({
  open: z.int(),
  in_progress: z.int(),
  waiting_user: z.int(),
  resolved: z.int(),
  closed: z.int(),
});
export type Counts = z.infer<typeof Counts>;

export const Attachment = z
  .strictObject({ id: z.string(), name: z.string(), size: z.int(), contentType: z.string() })
  .meta({ id: 'Attachment' });
export type Attachment = z.infer<typeof Attachment>;

export const Message = z
  .strictObject({
    id: z.string(),
    author: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(ROLES) }),
    body: z.string(),
    internal: z.boolean(),
    attachments: z.array(Attachment),
    createdAt: instant,
    /** Agents only: where the mail of this message stands; null when none was due. */
    delivery: z.enum(DELIVERY_STATES).nullable().optional(),
    /** Agents only: why it failed or bounced. */
    deliveryReason: z.string().optional(),
    /** Agents only: it came as a mail, whose original can be read. */
    byMail: z.literal(true).optional(),
  })
  .meta({ id: 'Message' });
export type Message = z.infer<typeof Message>;

export const HistoryEntry = z
  .strictObject({
    /** Monotonic over all tickets: the id of the live event of the same change. */
    seq: z.int(),
    type: z.enum(HISTORY_TYPES),
    /** null: the support center itself, such as auto-close. */
    actor: z.strictObject({ id: z.string(), name: z.string(), role: z.enum(ROLES) }).nullable(),
    /** Wire values; for `assignee` the person's name. */
    from: z.string().nullable(),
    to: z.string().nullable(),
    createdAt: instant,
  })
  .meta({ id: 'HistoryEntry' });
export type HistoryEntry = z.infer<typeof HistoryEntry>;

export const MessagePage = z.strictObject({ messages: z.array(Message), nextCursor: z.string().nullable() });
export type MessagePage = z.infer<typeof MessagePage>;

/** A thread is read whole in most cases: its pages are as long as pages get. */
export const MessageListQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(LIMITS.pageMax).default(LIMITS.pageMax),
  cursor: z.string().max(500).optional(),
});
export type MessageListQuery = z.infer<typeof MessageListQuery>;

export const HistoryAnswer = z.strictObject({ entries: z.array(HistoryEntry) });
export type HistoryAnswer = z.infer<typeof HistoryAnswer>;
