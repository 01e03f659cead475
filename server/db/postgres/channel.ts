import type { Client } from 'pg';
import { sql } from 'kysely';
import type { Db } from '../../deps.ts';

/** What the processes on one database call to each other, by LISTEN and NOTIFY. */
export interface Channel {
  /**
   * Calls to every process that listens, this one included. Whoever is not there does not hear it.
   *
   * @param text at most 7,999 bytes, PostgreSQL's limit
   */
  say(text: string): Promise<void>;
  close(): Promise<void>;
}

export interface ChannelOptions {
  /** Of the database. */
  url: string;
  heard(text: string): void;
  /** It can be heard, from now on: at first, and after each time that it could not. */
  opened(): void;
  /** It cannot be heard for a while. */
  lost(error: unknown): void;
}

/** What `next_history_seq` in `schema.sql` says, too: the schema is part of the name, since channels are of a database. */
const NAME = sql<string>`'support_center_' || quote_ident(current_schema())::regnamespace::oid`;

const CONNECT_TIMEOUT_MS = 10_000;
/** A connection that a firewall has forgotten says nothing of it: it is asked as often. */
const BEAT_MS = 15_000;
const RETRY_MS = { first: 100, longest: 5_000 };

/** Listens on a connection of its own until it is closed, and comes back whenever that is lost. */
export function openChannel(db: Db, { url, heard, opened, lost }: ChannelOptions): Channel {
  let isClosed = false;
  let client: Client | undefined;
  let retry: NodeJS.Timeout | undefined;
  let failures = 0;

  const comeBack = (error: unknown) => {
    if (isClosed || retry) return;
    if (failures === 0) lost(error);
    failures += 1;
    const wait = Math.min(RETRY_MS.longest, RETRY_MS.first * 2 ** (failures - 1));
    retry = setTimeout(
      () => {
        retry = undefined;
        void listen();
      },
      wait * (0.5 + Math.random() / 2),
    ).unref();
  };

  const listen = async () => {
    const own = await connect(url).catch((error: unknown) => {
      comeBack(error);
      return undefined;
    });
    if (!own) return;
    client = own;
    let isOver = false;
    const drop = (error: unknown) => {
      if (isOver) return;
      isOver = true;
      clearInterval(beat);
      own.end().catch(() => undefined);
      comeBack(error);
    };
    const beat = setInterval(() => void own.query('SELECT 1').catch(drop), BEAT_MS).unref();
    own.on('error', drop);
    own.on('end', () => drop(new Error('The connection has ended.')));
    own.on('notification', ({ payload }) => heard(payload ?? ''));
    try {
      const { rows } = await own.query<{ name: string }>(
        `SELECT 'support_center_' || quote_ident(current_schema())::regnamespace::oid AS name`,
      );
      await own.query(`LISTEN "${rows[0]!.name}"`);
    } catch (error) {
      return drop(error);
    }
    if (isClosed) return drop(undefined);
    failures = 0;
    opened();
  };
  const listening = listen();

  return {
    async say(text) {
      await sql`SELECT pg_notify(${NAME}, ${text})`.execute(db);
    },
    async close() {
      isClosed = true;
      clearTimeout(retry);
      await listening;
      await client?.end().catch(() => undefined);
    },
  };
}

async function connect(url: string): Promise<Client> {
  const { default: pg } = await import('pg');
  const client = new pg.Client({
    connectionString: url,
    application_name: 'support-center live',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    query_timeout: CONNECT_TIMEOUT_MS,
    keepAlive: true,
  });
  // Until somebody else listens to it.
  client.on('error', () => undefined);
  try {
    await client.connect();
    return client;
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
