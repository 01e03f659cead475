import { existsSync, readFileSync } from 'node:fs';
import type { ClientBase } from 'pg';
import { DatabaseUnusable } from '../unusable.ts';
import { isServerError } from './errors.ts';

export interface PostgresMigration {
  /** What `schema_version` says afterwards: higher than that of the one before. */
  version: number;
  /** Runs inside a transaction that is rolled back when this throws. */
  up(client: ClientBase): Promise<void>;
}

/** From version 1 on, which is what `schema.sql` was at first. One that has been released never changes. */
export const POSTGRES_MIGRATIONS: readonly PostgresMigration[] = [];

/** The version of `schema.sql` beside this file. */
export const POSTGRES_SCHEMA_VERSION = POSTGRES_MIGRATIONS.at(-1)?.version ?? 1;

/** Below zero: what `support-center migrate` sets until it has copied and compared everything. */
const HALF_COPIED =
  'a migration into the database is not finished: give the command support-center migrate again.';

/** Among the advisory locks of a database: who creates or migrates. */
const LOCK = "hashtextextended('support-center migration in ' || current_schema(), 0)";

/**
 * Creates what an empty schema lacks and migrates an older one. Of several processes that start together, one does
 * it and the others find it done.
 *
 * @throws Error with one clear sentence
 */
export async function bringUpToDate(
  client: ClientBase,
  migrations: readonly PostgresMigration[] = POSTGRES_MIGRATIONS,
): Promise<void> {
  const newest = migrations.at(-1)?.version ?? 1;
  if ((await versionOf(client)) === newest) return;
  await inTransaction(client, async () => {
    await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
    const version = await versionOf(client);
    if (version > newest) {
      throw new Error(
        `the database has schema version ${version}, this program knows up to ${newest}: use a newer version of support-center.`,
      );
    }
    if (version < 0) throw new Error(HALF_COPIED);
    if (version === 0) await create(client);
  });
  for (const migration of migrations) {
    await inTransaction(client, async () => {
      await client.query(`SELECT pg_advisory_xact_lock(${LOCK})`);
      if ((await versionOf(client)) >= migration.version) return;
      await migration.up(client);
      await client.query('UPDATE schema_version SET version = $1', [migration.version]);
    });
  }
}

/**
 * For those who only look at a database.
 *
 * @param exact also refuses one of an earlier version
 * @throws DatabaseUnusable
 */
export async function requireVersion(client: ClientBase, { exact }: { exact: boolean }): Promise<void> {
  const version = await versionOf(client);
  if (version === 0) throw new DatabaseUnusable('the database is none of support-center.');
  if (version < 0) throw new DatabaseUnusable(HALF_COPIED);
  if (version > POSTGRES_SCHEMA_VERSION || (exact && version < POSTGRES_SCHEMA_VERSION)) {
    const then =
      version > POSTGRES_SCHEMA_VERSION
        ? 'use a newer version of support-center.'
        : 'start its server once, which brings it up to date.';
    throw new DatabaseUnusable(
      `the database is of version ${version}, this program of ${POSTGRES_SCHEMA_VERSION}: ${then}`,
    );
  }
}

/** @returns 0 where there is nothing of ours */
export async function versionOf(client: ClientBase): Promise<number> {
  const { rows } = await client.query<{ there: boolean }>(
    `SELECT EXISTS (SELECT 1 FROM pg_tables
      WHERE schemaname = current_schema() AND tablename = 'schema_version') AS there`,
  );
  if (!rows[0]?.there) return 0;
  const { rows: versions } = await client.query<{ version: number }>('SELECT version FROM schema_version');
  return versions[0]?.version ?? 0;
}

async function create(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = current_schema()
      AND tablename IN ('users', 'tickets', 'messages', 'settings', 'keys', 'history') LIMIT 1`,
  );
  if (rows[0]) {
    throw new Error(
      `the database belongs to another program: it has a table "${rows[0].tablename}" but no version. Give support-center a database or a schema of its own.`,
    );
  }
  try {
    await client.query('CREATE EXTENSION IF NOT EXISTS pg_trgm');
  } catch (error) {
    throw explainExtension(error);
  }
  await client.query(readFileSync(schemaFile(), 'utf8'));
}

function explainExtension(error: unknown): unknown {
  if (!isServerError(error)) return error;
  if (error.code === '42501') {
    return new Error(
      'the extension pg_trgm is missing, and this user may not create it: let an administrator run CREATE EXTENSION pg_trgm in the database, or GRANT CREATE ON DATABASE to the user.',
      { cause: error },
    );
  }
  return new Error(
    `the extension pg_trgm cannot be created (${error.message}): install PostgreSQL's contrib package.`,
    { cause: error },
  );
}

async function inTransaction(client: ClientBase, work: () => Promise<void>): Promise<void> {
  await client.query('BEGIN');
  try {
    await work();
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined);
    throw error;
  }
}

/** The compiled server stands in `dist/`, which holds no SQL: there the package has it as source. */
function schemaFile(): URL {
  const beside = new URL('schema.sql', import.meta.url);
  return existsSync(beside) ? beside : new URL('../../../../server/db/postgres/schema.sql', import.meta.url);
}
