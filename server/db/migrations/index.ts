import { existsSync, readFileSync } from 'node:fs';

/** What a migration needs of the open database. */
export interface MigratableDatabase {
  exec(sql: string): unknown;
}

export interface Migration {
  /** The `user_version` that the database has afterwards: higher than that of the one before. */
  version: number;
  /** Runs inside a transaction that is rolled back when this throws. */
  up(database: MigratableDatabase): void;
  /** It makes a table anew that others refer to: their rows must not go with the old one. */
  isRebuild?: true;
}

/**
 * What turns a database of an earlier version into `schema.sql`, in order. A migration
 * that has been released never changes. The first one is what version 1 was: a fresh database gets
 * `schema.sql` instead, and a test holds both ways to the same result.
 */
export const MIGRATIONS: readonly Migration[] = [
  { version: 1, up: run('0001-baseline.sql') },
  { version: 2, up: run('0002-mail.sql') },
  { version: 3, up: run('0003-live.sql') },
  { version: 4, up: run('0004-languages.sql') },
  { version: 5, up: run('0005-speed.sql'), isRebuild: true },
  { version: 6, up: run('0006-own.sql') },
];

/** The version of `schema.sql`. */
export const SCHEMA_VERSION = MIGRATIONS.at(-1)!.version;

function run(file: string): (database: MigratableDatabase) => void {
  return (database) => {
    // The compiled server stands in `dist/`, which holds no SQL: there the package has it as source.
    const beside = new URL(file, import.meta.url);
    const inPackage = new URL(`../../../../server/db/migrations/${file}`, import.meta.url);
    database.exec(readFileSync(existsSync(beside) ? beside : inPackage, 'utf8'));
  };
}
