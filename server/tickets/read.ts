import { namePeople } from '../agents/people.ts';
import { notFound } from '../contract/errors.ts';
import type { HistoryEntry, MessageListQuery, MessagePage, Ticket } from '../contract/tickets.ts';
import type { Settings } from '../contract/settings.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { isForeignKeyError } from '../db/constraint-error.ts';
import { isPostgres } from '../db/dialect.ts';
import { toStorageError } from '../db/storage-error.ts';
import type { Trx } from '../db/transact.ts';
import type { Actor, Db, Deps } from '../deps.ts';
import { joinPieces } from '../http/json.ts';
import { findSuppression } from '../mail/suppression.ts';
import { canReadEntry } from '../rules/visibility.ts';
import { readSettings } from '../settings/service.ts';
import { canSee, openTicket } from './access.ts';
import { decodeMessageCursor, encodeMessageCursor, invalidCursor } from './cursor.ts';
import { readEntries } from './history-repository.ts';
import { messageWriter } from './message-json.ts';
import {
  findMessageId,
  findThread,
  readBareMessages,
  readFiles,
  readMails,
  readMessageRows,
  type BareMessage,
  type MessageFile,
  type MessageMail,
  type MessagePart,
} from './message-repository.ts';
import { formatNumber, parseNumber } from './numbers.ts';
import { presentEntry, presentMessage, presentTicket } from './present.ts';
import { readTicketRow } from './repository.ts';
import { markSeen } from './unread.ts';

/** @throws SupportError `not_found` */
export async function readTicket(deps: Deps, actor: Actor, number: string): Promise<Ticket> {
  const id = parseNumber(deps.config.ticketPrefix, number);
  if (id === null) throw notFound();
  return answerTicket(deps.db, deps, actor, id, await readSettings(deps.db));
}

/** The ticket as an answer to `actor`; inside a transaction, as that leaves it. */
export async function answerTicket(
  db: Db | Trx,
  deps: Deps,
  actor: Actor,
  id: number,
  settings: Settings,
): Promise<Ticket> {
  const row = await readTicketRow(db, id, actor.userId);
  if (!row || !canSee(actor, row)) throw notFound();
  const { reopenWindowDays } = settings;
  const suppression = isAgentRole(actor.role) ? await findSuppression(db, row.requester_email) : undefined;
  return presentTicket(row, actor, { prefix: deps.config.ticketPrefix, reopenWindowDays, suppression });
}

/**
 * A part of the conversation, oldest first; the actor has read it from then on.
 *
 * @throws SupportError `not_found`, `invalid_request` (cursor)
 */
export async function listMessages(
  deps: Deps,
  actor: Actor,
  number: string,
  asked: MessageListQuery,
): Promise<MessagePage> {
  const { page, files, mails, nextCursor } = await readPart(deps, actor, number, asked, readMessageRows);
  return { messages: page.map((row) => presentMessage(row, actor, files, mails)), nextCursor };
}

/** The same as JSON, in pieces to be sent one after the other. On SQLite nothing but texts is made on the way. */
export async function listMessagesAsJson(
  deps: Deps,
  actor: Actor,
  number: string,
  asked: MessageListQuery,
): Promise<string[]> {
  if (isPostgres(deps.db)) return [JSON.stringify(await listMessages(deps, actor, number, asked))];
  const { page, files, mails, nextCursor } = await readPart(deps, actor, number, asked, readBareMessages);
  const authors = await namePeople(
    deps,
    page.map(({ author_id }) => author_id),
  );
  const write = messageWriter(actor, authors, files, mails);
  return ['{"messages":[', ...joinPieces(page.map(write)), `],"nextCursor":${JSON.stringify(nextCursor)}}`];
}

interface Part<T> {
  page: readonly T[];
  files: readonly MessageFile[];
  mails: readonly MessageMail[];
  nextCursor: string | null;
}

async function readPart<T extends BareMessage>(
  deps: Deps,
  actor: Actor,
  number: string,
  { limit, cursor }: MessageListQuery,
  read: (db: Db, ticketId: number, part: MessagePart) => Promise<T[]>,
): Promise<Part<T>> {
  const { db } = deps;
  const from = cursor === undefined ? undefined : decodeMessageCursor(cursor);
  const id = parseNumber(deps.config.ticketPrefix, number);
  const thread = id === null ? undefined : await findThread(db, id, actor.userId);
  if (id === null || !thread || !canSee(actor, thread)) throw notFound();
  const notes = isAgentRole(actor.role);
  const after = from === undefined ? 0 : await findMessageId(db, id, from, { notes });
  if (after === undefined) throw invalidCursor();
  // One more tells whether there is more.
  const rows = await read(db, id, { notes, after, limit: limit + 1 });
  const hasMore = rows.length > limit;
  const page = hasMore ? rows.slice(0, limit) : rows;
  const [first, last] = [page.at(0), page.at(-1)];
  if (!first || !last) return { page, files: [], mails: [], nextCursor: null };
  const span = [first.id, last.id] as const;
  const files = thread.has_files ? await readFiles(db, id, span) : [];
  const mails = thread.has_mails && notes ? await readMails(db, id, span) : [];
  if ((thread.read_up_to ?? 0) < last.id) await rememberRead(deps, actor, last);
  return { page, files, mails, nextCursor: hasMore ? encodeMessageCursor(last.uid) : null };
}

/** Everything that happened to the ticket, as far as the actor may know, oldest first. */
export async function listHistory(deps: Deps, actor: Actor, number: string): Promise<HistoryEntry[]> {
  const ticket = await openTicket(deps.db, deps, actor, number);
  const entries = await readEntries(deps.db, ticket.id);
  return entries
    .filter(({ type, internal }) => canReadEntry(actor.role, { type, internal: internal === 1 }))
    .map(presentEntry);
}

async function rememberRead(deps: Deps, actor: Actor, last: BareMessage): Promise<void> {
  try {
    const { userId } = actor;
    const isNew = await markSeen(deps.db, { userId, ticketId: last.ticket_id, messageId: last.id });
    if (!isNew) return;
    // On their other devices, too, it is no longer unread.
    const number = formatNumber(deps.config.ticketPrefix, last.ticket_id);
    deps.live.whisper({ event: 'read', to: [userId], data: { number } });
  } catch (error) {
    // Reading goes on when nothing can be written, and when the ticket was deleted in between.
    if (!isForeignKeyError(error) && !toStorageError(error)) throw error;
  }
}
