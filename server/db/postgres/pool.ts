import type { PostgresPool, PostgresPoolClient } from 'kysely';
import type { Pool, PoolClient, PoolConfig } from 'pg';
import { ConnectionLost, toDatabaseError } from './errors.ts';

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database?sslmode=…` */
  url: string;
  /** Connections at most. */
  connections: number;
}

/** No statement of ours takes as long; one that does would hold a connection that all need. */
const STATEMENT_TIMEOUT_MS = 60_000;
/** A process that stops in the middle of a transaction must not hold its locks. */
const IDLE_IN_TRANSACTION_TIMEOUT_MS = 30_000;
const CONNECT_TIMEOUT_MS = 10_000;

/** int8 and numeric: ids, times and sums, all of them below 2^53. */
const NUMBERS = [20, 1700];

export function poolConfig(
  { url, connections }: PostgresOptions,
  types: typeof import('pg').types,
): PoolConfig {
  return {
    connectionString: url,
    max: connections,
    application_name: 'support-center',
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
    idleTimeoutMillis: 60_000,
    statement_timeout: STATEMENT_TIMEOUT_MS,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT_MS,
    keepAlive: true,
    // For this pool alone: a host in the same process may want its own.
    types: {
      getTypeParser: ((oid: number, format?: 'text' | 'binary') =>
        NUMBERS.includes(oid) && format !== 'binary'
          ? Number
          : (types.getTypeParser(oid, format) as unknown)) as typeof types.getTypeParser,
    },
  };
}

/** @returns the pool as Kysely takes it, telling lost connections from what the server says */
export function watched(pool: Pool): PostgresPool {
  const clients = new WeakMap<PoolClient, PostgresPoolClient>();
  return {
    options: pool.options,
    end: () => pool.end(),
    async connect() {
      const client = await pool.connect().catch((error: Error) => {
        // Whatever the server says: once it has let us in, a refusal is an outage.
        throw new ConnectionLost(error.message, { cause: error });
      });
      const known = clients.get(client) ?? watchedClient(client);
      clients.set(client, known);
      return known;
    },
  };
}

function watchedClient(client: PoolClient): PostgresPoolClient {
  const query = async (sql: string, parameters: readonly unknown[]) => {
    try {
      return await client.query(sql, parameters.map(storable));
    } catch (error) {
      throw toDatabaseError(error);
    }
  };
  return {
    query: query as unknown as PostgresPoolClient['query'],
    release: (destroy) => client.release(destroy),
  };
}

/** PostgreSQL has no NUL in its texts; no text that is checked holds one, but a word to look for may. */
function storable(value: unknown): unknown {
  return typeof value === 'string' && value.includes('\0') ? value.replaceAll('\0', '\ufffd') : value;
}
