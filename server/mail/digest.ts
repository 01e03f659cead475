import type { Selectable } from 'kysely';
import { findUser } from '../agents/repository.ts';
import type { NotificationKind } from '../contract/vocabulary.ts';
import type { OutboxRow } from '../db/tables.ts';
import { isPostgres } from '../db/dialect.ts';
import type { Trx } from '../db/transact.ts';
import type { Deps, MailPayload } from '../deps.ts';
import { readSettings } from '../settings/service.ts';
import { composeMail } from './compose.ts';
import type { ClaimedMail } from './outbox.ts';

type QueuedReply = Pick<Selectable<OutboxRow>, 'id' | 'message_id'>;

/** Mails about a reply wait for a while: for further ones, and for being read in the dashboard. */
const REPLY_KINDS: ReadonlySet<string> = new Set<NotificationKind>(['agentReply', 'clientReply']);

export function isReplyKind(kind: string): boolean {
  return REPLY_KINDS.has(kind);
}

/** The replies that could go out with a mail. */
export interface Companions {
  /** The recipient has read the mail's own reply already. */
  isRead: boolean;
  /** Further ones to the same person about the same ticket, oldest first. */
  unread: QueuedReply[];
  /** Further ones that need no mail any more. */
  read: QueuedReply[];
}

export async function findCompanions(trx: Trx, mail: ClaimedMail): Promise<Companions> {
  const { ticket_id: ticketId, message_id: messageId } = mail;
  if (ticketId === null || messageId === null) return { isRead: false, unread: [], read: [] };
  const upTo = await readUpTo(trx, ticketId, mail.recipient_id);
  if (messageId <= upTo) return { isRead: true, unread: [], read: [] };
  const queued = await trx
    .selectFrom('outbox')
    .select(['id', 'message_id'])
    .where('ticket_id', '=', ticketId)
    .where('kind', '=', mail.kind)
    .where('recipient', '=', mail.recipient)
    .where('state', '=', 'queued')
    .where('prepared_at', 'is', null)
    .where('message_id', 'is not', null)
    .where('id', '<>', mail.id)
    .orderBy('message_id')
    // On PostgreSQL: not those that somebody is just bringing forward.
    .$if(isPostgres(trx), (queued) => queued.forUpdate().skipLocked())
    .execute();
  return {
    isRead: false,
    unread: queued.filter((row) => row.message_id! > upTo),
    read: queued.filter((row) => row.message_id! <= upTo),
  };
}

/** One mail of several replies: the last one speaks, the ones before it stand above it. */
export async function composeDigest(
  trx: Trx,
  deps: Deps,
  mail: ClaimedMail,
  companions: readonly QueuedReply[],
): Promise<MailPayload> {
  const ids = [mail.message_id!, ...companions.map((row) => row.message_id!)];
  const messages = await trx
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author_id')
    .select(['messages.id', 'messages.body', 'users.name as author'])
    .where('messages.id', 'in', ids)
    .where('messages.internal', '=', 0)
    .orderBy('messages.id')
    .execute();
  const files = await trx
    .selectFrom('attachments')
    .select(['message_id', 'name'])
    .where('message_id', 'in', ids)
    .orderBy('id')
    .execute();
  const ticket = await trx
    .selectFrom('tickets')
    .selectAll()
    .where('id', '=', mail.ticket_id)
    .executeTakeFirstOrThrow();
  const requester = await trx
    .selectFrom('users')
    .select(['name', 'email'])
    .where('id', '=', ticket.requester_id)
    .executeTakeFirstOrThrow();
  const quotes = messages.map(({ id, body, author }) => ({
    author,
    body,
    attachmentNames: files.filter((file) => file.message_id === id).map((file) => file.name),
  }));
  const last = quotes.at(-1)!;
  return await composeMail(trx, deps, {
    kind: mail.kind as NotificationKind,
    to: mail.recipient,
    recipientId: mail.recipient_id,
    locale: mail.recipient_id === null ? null : (await findUser(trx, mail.recipient_id)).locale,
    ticket,
    requester,
    actor: { name: last.author },
    message: last,
    earlier: quotes.slice(0, -1),
    settings: await readSettings(trx),
  });
}

/** @returns `messages.id` up to which the recipient has read; 0: nothing, or nobody knows */
async function readUpTo(trx: Trx, ticketId: number, userId: number | null): Promise<number> {
  if (userId === null) return 0;
  const row = await trx
    .selectFrom('ticket_reads')
    .select('message_id')
    .where('user_id', '=', userId)
    .where('ticket_id', '=', ticketId)
    .executeTakeFirst();
  return row?.message_id ?? 0;
}
