import { sql } from 'kysely';
import type { Db } from '../deps.ts';
import { whileAlone } from './aside.ts';
import { isPostgres } from './dialect.ts';
import { vacuumDeleted } from './postgres/erase.ts';

/** Databases that still hold what has been deleted: in the log, because somebody read it at that moment. */
const unfinished = new WeakSet<Db>();

/**
 * Moves the write-ahead log into the database and empties it: deleted text would stay readable in it for as
 * long as nobody overwrites it. A backup or an export that is reading keeps it from that; `finishErasing` tries
 * again. On PostgreSQL it is noted for `finishErasing`, which vacuums.
 *
 * @returns whether nothing is left
 */
export async function eraseLog(db: Db): Promise<boolean> {
  unfinished.add(db);
  if (isPostgres(db)) return false;
  // What this process itself reads or moves meanwhile would keep it from that, too.
  const isDone = await whileAlone(db, () => db.connection().execute(emptyLog));
  if (isDone) unfinished.delete(db);
  return isDone;
}

async function emptyLog(connection: Db): Promise<boolean> {
  const [before] = (await sql<{ timeout: number }>`PRAGMA busy_timeout`.execute(connection)).rows;
  // Waiting for the reader would keep the whole process waiting.
  await sql`PRAGMA busy_timeout = 0`.execute(connection);
  try {
    const { rows } = await sql<{ busy: number }>`PRAGMA wal_checkpoint(TRUNCATE)`.execute(connection);
    return rows.every(({ busy }) => busy === 0);
  } finally {
    await sql`PRAGMA busy_timeout = ${sql.lit(before?.timeout ?? 5000)}`.execute(connection);
  }
}

/** Does what an earlier `eraseLog` could not. Called by the scheduler. */
export async function finishErasing(db: Db): Promise<void> {
  if (!unfinished.has(db)) return;
  if (!isPostgres(db)) return void (await eraseLog(db));
  // What is deleted meanwhile is for the next time.
  unfinished.delete(db);
  await vacuumDeleted(db);
}
