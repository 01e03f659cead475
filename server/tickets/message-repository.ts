import type { Insertable, Selectable } from 'kysely';
import type { AttachmentRow, MessageRow, OutboxRow, OutboxState } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** A message with its author. */
export type ReadMessage = Selectable<MessageRow> & { author_external_id: string; author_name: string };
export type MessageFile = Pick<
  Selectable<AttachmentRow>,
  'uid' | 'name' | 'size' | 'content_type' | 'message_id'
>;
export type MessageMail = Pick<Selectable<OutboxRow>, 'message_id' | 'error'> & {
  /** `received`: the message itself came as a mail. */
  state: OutboxState | 'received';
};

/**
 * A part of a conversation, oldest first.
 *
 * @param options.after `messages.id` that the part begins behind
 */
export async function readMessageRows(
  db: Db | Trx,
  ticketId: number,
  options: { notes: boolean; after: number; limit: number },
): Promise<ReadMessage[]> {
  let select = readable(db)
    .where('messages.ticket_id', '=', ticketId)
    .where('messages.id', '>', options.after);
  if (!options.notes) select = select.where('messages.internal', '=', 0);
  return select.orderBy('messages.id').limit(options.limit).execute();
}

/** @returns `messages.id` of the message with this public id, if it is one of the ticket that the reader may see */
export async function findMessageId(
  db: Db | Trx,
  ticketId: number,
  uid: string,
  { notes }: { notes: boolean },
): Promise<number | undefined> {
  let select = db
    .selectFrom('messages')
    .select('id')
    .where('ticket_id', '=', ticketId)
    .where('uid', '=', uid);
  if (!notes) select = select.where('internal', '=', 0);
  return (await select.executeTakeFirst())?.id;
}

export async function readMessageRow(db: Db | Trx, id: number): Promise<ReadMessage> {
  return readable(db).where('messages.id', '=', id).executeTakeFirstOrThrow();
}

/** Files of the messages from `first` to `last` of one ticket, in the order they were uploaded. */
export async function readFiles(
  db: Db | Trx,
  ticketId: number,
  [first, last]: readonly [number, number],
): Promise<MessageFile[]> {
  return db
    .selectFrom('attachments')
    .select(['uid', 'name', 'size', 'content_type', 'message_id'])
    .where('ticket_id', '=', ticketId)
    .where('message_id', '>=', first)
    .where('message_id', '<=', last)
    .orderBy('id')
    .execute();
}

/** Mails about the messages from `first` to `last` of one ticket, oldest first, and the mails that they came as. */
export async function readMails(
  db: Db | Trx,
  ticketId: number,
  [first, last]: readonly [number, number],
): Promise<MessageMail[]> {
  const sent = await db
    .selectFrom('outbox')
    .leftJoin('outbox as whole', 'whole.id', 'outbox.merged_into')
    .select((eb) => [
      'outbox.message_id',
      // One that went out as a part of another stands where that one does.
      eb.fn.coalesce('whole.state', 'outbox.state').as('state'),
      eb.fn.coalesce('whole.error', 'outbox.error').as('error'),
    ])
    .where('outbox.ticket_id', '=', ticketId)
    .where('outbox.message_id', '>=', first)
    .where('outbox.message_id', '<=', last)
    .orderBy('outbox.id')
    .execute();
  const received = await db
    .selectFrom('inbound_mails')
    .select('message_id')
    .where('ticket_id', '=', ticketId)
    .where('message_id', '>=', first)
    .where('message_id', '<=', last)
    .execute();
  return [...sent, ...received.map((row) => ({ ...row, state: 'received' as const, error: null }))];
}

/** @returns `messages.id` */
export async function insertMessage(trx: Trx, message: Insertable<MessageRow>): Promise<number> {
  const { id } = await trx.insertInto('messages').values(message).returning('id').executeTakeFirstOrThrow();
  return id;
}

/**
 * Hangs an uploaded file on a message.
 *
 * @returns false: there is no such file, it is somebody else's, or it hangs on a message already
 */
export async function linkFile(
  trx: Trx,
  uid: string,
  to: { uploaderId: number; ticketId: number; messageId: number },
): Promise<boolean> {
  const { numUpdatedRows } = await trx
    .updateTable('attachments')
    .set({ ticket_id: to.ticketId, message_id: to.messageId })
    .where('uid', '=', uid)
    .where('uploader_id', '=', to.uploaderId)
    .where('message_id', 'is', null)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

function readable(db: Db | Trx) {
  return db
    .selectFrom('messages')
    .innerJoin('users', 'users.id', 'messages.author_id')
    .selectAll('messages')
    .select(['users.external_id as author_external_id', 'users.name as author_name']);
}
