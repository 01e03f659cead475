import { Kysely, PostgresDialect } from 'kysely';
import type { ClientBase, Pool } from 'pg';
import type { Db } from '../../deps.ts';
import type { Tables } from '../tables.ts';
import { DatabaseUnusable } from '../unusable.ts';
import { ConnectionLost, isServerError, isUnreachable, isUnwritable, type ServerError } from './errors.ts';
import { bringUpToDate } from './migrations.ts';
import { poolConfig, watched, type PostgresOptions } from './pool.ts';

export interface OpenPostgres {
  db: Db;
  /**
   * Connects, creates the schema where there is none, and migrates an older one. Without it the first query does.
   *
   * @throws Error with one clear sentence, never with the password
   */
  ready(): Promise<void>;
  /** Waits for the queries in flight and closes every connection. A second call does nothing. */
  close(): Promise<void>;
}

/** `CREATE EXTENSION` without a superuser, identity columns, generic JSON: all there from here on. */
const OLDEST = 130_000;

/**
 * Opens a PostgreSQL database. The driver is loaded with the first connection: whoever uses SQLite never loads it.
 *
 * @param prepare what is done first; default: `bringUpToDate`
 */
export function openPostgres(
  options: PostgresOptions,
  prepare: (client: ClientBase) => Promise<void> = (client) => bringUpToDate(client),
): OpenPostgres {
  let opening: Promise<Pool> | undefined;
  const open = () => (opening ??= connect(options, prepare));
  const pool = async () => {
    try {
      return watched(await open());
    } catch (error) {
      // The next query tries anew: a server that was down may be up by then.
      opening = undefined;
      throw error;
    }
  };
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) });
  const close = async () => {
    await db.destroy();
    const left = await opening?.catch(() => undefined);
    if (left && !left.ended) await left.end();
  };
  let closing: Promise<void> | undefined;
  return {
    db,
    ready: async () => void (await db.connection().execute(async () => undefined)),
    close: () => (closing ??= close()),
  };
}

async function connect(
  options: PostgresOptions,
  prepare: (client: ClientBase) => Promise<void>,
): Promise<Pool> {
  const { default: pg } = await import('pg');
  const pool = new pg.Pool(poolConfig(options, pg.types));
  // A connection that breaks while nobody uses it, or between two statements: the next use of it tells.
  pool.on('error', () => undefined);
  pool.on('connect', (client) => client.on('error', () => undefined));
  try {
    const client = await pool.connect();
    try {
      await requireSupported(client);
      await prepare(client);
    } finally {
      client.release();
    }
    return pool;
  } catch (error) {
    await pool.end().catch(() => undefined);
    throw explain(error, options.url);
  }
}

async function requireSupported(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ version: string; name: string; encoding: string }>(
    `SELECT current_setting('server_version_num') AS version, current_setting('server_version') AS name,
      current_setting('server_encoding') AS encoding`,
  );
  const [{ version, name, encoding }] = rows as [(typeof rows)[0]];
  if (Number(version) < OLDEST) throw new Error(`the server is PostgreSQL ${name}; 13 or later is needed.`);
  if (encoding !== 'UTF8') {
    throw new Error(`the database has the encoding ${encoding}; create one with ENCODING 'UTF8'.`);
  }
}

/** One line for the operator. */
function explain(error: unknown, url: string): unknown {
  if (!(error instanceof Error)) return error;
  const place = `DATABASE_URL: ${placeOf(url)}:`;
  if (isServerError(error)) {
    const said = `${place} ${causeOf(error, decodeURIComponent(new URL(url).username))}`;
    return isUnreachable(error) || isUnwritable(error)
      ? new ConnectionLost(said, { cause: error })
      : new DatabaseUnusable(said, { cause: error });
  }
  const { code, message } = firstOf(error);
  const isNetwork = code !== undefined || /timeout|terminated|SSL|certificate|password/i.test(message);
  return isNetwork
    ? new ConnectionLost(`${place} cannot connect (${message}).`, { cause: error })
    : new DatabaseUnusable(`${place} ${message}`, { cause: error });
}

/** A name may have several addresses, each with its own error. */
function firstOf(error: Error & { code?: string; errors?: Array<Error & { code?: string }> }) {
  return error.message === '' ? (error.errors?.[0] ?? error) : error;
}

function causeOf({ code, message }: ServerError, user: string): string {
  if (code === '28P01' || code === '28000') return `the server refuses the user "${user}" (${message}).`;
  if (code === '3D000') return 'there is no such database: create it with CREATE DATABASE.';
  if (code === '53300') return 'the server has no connection left (max_connections).';
  if (code === '42501') return `the user "${user}" lacks a right: ${message}.`;
  if (code === '3F000') return `the user "${user}" lacks a right: USAGE and CREATE on the schema.`;
  return `${message}.`;
}

/** Without user and password. */
function placeOf(url: string): string {
  const { hostname, port, pathname, searchParams } = new URL(url);
  const host = searchParams.get('host') ?? (hostname || 'localhost');
  return `${host}${port ? `:${port}` : ''}${pathname}`;
}
