import type { Insertable, Selectable } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import { query, type Fragment } from '../db/fragment.ts';
import { insertRow } from '../db/rows.ts';
import type { AttachmentRow, MessageRow, OutboxRow, OutboxState } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

export type BareMessage = Selectable<MessageRow>;
/** A message with its author. */
export type ReadMessage = BareMessage & { author_external_id: string; author_name: string };
export type MessageFile = Pick<
  Selectable<AttachmentRow>,
  'uid' | 'name' | 'size' | 'content_type' | 'message_id'
>;
export type MessageMail = Pick<Selectable<OutboxRow>, 'message_id' | 'error'> & {
  /** `received`: the message itself came as a mail. */
  state: OutboxState | 'received';
};

const READABLE = `SELECT messages.*, users.external_id AS author_external_id, users.name AS author_name
  FROM messages INNER JOIN users ON users.id = messages.author_id`;

export interface MessagePart {
  /** Also what only agents may read. */
  notes: boolean;
  /** `messages.id` that the part begins behind. */
  after: number;
  limit: number;
}

/** What has to be known of a ticket before its conversation is read. */
export interface Thread {
  requester_id: number;
  /** `messages.id` up to which the reader has read; null: never opened. */
  read_up_to: number | null;
  /** Whether there is anything for `readFiles` and `readMails` to find: 0 or false where not. */
  has_files: number | boolean;
  has_mails: number | boolean;
}

/** @param readerId `users.id` of who reads */
export async function findThread(db: Db, ticketId: number, readerId: number): Promise<Thread | undefined> {
  const [thread] = await query<Thread>(db, {
    sql: `SELECT tickets.requester_id, seen.message_id AS read_up_to,
        EXISTS (SELECT 1 FROM attachments WHERE attachments.ticket_id = tickets.id) AS has_files,
        EXISTS (SELECT 1 FROM outbox WHERE outbox.ticket_id = tickets.id)
          OR EXISTS (SELECT 1 FROM inbound_mails WHERE inbound_mails.ticket_id = tickets.id) AS has_mails
      FROM tickets LEFT JOIN ticket_reads AS seen ON seen.user_id = ? AND seen.ticket_id = tickets.id
      WHERE tickets.id = ?`,
    parameters: [readerId, ticketId],
  });
  return thread;
}

/** A part of a conversation, oldest first. */
export async function readMessageRows(
  db: Db | Trx,
  ticketId: number,
  part: MessagePart,
): Promise<ReadMessage[]> {
  return query<ReadMessage>(db, partOf(READABLE, ticketId, part));
}

/** The same without the authors' names: a conversation is between a few, and to look each up costs as much again. */
export async function readBareMessages(db: Db, ticketId: number, part: MessagePart): Promise<BareMessage[]> {
  return query<BareMessage>(db, partOf('SELECT * FROM messages', ticketId, part));
}

function partOf(readable: string, ticketId: number, { notes, after, limit }: MessagePart): Fragment {
  return {
    sql: `${readable} WHERE messages.ticket_id = ? AND messages.id > ? ${notes ? '' : 'AND messages.internal = 0'}
      ORDER BY messages.id LIMIT ?`,
    parameters: [ticketId, after, limit],
  };
}

/** @returns `messages.id` of the message with this public id, if it is one of the ticket that the reader may see */
export async function findMessageId(
  db: Db | Trx,
  ticketId: number,
  uid: string,
  { notes }: { notes: boolean },
): Promise<number | undefined> {
  const [message] = await query<{ id: number }>(db, {
    // Not looked for behind the one that is found: only the ticket's messages lead there.
    sql: `SELECT id FROM messages WHERE ticket_id = ? AND uid = ? ${notes ? '' : 'AND internal = 0'} LIMIT 1`,
    parameters: [ticketId, uid],
  });
  return message?.id;
}

export async function readMessageRow(db: Db | Trx, id: number): Promise<ReadMessage> {
  const [row] = await query<ReadMessage>(db, { sql: `${READABLE} WHERE messages.id = ?`, parameters: [id] });
  if (!row) throw new Error(`There is no message ${id}.`);
  return row;
}

/** Files of the messages from `first` to `last` of one ticket, in the order they were uploaded. */
export async function readFiles(
  db: Db | Trx,
  ticketId: number,
  [first, last]: readonly [number, number],
): Promise<MessageFile[]> {
  return query<MessageFile>(db, {
    sql: `SELECT uid, name, size, content_type, message_id FROM attachments
      WHERE ticket_id = ? AND message_id >= ? AND message_id <= ? ORDER BY id`,
    parameters: [ticketId, first, last],
  });
}

/** Mails about the messages from `first` to `last` of one ticket, oldest first, and the mails that they came as. */
export async function readMails(
  db: Db | Trx,
  ticketId: number,
  [first, last]: readonly [number, number],
): Promise<MessageMail[]> {
  const parameters = [ticketId, first, last];
  const sent = await query<MessageMail>(db, {
    // One that went out as a part of another stands where that one does.
    sql: `SELECT outbox.message_id, coalesce(whole.state, outbox.state) AS state,
        coalesce(whole.error, outbox.error) AS error
      FROM outbox LEFT JOIN outbox AS whole ON whole.id = outbox.merged_into
      WHERE outbox.ticket_id = ? AND outbox.message_id >= ? AND outbox.message_id <= ? ORDER BY outbox.id`,
    parameters,
  });
  const received = await query<Pick<MessageMail, 'message_id'>>(db, {
    sql: `SELECT message_id FROM inbound_mails WHERE ticket_id = ? AND message_id >= ? AND message_id <= ?`,
    parameters,
  });
  return [...sent, ...received.map((row) => ({ ...row, state: 'received' as const, error: null }))];
}

/** @returns the `messages.id` that nobody else gets: for one that something else is to name first */
export async function takeMessageId(trx: Trx): Promise<number> {
  const [taken] = await query<{ id: number }>(trx, {
    // Only who is writing asks, and SQLite has one of them.
    sql: isPostgres(trx)
      ? `SELECT nextval(pg_get_serial_sequence('messages', 'id')) AS id`
      : `SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'messages'), 0) + 1 AS id`,
    parameters: [],
  });
  return taken!.id;
}

/** @returns `messages.id` */
export async function insertMessage(trx: Trx, message: Insertable<MessageRow>): Promise<number> {
  return (await insertRow(trx, 'messages', message))!;
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
