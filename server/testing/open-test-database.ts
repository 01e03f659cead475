import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { DatabaseConfig } from '../config-database.ts';
import { openDatabase } from '../db/open.ts';
import type { Db } from '../deps.ts';
import { createDatabase, takeDatabase, TEMPLATE_URL } from './postgres/databases.ts';

/** Which database this run of the tests is about. */
export const IS_POSTGRES = process.env[TEMPLATE_URL] !== undefined;

export interface OpenTestDatabase {
  db: Db;
  close(): Promise<void>;
}

/** An empty database: SQLite in memory, or one of PostgreSQL. */
export async function openTestDatabase(): Promise<OpenTestDatabase> {
  return IS_POSTGRES ? takeDatabase() : openDatabase(':memory:');
}

/** An empty database that further connections can be made to: a file of SQLite, or one of PostgreSQL. */
export async function openSharedDatabase(): Promise<OpenTestDatabase & { config: DatabaseConfig }> {
  if (IS_POSTGRES) return takeDatabase();
  const folder = await mkdtemp(join(tmpdir(), 'support-center-db-'));
  const path = join(folder, 'test.db');
  const database = openDatabase(path);
  // Nobody pulls the plug in a test, and hundreds of rows one by one wait for the disk as often.
  database.raw.pragma('synchronous = OFF');
  return {
    db: database.db,
    config: { kind: 'sqlite', path },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** For a server that opens it by itself: a file in `folder` that is not there yet, or an empty database. */
export async function newDatabaseFor(folder: string): Promise<DatabaseConfig> {
  return IS_POSTGRES ? createDatabase() : { kind: 'sqlite', path: join(folder, 'support.db') };
}

/** `DATABASE_URL` for it. */
export function databaseUrl(config: DatabaseConfig): string {
  return config.kind === 'sqlite' ? `sqlite:${config.path}` : config.url;
}
