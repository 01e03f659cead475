import type { Db } from '../deps.ts';
import type { StatementCache } from './statement-cache.ts';
import type { Trx } from './transact.ts';

/** SQLite connections behind Kysely, by what queries are asked of. */
const connections = new WeakMap<Db | Trx, StatementCache>();

/** Lets `runDirectly` run what is asked of `db`. */
export function openDirectly(db: Db | Trx, connection: StatementCache): void {
  connections.set(db, connection);
}

/** The same for a transaction that has begun on `db`. */
export function continueDirectly(db: Db, trx: Trx): void {
  const connection = connections.get(db);
  if (connection) connections.set(trx, connection);
}

/**
 * Runs a statement at once, past Kysely: on its way it costs as much again as a short query. What is asked of the
 * database while a transaction is under way has to wait for its end, as Kysely sees to: on the one connection it
 * would see what is not committed, or take part in it.
 *
 * @returns null where it has to go through Kysely
 */
export function runDirectly<R>(db: Db | Trx, sql: string, parameters: readonly unknown[]): R[] | null {
  const statement = connectionFor(db)?.prepare(sql);
  if (!statement) return null;
  if (statement.reader) return statement.all(parameters) as R[];
  statement.run(parameters);
  return [];
}

/**
 * The same for an INSERT of one row: SQLite knows its number without `RETURNING`, which takes as long as an index.
 *
 * @returns null where it has to go through Kysely; `id` null: nothing was inserted
 */
export function insertDirectly(
  db: Db | Trx,
  sql: string,
  parameters: readonly unknown[],
): { id: number | null } | null {
  const statement = connectionFor(db)?.prepare(sql);
  if (!statement) return null;
  const { changes, lastInsertRowid } = statement.run(parameters);
  return { id: Number(changes) === 0 ? null : Number(lastInsertRowid) };
}

function connectionFor(db: Db | Trx): StatementCache | null {
  const connection = connections.get(db);
  return connection && connection.inTransaction === db.isTransaction ? connection : null;
}

/**
 * Reads with several statements what has to be of one moment, without anything in between.
 *
 * @param read at once, or when the transaction that is under way has ended; it writes nothing
 * @throws Error where `db` is no SQLite database, or a transaction that was not begun by `transact`
 */
export async function readTogether<T>(db: Db | Trx, read: (connection: StatementCache) => T): Promise<T> {
  const connection = connections.get(db);
  if (!connection) throw new Error('This database cannot be read from directly.');
  if (connection.inTransaction === db.isTransaction) return read(connection);
  return db.connection().execute(async () => read(connection));
}
