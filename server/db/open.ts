import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { closeSync, existsSync, mkdirSync, openSync, readFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import type { Db } from '../deps.ts';
import { createAside, putAside } from './aside.ts';
import { openDirectly } from './direct.ts';
import { createDurable, keepDurable } from './durable.ts';
import { MIGRATIONS, SCHEMA_VERSION, type Migration } from './migrations/index.ts';
import { StatementCache } from './statement-cache.ts';
import { toStorageError } from './storage-error.ts';
import type { Tables } from './tables.ts';

export { toStorageError } from './storage-error.ts';

/** The driver's own handle: for bulk loading, query plans and backups. The one module that imports the driver is this. */
export type RawDatabase = Sqlite.Database;

export interface OpenDatabase {
  db: Db;
  raw: RawDatabase;
  /** Moves the write-ahead log into the file and empties it. Best effort: a busy reader only delays it. */
  checkpoint(): void;
  /** Waits for the query in flight, checkpoints and closes. A second call does nothing. */
  close(): Promise<void>;
}

/**
 * Opens a SQLite database, creates it from `schema.sql` when it is empty, and migrates an older one.
 *
 * @param path a file, whose folder is made when missing, or `:memory:`
 * @throws Error with one clear sentence when the file is another program's or of a newer version
 */
export function openDatabase(path: string): OpenDatabase {
  const inMemory = path === ':memory:';
  const raw = openFile(path, inMemory);
  try {
    configure(raw, inMemory);
    bringUpToDate(raw, path);
    keepJournalInMemory(raw);
  } catch (error) {
    raw.close();
    throw explain(error, path);
  }
  const aside = inMemory ? null : createAside(path);
  const durable = aside && createDurable(raw, path, aside);
  const connection = new StatementCache(durable?.database ?? raw);
  const db = new Kysely<Tables>({ dialect: new SqliteDialect({ database: connection }) });
  openDirectly(db, connection);
  if (aside) putAside(db, aside);
  if (durable) keepDurable(db, durable);
  const checkpoint = () => {
    if (raw.open && !inMemory) raw.pragma('wal_checkpoint(TRUNCATE)');
  };
  const close = async () => {
    // Goes through Kysely, so that it waits its turn behind a transaction that has begun.
    await db.connection().execute(async () => undefined);
    await durable?.close();
    await aside?.close();
    try {
      raw.pragma('optimize');
      checkpoint();
    } catch (error) {
      // On a full disk everything committed stays in the log, and the next open finds it there.
      if (!toStorageError(error)) throw error;
    } finally {
      await db.destroy();
      raw.close();
    }
  };
  let closing: Promise<void> | undefined;
  return { db, raw, checkpoint, close: () => (closing ??= close()) };
}

function openFile(path: string, inMemory: boolean): RawDatabase {
  try {
    if (!inMemory) makeFile(path);
    return new Sqlite(path, { timeout: 5000 });
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`DATABASE_URL: ${path} can be neither opened nor made (${message}).`, { cause: error });
  }
}

/** For its owner alone; SQLite gives its log the same rights. What is there already keeps its own. */
function makeFile(path: string): void {
  try {
    mkdirSync(dirname(resolve(path)), { recursive: true, mode: 0o700 });
    closeSync(openSync(path, 'a', 0o600));
  } catch (error) {
    // A database that may only be read says so itself.
    if (!existsSync(path)) throw error;
  }
}

function explain(error: unknown, path: string): unknown {
  if (!toStorageError(error)) return error;
  const { message } = error as Error;
  return new Error(`The database ${path} cannot be written: is the disk full or read-only? (${message})`, {
    cause: error,
  });
}

/** Everything but journal_mode holds for one connection only, so it is said at every open. */
function configure(raw: RawDatabase, inMemory: boolean): void {
  if (!inMemory) raw.pragma('journal_mode = WAL');
  // A reopened WAL database would be NORMAL: committed tickets could be lost with the power.
  raw.pragma('synchronous = FULL');
  raw.pragma('foreign_keys = ON');
  raw.pragma('recursive_triggers = ON');
  raw.pragma('secure_delete = ON');
  raw.pragma('trusted_schema = OFF');
  // Little: what is read comes from the pages of the file that are mapped, what is written goes to the log.
  raw.pragma('cache_size = -2000');
  if (!inMemory) raw.pragma('mmap_size = 2147418112');
  raw.pragma('analysis_limit = 400');
}

/**
 * What a statement that fails half-way is undone by: beyond 64 KiB SQLite writes it into a file that it makes for each
 * statement, and a ticket's row with its indexes and counters goes beyond. Not while a migration rewrites whole tables.
 */
function keepJournalInMemory(raw: RawDatabase): void {
  raw.pragma('temp_store = MEMORY');
}

function bringUpToDate(raw: RawDatabase, path: string): void {
  if (versionOf(raw) === SCHEMA_VERSION) return;
  // The lock comes first: of two processes that start together, one does it and the other finds it done.
  raw.exec('BEGIN IMMEDIATE');
  try {
    const version = versionOf(raw);
    if (version > SCHEMA_VERSION) {
      throw new Error(
        `The database ${path} has schema version ${version}, this program knows up to ${SCHEMA_VERSION}: use a newer version of support-center.`,
      );
    }
    if (version === 0) create(raw, path);
    raw.exec('COMMIT');
  } catch (error) {
    if (raw.inTransaction) raw.exec('ROLLBACK');
    throw error;
  }
  migrate(raw, MIGRATIONS);
}

/** Brings the database from its version to that of the last migration, each step in its own transaction. */
export function migrate(raw: RawDatabase, migrations: readonly Migration[]): void {
  for (const migration of migrations) {
    // Only outside of a transaction can foreign keys be put aside.
    if (migration.isRebuild) raw.pragma('foreign_keys = OFF');
    try {
      raw
        .transaction(() => {
          if (versionOf(raw) >= migration.version) return;
          migration.up(raw);
          raw.pragma(`user_version = ${migration.version}`);
        })
        .immediate();
    } finally {
      raw.pragma('foreign_keys = ON');
    }
  }
}

function create(raw: RawDatabase, path: string): void {
  const { n } = raw.prepare<[], { n: number }>('SELECT count(*) AS n FROM sqlite_schema').get()!;
  if (n > 0)
    throw new Error(`The database ${path} belongs to another program: it has tables but no version.`);
  raw.exec(readFileSync(schemaFile(), 'utf8'));
}

/** `schema.sql` stands at the top of the package: two floors up as source, three when compiled. */
function schemaFile(): URL {
  const asSource = new URL('../../schema.sql', import.meta.url);
  return existsSync(asSource) ? asSource : new URL('../../../schema.sql', import.meta.url);
}

function versionOf(raw: RawDatabase): number {
  return Number(raw.pragma('user_version', { simple: true }));
}
