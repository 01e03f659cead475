import { z } from 'zod';
import { SupportError } from '../contract/errors.ts';
import { PRIORITIES, type Sort } from '../contract/vocabulary.ts';
import type { PagePosition } from '../db/ticket-order.ts';

const id = z.int().min(0);
const TicketCursor = z.tuple([z.string(), id, z.int(), z.enum(PRIORITIES)]);
const MessageCursor = z.tuple([z.literal('messages'), z.string().regex(/^[\w-]{16,64}$/)]);

/** A cursor goes on in the order it was made in, wherever its ticket has moved or gone since. */
export function encodeTicketCursor(sort: Sort, { id, updatedAt, priority }: PagePosition): string {
  return encode([sort, id, updatedAt, priority] satisfies z.input<typeof TicketCursor>);
}

/** @throws SupportError `invalid_request`: not a cursor of ours, or of another order */
export function decodeTicketCursor(cursor: string, sort: Sort): PagePosition {
  const [madeFor, id, updatedAt, priority] = decode(TicketCursor, cursor);
  if (madeFor !== sort) throw invalidCursor();
  return { id, updatedAt, priority };
}

/**
 * By the message's public id: the one of its row counts notes and other people's messages, and a cursor is easy
 * to read.
 */
export function encodeMessageCursor(lastUid: string): string {
  return encode(['messages', lastUid] satisfies z.input<typeof MessageCursor>);
}

/** @returns `messages.uid`. @throws SupportError `invalid_request` */
export function decodeMessageCursor(cursor: string): string {
  return decode(MessageCursor, cursor)[1];
}

function encode(value: unknown): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}

function decode<S extends z.ZodType>(schema: S, cursor: string): z.output<S> {
  let value: unknown;
  try {
    value = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
  } catch {
    throw invalidCursor();
  }
  const result = schema.safeParse(value);
  if (!result.success) throw invalidCursor();
  return result.data;
}

/** Also where it names a message that is not in the conversation. */
export function invalidCursor(): SupportError {
  return new SupportError('invalid_request', 'Query: cursor: Is not one that this list has given out.');
}
