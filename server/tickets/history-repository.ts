import type { Insertable, Selectable } from 'kysely';
import type { HistoryRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** An entry with who did it. */
export type ReadEntry = Selectable<HistoryRow> & {
  actor_external_id: string | null;
  actor_name: string | null;
};

/** @returns its `seq` */
export async function insertEntry(trx: Trx, entry: Insertable<HistoryRow>): Promise<number> {
  const { seq } = await trx.insertInto('history').values(entry).returning('seq').executeTakeFirstOrThrow();
  return seq;
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
