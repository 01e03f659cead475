import type { Selectable, Updateable } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import { query, type Fragment } from '../db/fragment.ts';
import { inOrder } from '../db/postgres/ticket-page.ts';
import { insertRow, updateRow } from '../db/rows.ts';
import type { TicketRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

export type TicketRecord = Selectable<TicketRow>;

/** A ticket with the people in it, as one reader sees it. */
export type ReadTicket = Omit<TicketRecord, 'subject_search' | 'waiting_since' | 'reminded_at'> & {
  requester_external_id: string;
  requester_name: string;
  requester_email: string;
  assignee_external_id: string | null;
  assignee_name: string | null;
  /** `messages.id` up to which the reader has read; null: never opened. */
  read_up_to: number | null;
};

/** All columns but the one that lists are made of. */
const RECORD = `id, subject, subject_search, status, priority, category, related_app_id, related_app_name,
  requester_id, assignee_id, follow_up_of, created_at, updated_at, first_responded_at, resolved_at, closed_at,
  waiting_since, reminded_at, message_count, note_count, last_message_id, last_public_message_id, version`;

const COLUMNS = `t.id, t.subject, t.status, t.priority, t.category, t.related_app_id, t.related_app_name,
  t.requester_id, t.assignee_id, t.follow_up_of, t.created_at, t.updated_at, t.first_responded_at,
  t.resolved_at, t.closed_at, t.message_count, t.note_count, t.last_message_id, t.last_public_message_id,
  t.version, requester.external_id AS requester_external_id, requester.name AS requester_name,
  requester.email AS requester_email, assignee.external_id AS assignee_external_id,
  assignee.name AS assignee_name, ticket_reads.message_id AS read_up_to`;

const PEOPLE = `CROSS JOIN users AS requester ON requester.id = t.requester_id
  LEFT JOIN users AS assignee ON assignee.id = t.assignee_id
  LEFT JOIN ticket_reads ON ticket_reads.user_id = ? AND ticket_reads.ticket_id = t.id`;

/** @param readerId `users.id` of who reads */
export async function readTicketRow(
  db: Db | Trx,
  id: number,
  readerId: number,
): Promise<ReadTicket | undefined> {
  const [row] = await query<ReadTicket>(db, {
    sql: `SELECT ${COLUMNS} FROM tickets AS t ${PEOPLE} WHERE t.id = ?`,
    parameters: [readerId, id],
  });
  return row;
}

/**
 * @param page yields the column `id` in the wanted order
 * @param readerId `users.id` of who reads
 */
export async function readTicketRows(db: Db | Trx, page: Fragment, readerId: number): Promise<ReadTicket[]> {
  if (isPostgres(db)) {
    const { sql, parameters } = inOrder(page);
    return query<ReadTicket>(db, {
      sql: `SELECT ${COLUMNS} FROM ${sql} ${PEOPLE} ORDER BY page.place`,
      parameters: [...parameters, readerId],
    });
  }
  return query<ReadTicket>(db, {
    // CROSS JOIN keeps the page outermost, and with it its order.
    sql: `SELECT ${COLUMNS} FROM (${page.sql}) AS page CROSS JOIN tickets AS t ON t.id = page.id ${PEOPLE}`,
    parameters: [...page.parameters, readerId],
  });
}

export async function findTicket(db: Db | Trx, id: number): Promise<TicketRecord | undefined> {
  const [row] = await query<TicketRecord>(db, {
    sql: `SELECT ${RECORD} FROM tickets WHERE id = ?`,
    parameters: [id],
  });
  return row;
}

/** The same in a transaction that is going to change it: nobody else does until that has ended. */
export async function lockTicket(trx: Trx, id: number): Promise<TicketRecord | undefined> {
  // Other rows may go on referring to it.
  const locking = isPostgres(trx) ? 'FOR NO KEY UPDATE' : '';
  const [row] = await query<TicketRecord>(trx, {
    sql: `SELECT ${RECORD} FROM tickets WHERE id = ? ${locking}`,
    parameters: [id],
  });
  return row;
}

/** What a ticket begins without. */
const UNTOUCHED = {
  first_responded_at: null,
  resolved_at: null,
  closed_at: null,
  waiting_since: null,
  reminded_at: null,
  note_count: 0,
  version: 1,
} satisfies Partial<TicketRecord>;

/** @param ticket an open one; nobody has worked on it yet */
export async function insertTicket(
  trx: Trx,
  ticket: Omit<TicketRecord, 'id' | 'card' | keyof typeof UNTOUCHED>,
): Promise<TicketRecord> {
  return { ...UNTOUCHED, ...ticket, id: (await insertRow(trx, 'tickets', ticket))! };
}

export async function updateTicket(
  trx: Trx,
  id: number,
  values: Updateable<TicketRow>,
): Promise<TicketRecord> {
  const [record] = await updateRow<'tickets', TicketRecord>(
    trx,
    'tickets',
    id,
    values,
    `RETURNING ${RECORD}`,
  );
  if (!record) throw new Error(`There is no ticket ${id}.`);
  return record;
}

/**
 * Deletes the ticket with everything that hangs on it: messages, rows of attachments, read marks, mails,
 * idempotency keys (all by cascade), its history, and its entries in the search index (by trigger).
 *
 * @returns keys of the attachments' bytes, for the storage
 */
export async function deleteTicketRows(trx: Trx, id: number): Promise<string[]> {
  const files = await trx.selectFrom('attachments').select('uid').where('ticket_id', '=', id).execute();
  await trx.deleteFrom('history').where('ticket_id', '=', id).execute();
  await trx.deleteFrom('tickets').where('id', '=', id).execute();
  return files.map((file) => file.uid);
}
