import { sql } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import type { Db } from '../deps.ts';

/** Nothing can be written until `lift`: as on a disk that has become read-only, or is full. */
export async function forbidWrites(db: Db): Promise<{ lift(): Promise<void> }> {
  if (isPostgres(db)) {
    await setReadOnly(db, true);
    return { lift: () => setReadOnly(db, false) };
  }
  await sql`PRAGMA query_only = ON`.execute(db);
  return { lift: async () => void (await sql`PRAGMA query_only = OFF`.execute(db)) };
}

async function setReadOnly(db: Db, isReadOnly: boolean): Promise<void> {
  await db.connection().execute(async (own) => {
    await sql`SET default_transaction_read_only = off`.execute(own);
    const { rows } = await sql<{ name: string }>`SELECT current_database() AS name`.execute(own);
    const value = sql.lit(isReadOnly ? 'on' : 'off');
    await sql`ALTER DATABASE ${sql.id(rows[0]!.name)} SET default_transaction_read_only = ${value}`.execute(
      own,
    );
    await sql`SET default_transaction_read_only = ${value}`.execute(own);
    // Connections that are open have it as it was.
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(own);
  });
}
