import { sql } from 'kysely';
import type { Db } from '../../deps.ts';
import { isPostgres } from '../dialect.ts';

/** Among the advisory locks of a database: who adds the counters up. */
const LOCK = sql`hashtextextended(current_schema() || ':counters', 0)`;

/**
 * Adds up what changed since (`count_deltas`): reading the badges costs as much as there are rows left. One process
 * at a time; the others leave it to that one. Called every few seconds by the scheduler; nothing to do on SQLite,
 * whose counters are kept by triggers.
 *
 * @returns how many rows were added up
 */
export async function addUpCounters(db: Db): Promise<number> {
  if (!isPostgres(db)) return 0;
  return await db.transaction().execute(async (trx) => {
    const { rows } = await sql<{ isOurs: boolean }>`
      SELECT pg_try_advisory_xact_lock(${LOCK}) AS "isOurs"`.execute(trx);
    if (!rows[0]?.isOurs) return 0;
    // One statement, so that whoever reads sees a change either here or there.
    const { rows: added } = await sql<{ n: number }>`
      WITH moved AS (
        DELETE FROM count_deltas RETURNING assignee_id, status, priority, category, n
      ), all_tickets AS (
        INSERT INTO ticket_counts_stored AS stored (status, priority, category, n)
        SELECT status, priority, category, sum(n) FROM moved GROUP BY 1, 2, 3
        ON CONFLICT (status, priority, category) DO UPDATE SET n = stored.n + excluded.n
      ), by_assignee AS (
        INSERT INTO assignee_counts_stored AS stored (assignee_id, status, priority, category, n)
        SELECT assignee_id, status, priority, category, sum(n) FROM moved GROUP BY 1, 2, 3, 4
        ON CONFLICT (assignee_id, status, priority, category) DO UPDATE SET n = stored.n + excluded.n
      )
      SELECT count(*) AS n FROM moved`.execute(trx);
    return added[0]?.n ?? 0;
  });
}
