import { sql } from 'kysely';
import { isPostgres } from './dialect.ts';
import type { Trx } from './transact.ts';

/**
 * Lets one transaction at a time do what `name` stands for, until it ends. SQLite has one writer at a time anyway.
 * Where several are taken, then in the same order everywhere, and after the row of the ticket.
 *
 * @param name what it is about, and whose, such as `uploads:17`
 */
export async function lock(trx: Trx, name: string): Promise<void> {
  if (!isPostgres(trx)) return;
  await sql`SELECT pg_advisory_xact_lock(hashtextextended(current_schema() || ':' || ${name}, 0))`.execute(
    trx,
  );
}
