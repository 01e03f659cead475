import type { Db } from '../../deps.ts';
import { requireVersion } from './migrations.ts';
import { openPostgres } from './open.ts';
import type { PostgresOptions } from './pool.ts';

/**
 * Everything that is read until `close` is of one moment, however long it takes, and keeps no writer waiting.
 *
 * @throws DatabaseUnusable also when it is of an earlier version
 */
export async function openPostgresSnapshot(
  options: PostgresOptions,
): Promise<{ db: Db; close(): Promise<void> }> {
  const database = openPostgres({ ...options, connections: 1 }, async (client) => {
    await requireVersion(client, { exact: true });
    // Whoever takes what is read may be slow.
    await client.query('SET idle_in_transaction_session_timeout = 0');
  });
  try {
    const db = await database.db
      .startTransaction()
      .setIsolationLevel('repeatable read')
      .setAccessMode('read only')
      .execute();
    return {
      db,
      async close() {
        await db.rollback().execute();
        await database.close();
      },
    };
  } catch (error) {
    await database.close();
    throw error;
  }
}
