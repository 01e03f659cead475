import { configDefaults, defineConfig } from 'vitest/config';
import sqlite from './vitest.config.ts';

/**
 * The tests of the server on PostgreSQL: all of them, but for those that are about SQLite itself. A server of its
 * own is started for them, and is gone after them.
 */
export default defineConfig({
  ...sqlite,
  test: {
    ...sqlite.test,
    // Each query is a way to another process and back.
    testTimeout: 60_000,
    hookTimeout: 60_000,
    globalSetup: 'server/testing/postgres/global-setup.ts',
    exclude: [
      ...configDefaults.exclude,
      'server/**/*.sqlite.test.ts',
      // How a SQLite file is opened, migrated and closed. Counterpart: db/postgres/open.postgres.test.ts.
      'server/db/open.test.ts',
      // What SQLite plans, prepares and indexes. Counterpart: db/postgres/plans.postgres.test.ts.
      'server/db/plans.test.ts',
      'server/tickets/plans.test.ts',
      'server/db/stable-plan.test.ts',
      'server/db/statement-cache.test.ts',
      'server/db/subject-tail.test.ts',
      // Commits that are made together, because SQLite has one writer. Counterpart: db/postgres/transact.postgres.test.ts.
      'server/db/transact.test.ts',
      // Copies a SQLite file; with PostgreSQL the commands say to use pg_dump (cli/main.test.ts).
      'server/cli/backup.test.ts',
      // The file system under a SQLite file. Counterpart: db/postgres/faults.postgres.test.ts.
      'server/faults/full-disk.test.ts',
      // Looks for bytes in the files of SQLite, which PostgreSQL keeps until it writes over them (README).
      'server/abuse/deleted.test.ts',
      // Nothing of a database in them, or both at once.
      'server/storage/**',
      'server/deploy/**',
      'server/migrate/**',
      // They know no database.
      'server/abuse/{patterns,dependencies}.test.ts',
      'server/{contract,rules,storage}/**',
      'server/attachments/s3.test.ts',
      // It has both databases, and runs with the tests on SQLite.
      'server/migrate/**',
      // Fills a SQLite file past the server.
      'server/bench/**',
    ],
  },
});
