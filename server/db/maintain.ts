import Sqlite from 'better-sqlite3';
import { Kysely, SqliteDialect } from 'kysely';
import { existsSync, statSync } from 'node:fs';
import type { Db } from '../deps.ts';
import { SCHEMA_VERSION } from './migrations/index.ts';
import type { RawDatabase } from './open.ts';
import { StatementCache } from './statement-cache.ts';
import type { Tables } from './tables.ts';
import { DatabaseUnusable } from './unusable.ts';

/**
 * Opens an existing database beside a running server, or without one: creates and migrates nothing, and
 * reads one of an earlier version as it is.
 *
 * @throws DatabaseUnusable when there is none, or when it is another program's or of a newer version
 */
export function openExisting(path: string): RawDatabase {
  if (!existsSync(path) || !statSync(path).isFile()) {
    throw new DatabaseUnusable(`There is no database at ${path}.`);
  }
  const raw = new Sqlite(path, { fileMustExist: true, timeout: 10_000 });
  try {
    raw.pragma('trusted_schema = OFF');
    const version = schemaVersion(raw);
    if (version < 1) throw new DatabaseUnusable(`${path} is no database of support-center.`);
    if (version > SCHEMA_VERSION) {
      throw new DatabaseUnusable(
        `${path} has schema version ${version}, this program knows up to ${SCHEMA_VERSION}: use a newer version of support-center.`,
      );
    }
    return raw;
  } catch (error) {
    raw.close();
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'SQLITE_NOTADB') throw new DatabaseUnusable(`${path} is no SQLite database, or encrypted.`);
    throw error;
  }
}

/** For queries that both databases understand. The handle is closed with `raw` alone. */
export function queriesOn(raw: RawDatabase): Db {
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database: new StatementCache(raw) }) });
}

export function schemaVersion(raw: RawDatabase): number {
  return Number(raw.pragma('user_version', { simple: true }));
}

/**
 * Writes the database as it is at this moment to a new file. Writers go on meanwhile, and nothing deleted
 * is in the copy: it is built anew from what is there.
 */
export function copyInto(raw: RawDatabase, path: string): void {
  raw.prepare('VACUUM INTO ?').run(path);
}

/** @returns what SQLite finds wrong, nothing when all is well */
export function findDamage(raw: RawDatabase, thorough: boolean): string[] {
  const check = raw.pragma(thorough ? 'integrity_check(20)' : 'quick_check(20)') as Array<
    Record<string, string>
  >;
  const damage = check.flatMap((row) => Object.values(row)).filter((line) => line !== 'ok');
  const broken = raw.pragma('foreign_key_check') as Array<{ table: string; parent: string }>;
  const lost = broken.map(({ table, parent }) => `a row of ${table} leads to no row of ${parent}`);
  return [...new Set([...damage, ...lost])];
}

/**
 * Folds the write-ahead log into the file, which only the one who has the database to himself can.
 *
 * @returns false when somebody else has it open
 */
export function claimForOneself(path: string): boolean {
  const raw = new Sqlite(path, { fileMustExist: true, timeout: 500 });
  try {
    raw.pragma('journal_mode = DELETE');
    return true;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? '';
    if (code.startsWith('SQLITE_BUSY')) return false;
    // What is no database any more is nobody's: a reason to restore one.
    if (code.startsWith('SQLITE_NOTADB') || code.startsWith('SQLITE_CORRUPT')) return true;
    throw error;
  } finally {
    raw.close();
  }
}

/**
 * Everything that is read until `close` is of one moment, however long it takes, and keeps no writer waiting.
 *
 * @throws DatabaseUnusable also when it is of an earlier version
 */
export function openSnapshot(path: string): { db: Db; close(): Promise<void> } {
  const raw = openExisting(path);
  const version = schemaVersion(raw);
  if (version !== SCHEMA_VERSION) {
    raw.close();
    throw new DatabaseUnusable(
      `${path} is of version ${version}, this program of ${SCHEMA_VERSION}: start its server once, which brings it up to date.`,
    );
  }
  raw.pragma('query_only = ON');
  const db = queriesOn(raw);
  // Not through Kysely, whose transactions take the write lock.
  raw.exec('BEGIN');
  return {
    db,
    async close() {
      if (raw.inTransaction) raw.exec('ROLLBACK');
      await db.destroy();
      raw.close();
    },
  };
}
