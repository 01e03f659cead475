import type { Insertable, Selectable } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import { insertOne, query } from '../db/fragment.ts';
import type { HistoryRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** An entry with who did it. */
export type ReadEntry = Selectable<HistoryRow> & {
  actor_external_id: string | null;
  actor_name: string | null;
};

/** How far apart the `seq` of two public entries are at least. */
const SEQ_STEP = 1024;

/**
 * Clients see `seq`, in the history and as the ids of events. Internal entries take the numbers in between, so
 * that however many there are, public ones go on counting in the same steps: a gap tells of no note.
 *
 * @returns its `seq`, greater than any before, those of deleted entries included
 */
export async function insertEntry(trx: Trx, entry: Insertable<HistoryRow>): Promise<number> {
  if (isPostgres(trx)) return insertAs(trx, entry, `next_history_seq(${entry.internal === 1})`);
  const last = `coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'history'), 0)`;
  const next = entry.internal ? `${last} + 1` : `(${last} + ${SEQ_STEP - 1}) / ${SEQ_STEP} * ${SEQ_STEP} + 1`;
  return insertAs(trx, entry, next);
}

async function insertAs(trx: Trx, entry: Insertable<HistoryRow>, next: string): Promise<number> {
  const sql = `INSERT INTO history (seq, ticket_id, requester_id, actor_id, actor_role, type, from_value, to_value,
      message_id, internal, created_at)
    VALUES (${next}, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`;
  const parameters = [
    entry.ticket_id,
    entry.requester_id,
    entry.actor_id ?? null,
    entry.actor_role ?? null,
    entry.type,
    entry.from_value ?? null,
    entry.to_value ?? null,
    entry.message_id ?? null,
    entry.internal ?? 0,
    entry.created_at,
  ];
  return (await insertOne(trx, { sql, parameters }, 'seq'))!;
}

/** Everything that happened to a ticket, oldest first. */
export async function readEntries(db: Db | Trx, ticketId: number): Promise<ReadEntry[]> {
  return db
    .selectFrom('history')
    .leftJoin('users', 'users.id', 'history.actor_id')
    .selectAll('history')
    .select(['users.external_id as actor_external_id', 'users.name as actor_name'])
    .where('history.ticket_id', '=', ticketId)
    .orderBy('history.seq')
    .execute();
}

/** What a live event is made of. */
export type EventRow = Pick<Selectable<HistoryRow>, 'seq' | 'ticket_id' | 'type' | 'internal'>;

/** The first and the last entry there is; 0 for none. */
export async function readSpan(db: Db | Trx): Promise<{ first: number; last: number }> {
  const [row] = await query<{ first: number; last: number }>(db, {
    // Two statements in one: min and max of one SELECT would walk the table.
    sql: `SELECT coalesce((SELECT min(seq) FROM history), 0) AS first,
      coalesce((SELECT max(seq) FROM history), 0) AS last`,
    parameters: [],
  });
  return row!;
}

/**
 * Whether the past was cut off: the oldest ticket has lost its beginning. A deleted ticket takes its entries along,
 * too, but for the one that says so; nothing is missing then.
 */
export async function isHistoryPruned(db: Db | Trx): Promise<boolean> {
  const [row] = await query<{ pruned: number }>(db, {
    sql: `SELECT CASE WHEN oldest IS NOT NULL AND NOT EXISTS (
        SELECT 1 FROM history WHERE ticket_id = oldest AND type = 'created'
      ) THEN 1 ELSE 0 END AS pruned FROM (SELECT min(id) AS oldest FROM tickets) AS known`,
    parameters: [],
  });
  return row?.pruned === 1;
}

/**
 * Entries behind `since`, oldest first.
 *
 * @param options.requesterId of a client: only what they may know of their own tickets; null: everything
 */
export async function readEntriesAfter(
  db: Db | Trx,
  { since, requesterId, limit }: { since: number; requesterId: number | null; limit: number },
): Promise<EventRow[]> {
  if (requesterId === null) {
    return db
      .selectFrom('history')
      .select(['seq', 'ticket_id', 'type', 'internal'])
      .where('seq', '>', since)
      .orderBy('seq')
      .limit(limit)
      .execute();
  }
  return query<EventRow>(db, {
    sql: `${VISIBLE_TO_REQUESTER} ORDER BY seq LIMIT ?`,
    parameters: [requesterId, since, requesterId, since, limit],
  });
}

/** Every entry behind `since`, oldest first, with whose stream may tell of it. */
export async function readChangesAfter(
  db: Db,
  since: number,
  limit: number,
): Promise<Array<EventRow & { requester_id: number }>> {
  return db
    .selectFrom('history')
    .select(['seq', 'ticket_id', 'requester_id', 'type', 'internal'])
    .where('seq', '>', since)
    .orderBy('seq')
    .limit(limit)
    .execute();
}

/** Tickets changed most recently that a client's position is looked for in. */
const RECENT = 3;

/**
 * Up to where a client can know of the history: the last entry of theirs that they may see. The last one of all
 * would tell them of notes by counting on. It is looked for in what was changed most recently: where a clock was set back, what is found
 * may be an earlier one, and something is told again.
 */
export async function readLastVisible(db: Db | Trx, requesterId: number): Promise<number> {
  const [row] = await query<{ last: number | null }>(db, {
    sql: `SELECT max(seq) AS last FROM (
      SELECT (SELECT seq FROM history WHERE ticket_id = recent.id AND internal = 0 AND type <> 'noted'
        ORDER BY seq DESC LIMIT 1) AS seq
      FROM (SELECT id FROM tickets INDEXED BY tickets_requester_updated WHERE requester_id = ?
        ORDER BY updated_at DESC LIMIT ${RECENT}) AS recent
      UNION ALL
      SELECT max(seq) FROM history INDEXED BY history_deleted WHERE type = 'deleted' AND requester_id = ?) AS visible`,
    parameters: [requesterId, requesterId],
  });
  return row?.last ?? 0;
}

/** By their tickets, few each: no index that every entry would have to be written into. */
const VISIBLE_TO_REQUESTER = `SELECT h.seq, h.ticket_id, h.type, h.internal
  FROM tickets AS t INDEXED BY tickets_requester CROSS JOIN history AS h ON h.ticket_id = t.id
  WHERE t.requester_id = ? AND h.seq > ? AND h.internal = 0 AND h.type <> 'noted'
  UNION ALL
  SELECT seq, ticket_id, type, internal FROM history INDEXED BY history_deleted
  WHERE type = 'deleted' AND requester_id = ? AND seq > ?`;
