import { Kysely, PostgresDialect } from 'kysely';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import type { PostgresConfig } from '../../config-database.ts';
import { openPostgres } from '../../db/postgres/open.ts';
import { poolConfig, watched } from '../../db/postgres/pool.ts';
import { toPostgres } from '../../db/postgres/translate.ts';
import type { Tables } from '../../db/tables.ts';
import type { Db } from '../../deps.ts';

/** Set where the tests run on PostgreSQL: the database that all others are copies of. */
export const TEMPLATE_URL = 'TEST_POSTGRES_TEMPLATE';
const TEMPLATE = 'support_template';

interface Spare {
  config: PostgresConfig;
  pool: pg.Pool;
  /** Names of the tables that it began with. */
  tables: string;
}

interface TestDatabase {
  db: Db;
  config: PostgresConfig;
  close(): Promise<void>;
}

/** What a file of tests has had and needs no more: cleaned, it serves the next one. */
const spare: Spare[] = [];
/** `unref` is missing in its types. */
type AdminClient = pg.Client & { ref(): void; unref(): void };

let admin: Promise<AdminClient> | undefined;
let made = 0;

/** Makes the database that all others are copies of. */
export async function createTemplate(url: (database: string) => string): Promise<string> {
  const client = new pg.Client({ connectionString: url('postgres') });
  await client.connect();
  await client.query(`CREATE DATABASE ${TEMPLATE}`);
  await client.end();
  const template = openPostgres({ url: url(TEMPLATE), connections: 1 });
  await template.ready();
  await template.close();
  return url(TEMPLATE);
}

/** A database with the schema and nothing in it, for one test. */
export async function takeDatabase(): Promise<TestDatabase> {
  const { config, pool, tables } = (await takeSpare()) ?? (await makeDatabase());
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool: { ...watched(pool), end: async () => undefined } }),
  });
  return {
    db,
    config,
    async close() {
      await untilIdle(pool);
      await db.destroy();
      spare.push({ config, pool, tables });
    },
  };
}

/** One whose tables a test has put away is of no use to others. */
async function takeSpare(): Promise<Spare | undefined> {
  const database = spare.pop();
  if (!database) return undefined;
  const names = await namesOfTables(database.pool);
  if (names === database.tables) {
    await clean(database.pool);
    return database;
  }
  await database.pool.end();
  return takeSpare();
}

/** The same for a process or a connection of its own. */
export async function createDatabase(): Promise<PostgresConfig> {
  const template = process.env[TEMPLATE_URL]!;
  made += 1;
  const name = `test_${process.pid}_${performance.timeOrigin.toFixed(0)}_${made}`;
  // Copied by the page: quicker for small ones, and several at a time.
  await query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} STRATEGY WAL_LOG`);
  const url = template.replace(`/${TEMPLATE}?`, `/${name}?`);
  return { kind: 'postgres', url, connections: 10 };
}

/** Changes rows of a database that a server of its own has open. @param statement with `?` */
export async function changeRowsOnPostgres(
  url: string,
  statement: string,
  values: ReadonlyArray<string | number>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(toPostgres(statement), [...values]).finally(() => client.end());
}

async function makeDatabase(): Promise<Spare> {
  const config = await createDatabase();
  const pool = new pg.Pool({ ...poolConfig(config, pg.types), allowExitOnIdle: true });
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  return { config, pool, tables: await namesOfTables(pool) };
}

/** What a test did not wait for must not meet the next one. */
async function untilIdle(pool: pg.Pool): Promise<void> {
  while (pool.totalCount !== pool.idleCount || pool.waitingCount > 0) await wait(2);
}

async function namesOfTables(pool: pg.Pool): Promise<string> {
  const { rows } = await pool.query<{ names: string }>(
    "SELECT string_agg(tablename, ' ' ORDER BY tablename) AS names FROM pg_tables WHERE schemaname = current_schema()",
  );
  return rows[0]!.names;
}

/** Quicker than a new one: everything that is there is deleted, past triggers and references. */
async function clean(pool: pg.Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await client.query(`
      BEGIN;
      SET LOCAL session_replication_role = 'replica';
      DO $$
      DECLARE
        name TEXT;
        next BIGINT;
      BEGIN
        FOR name IN SELECT tablename FROM pg_tables
          WHERE schemaname = current_schema() AND tablename <> 'schema_version' LOOP
          EXECUTE format('DELETE FROM %I', name);
        END LOOP;
        FOR name, next IN SELECT sequencename, start_value FROM pg_sequences WHERE schemaname = current_schema() LOOP
          PERFORM setval(quote_ident(name), next, false);
        END LOOP;
      END $$;
      COMMIT`);
  } finally {
    client.release();
  }
}

async function query(sql: string): Promise<void> {
  admin ??= (async () => {
    const client = new pg.Client({
      connectionString: process.env[TEMPLATE_URL]!.replace(`/${TEMPLATE}?`, '/postgres?'),
    }) as AdminClient;
    await client.connect();
    client.unref();
    return client;
  })();
  const client = await admin;
  client.ref();
  await client.query(sql).finally(() => client.unref());
}
