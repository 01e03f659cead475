import type { Config } from '../config.ts';
import type { Db } from '../deps.ts';
import { openSnapshot } from './maintain.ts';
import { openDatabase } from './open.ts';
import { openPostgres } from './postgres/open.ts';
import { openPostgresSnapshot } from './postgres/snapshot.ts';

/** An open database of either kind, as the program needs it. */
export interface ServerDatabase {
  db: Db;
  /** Resolves once it can be used. @throws Error with one clear sentence */
  ready(): Promise<void>;
  /** Waits for the query in flight and closes. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Opens what `DATABASE_URL` names: a SQLite file at once, PostgreSQL with the first query or with `ready`.
 *
 * @throws Error with one clear sentence when a file cannot be opened
 */
export function openConfigured(database: Config['database']): ServerDatabase {
  if (database.kind === 'postgres') return openPostgres(database);
  const { db, close } = openDatabase(database.path);
  return { db, close, ready: async () => undefined };
}

/**
 * Everything that is read until `close` is of one moment, however long it takes, and keeps no writer waiting.
 *
 * @throws DatabaseUnusable also when it is of an earlier version
 */
export async function openSnapshotOf(
  database: Config['database'],
): Promise<{ db: Db; close(): Promise<void> }> {
  return database.kind === 'postgres' ? openPostgresSnapshot(database) : openSnapshot(database.path);
}
