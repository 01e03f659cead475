import { sql, type Kysely } from 'kysely';
import type { PostgresConfig } from '../config-database.ts';
import { addUpCounters } from '../db/postgres/counters.ts';
import { openPostgres } from '../db/postgres/open.ts';
import { bringUpToDate, POSTGRES_SCHEMA_VERSION, versionOf } from '../db/postgres/migrations.ts';
import type { Tables } from '../db/tables.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { keyOf, STEPS, type Key, type Row, type Step } from './tables.ts';

/** How far a step has come: kept in the target itself, and written together with the rows. */
export interface Progress {
  copied: number;
  last: Key | null;
}

/** A PostgreSQL database that is being filled. No server starts on it before `finish`. */
export interface Target {
  columns(step: Step): Promise<string[]>;
  progress(step: Step): Promise<Progress>;
  /** Writes rows and how far they reach, both or neither. */
  insert(step: Step, rows: Row[], columns: string[]): Promise<void>;
  pages(step: Step, columns: string[]): AsyncGenerator<Row[]>;
  /** The next number that a table gives. */
  continueAt(table: string, last: number): Promise<void>;
  continueSequence(
    name: 'history_seq' | 'round_robin_position',
    value: number,
    isGiven: boolean,
  ): Promise<void>;
  /** The badges' counts, which the database has kept itself. */
  counts(): Promise<Row[]>;
  /** It is a support center from now on. */
  finish(): Promise<void>;
}

const PAGE = 500;
/** Among the advisory locks: one migration at a time. */
const LOCK = sql`hashtextextended('support-center migrate in ' || current_schema(), 0)`;

/**
 * @param fingerprint of the source: an earlier attempt is gone on with when it was from the same
 * @param restart forgets an earlier attempt, and what it has copied
 * @throws DatabaseUnusable when it is not empty, of another version, or not to be gone on with
 */
export async function withTarget<T>(
  config: PostgresConfig,
  { fingerprint, restart }: { fingerprint: string; restart: boolean },
  work: (target: Target, resumed: boolean) => Promise<T>,
): Promise<T> {
  const database = openPostgres({ ...config, connections: 1 }, async (client) => {
    // Below zero: an unfinished migration, which a server refuses and we go on with.
    if ((await versionOf(client)) >= 0) await bringUpToDate(client);
  });
  try {
    return await database.db.connection().execute(async (db) => {
      await claim(db);
      const resumed = await begin(db, fingerprint, restart);
      return await work(createTarget(db), resumed);
    });
  } finally {
    await database.close();
  }
}

async function claim(db: Kysely<Tables>): Promise<void> {
  const { rows } = await sql<{ got: boolean }>`SELECT pg_try_advisory_lock(${LOCK}) AS got`.execute(db);
  if (!rows[0]?.got) throw new DatabaseUnusable('Another migration into this database is under way.');
  await sql`SET statement_timeout = 0`.execute(db);
  await sql`SET idle_in_transaction_session_timeout = 0`.execute(db);
  // What a crash of the server takes back, it takes back together with the progress.
  await sql`SET synchronous_commit = off`.execute(db);
}

/** @returns whether an earlier attempt is gone on with */
async function begin(db: Kysely<Tables>, fingerprint: string, restart: boolean): Promise<boolean> {
  const { rows } = await sql<{ version: number }>`SELECT version FROM schema_version`.execute(db);
  const version = rows[0]!.version;
  if (Math.abs(version) !== POSTGRES_SCHEMA_VERSION) {
    throw new DatabaseUnusable(
      'An earlier version of this program began to fill this database: finish with that, or give an empty one.',
    );
  }
  if (version > 0) {
    const [held] = await heldTables(db);
    if (held)
      throw new DatabaseUnusable(`The database is not empty: there are rows in ${held}. Give an empty one.`);
  } else {
    const found = await sql<{ source: string }>`SELECT source FROM migration_progress LIMIT 1`.execute(db);
    if (found.rows[0]?.source === fingerprint && !restart) return true;
    if (!restart) {
      throw new DatabaseUnusable(
        'The source is not as it was when the migration began: --restart begins anew, and deletes what was copied.',
      );
    }
  }
  await db.transaction().execute(async (trx) => {
    const tables = STEPS.map(({ table }) => table);
    const derived = ['ticket_counts_stored', 'assignee_counts_stored', 'count_deltas'];
    const names = [...new Set([...tables, ...derived])].map((name) => sql.id(name));
    await sql`TRUNCATE ${sql.join(names)} RESTART IDENTITY CASCADE`.execute(trx);
    await sql`DROP TABLE IF EXISTS migration_progress`.execute(trx);
    await sql`CREATE TABLE migration_progress (
      step TEXT PRIMARY KEY, source TEXT NOT NULL, copied BIGINT NOT NULL DEFAULT 0, last TEXT)`.execute(trx);
    for (const { name } of STEPS) {
      await sql`INSERT INTO migration_progress (step, source) VALUES (${name}, ${fingerprint})`.execute(trx);
    }
    await sql`UPDATE schema_version SET version = ${-POSTGRES_SCHEMA_VERSION}::INTEGER`.execute(trx);
  });
  return false;
}

async function heldTables(db: Kysely<Tables>): Promise<string[]> {
  const held: string[] = [];
  for (const { table } of STEPS) {
    const { rows } = await sql`SELECT 1 FROM ${sql.id(table)} LIMIT 1`.execute(db);
    if (rows.length > 0) held.push(table);
  }
  return held;
}

function createTarget(db: Kysely<Tables>): Target {
  const list = (columns: readonly string[]) => sql.join(columns.map((column) => sql.id(column)));
  return {
    async columns({ table }) {
      const { rows } = await sql<{ column_name: string }>`SELECT column_name FROM information_schema.columns
        WHERE table_schema = current_schema() AND table_name = ${table} AND is_generated = 'NEVER'`.execute(
        db,
      );
      return rows.map((row) => row.column_name);
    },
    async progress({ name }) {
      const { rows } = await sql<{
        copied: number;
        last: string | null;
      }>`SELECT copied, last FROM migration_progress WHERE step = ${name}`.execute(db);
      const { copied, last } = rows[0]!;
      return { copied, last: last === null ? null : (JSON.parse(last) as Key) };
    },
    async insert(step, rows, columns) {
      const last = JSON.stringify(keyOf(step, rows.at(-1)!));
      await db.transaction().execute(async (trx) => {
        await sql`INSERT INTO ${sql.id(step.table)} (${list(columns)}) SELECT ${list(columns)}
          FROM json_populate_recordset(NULL::${sql.id(step.table)}, ${JSON.stringify(rows)}::JSON)`.execute(
          trx,
        );
        await sql`UPDATE migration_progress SET copied = copied + ${rows.length}::BIGINT, last = ${last}
          WHERE step = ${step.name}`.execute(trx);
      });
    },
    async *pages(step, columns) {
      const where = sql.raw(step.where ?? 'true');
      const key = list(step.key);
      for (let last: Key | null = null; ;) {
        const behind = last === null ? sql`true` : sql`(${key}) > (${sql.join(last)})`;
        const { rows } = await sql<Row>`SELECT ${list(columns)} FROM ${sql.id(step.table)}
          WHERE ${where} AND ${behind} ORDER BY ${key} LIMIT ${sql.lit(PAGE)}`.execute(db);
        if (rows.length === 0) return;
        last = keyOf(step, rows.at(-1)!);
        yield rows;
      }
    },
    async continueAt(table, last) {
      if (last === 0) return;
      await sql`SELECT setval(pg_get_serial_sequence(${table}, 'id'), ${last}::BIGINT)`.execute(db);
    },
    async continueSequence(name, value, isGiven) {
      await sql`SELECT setval(${name}::regclass, ${value}::BIGINT, ${isGiven}::BOOLEAN)`.execute(db);
    },
    async counts() {
      const { rows } = await sql<Row>`SELECT status, priority, category, n FROM ticket_counts
        WHERE n <> 0 ORDER BY status, priority, category`.execute(db);
      return rows;
    },
    async finish() {
      await addUpCounters(db);
      await sql`SET synchronous_commit = on`.execute(db);
      await db.transaction().execute(async (trx) => {
        await sql`DROP TABLE migration_progress`.execute(trx);
        await sql`UPDATE schema_version SET version = ${POSTGRES_SCHEMA_VERSION}::INTEGER`.execute(trx);
      });
      await sql`ANALYZE`.execute(db);
    },
  };
}
