import { isPostgres } from '../db/dialect.ts';
import { query } from '../db/fragment.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** Up to which message who has read which ticket. */
export interface ReadMark {
  /** `users.id` */
  userId: number;
  ticketId: number;
  /** `messages.id` */
  messageId: number;
}

/**
 * Marks a conversation as read up to a message, never back.
 *
 * @returns whether it had not been read so far
 */
export async function markRead(db: Db | Trx, { userId, ticketId, messageId }: ReadMark): Promise<boolean> {
  const written = await query<{ message_id: number }>(db, {
    sql: `INSERT INTO ticket_reads (user_id, ticket_id, message_id) VALUES (?, ?, ?)
      ON CONFLICT (user_id, ticket_id) DO UPDATE SET message_id = excluded.message_id
        WHERE ticket_reads.message_id < excluded.message_id
      RETURNING message_id`,
    parameters: [userId, ticketId, messageId],
  });
  return written.length === 1;
}

/** The same for somebody who only looks: with other writes, where they come at once. */
export async function markSeen(db: Db, mark: ReadMark): Promise<boolean> {
  return isPostgres(db) ? markRead(db, mark) : transact(db, (trx) => markRead(trx, mark));
}

/** A client's own tickets with something new. */
export async function countUnreadOfRequester(db: Db, userId: number): Promise<number> {
  const [row] = await query<{ n: number }>(db, {
    sql: `SELECT count(*) AS n FROM tickets AS t INDEXED BY tickets_requester
      LEFT JOIN ticket_reads AS r ON r.user_id = ? AND r.ticket_id = t.id
      WHERE t.requester_id = ? AND t.last_public_message_id > coalesce(r.message_id, 0)`,
    parameters: [userId, userId],
  });
  return row?.n ?? 0;
}

/** Tickets assigned to an agent and not closed, with something new, notes included. */
export async function countUnreadOfAssignee(db: Db, userId: number): Promise<number> {
  const [row] = await query<{ n: number }>(db, {
    sql: isPostgres(db) ? COUNT_UNREAD : 'SELECT n FROM assignee_unread WHERE assignee_id = ?',
    parameters: isPostgres(db) ? [userId, userId] : [userId],
  });
  return row?.n ?? 0;
}

/** PostgreSQL keeps no count of it: all who write to tickets of one agent would wait for each other. */
const COUNT_UNREAD = `SELECT count(*) AS n FROM tickets AS t
  LEFT JOIN ticket_reads AS r ON r.user_id = ? AND r.ticket_id = t.id
  WHERE t.assignee_id = ? AND t.status <> 'closed' AND t.last_message_id > coalesce(r.message_id, 0)`;
