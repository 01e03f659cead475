import { sql } from 'kysely';
import type { Db } from '../../deps.ts';

/** Where the words of people are. */
const TABLES = ['tickets', 'messages', 'attachments', 'history', 'outbox', 'inbound_mails'];

/**
 * Gives free what deleted rows held. PostgreSQL leaves their bytes in its files until something else is written over
 * them, and in its log until that is recycled: this brings the former forward, and is no overwriting.
 */
export async function vacuumDeleted(db: Db): Promise<void> {
  await db.connection().execute(async (connection) => {
    // On a large database it takes longer than any statement of a request may.
    await sql`SET statement_timeout = 0`.execute(connection);
    try {
      await sql`VACUUM ${sql.join(TABLES.map((name) => sql.table(name)))}`.execute(connection);
    } finally {
      await sql`SET statement_timeout = DEFAULT`.execute(connection);
    }
  });
}
