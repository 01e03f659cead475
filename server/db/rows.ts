import type { Insertable, Updateable } from 'kysely';
import { insertOne, query } from './fragment.ts';
import type { Tables } from './tables.ts';
import type { Trx } from './transact.ts';

/** Texts by what they were made of: looking for a prepared statement by a text that is new takes as long as making it. */
const texts = new Map<string, string>();
const KEPT = 500;

/**
 * Inserts one row. What a query builder would do anew for each row, done once for each set of columns.
 *
 * @param row its keys are names of columns, never anything from outside; undefined: the column's default
 * @param conflict such as `ON CONFLICT (name) DO NOTHING`
 * @returns its id; null: a conflict kept it out
 */
export async function insertRow<T extends 'tickets' | 'messages' | 'outbox'>(
  trx: Trx,
  table: T,
  row: Insertable<Tables[T]>,
  conflict = '',
): Promise<number | null> {
  const columns = columnsOf(row);
  const sql = textOf(
    ['INSERT', table, columns.join(), conflict],
    () =>
      `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map(() => '?').join(', ')}) ${conflict}`,
  );
  return insertOne(trx, { sql, parameters: valuesOf(row, columns) }, 'id');
}

/**
 * Updates the row with this id.
 *
 * @param values as the row of `insertRow`; undefined leaves the column alone
 */
export async function updateRow<T extends 'tickets' | 'users' | 'messages' | 'outbox', R = unknown>(
  trx: Trx,
  table: T,
  id: number,
  values: Updateable<Tables[T]>,
  more: string,
): Promise<R[]> {
  const columns = columnsOf(values);
  const sql = textOf(
    ['UPDATE', table, columns.join(), more],
    () => `UPDATE ${table} SET ${columns.map((name) => `${name} = ?`).join(', ')} WHERE id = ? ${more}`,
  );
  return query<R>(trx, { sql, parameters: [...valuesOf(values, columns), id] });
}

function columnsOf(row: object): string[] {
  return Object.keys(row).filter((name) => (row as Record<string, unknown>)[name] !== undefined);
}

function valuesOf(row: object, columns: readonly string[]): unknown[] {
  return columns.map((name) => (row as Record<string, unknown>)[name]);
}

function textOf(parts: readonly string[], make: () => string): string {
  const key = parts.join(' ');
  const known = texts.get(key);
  if (known !== undefined) return known;
  if (texts.size >= KEPT) texts.clear();
  const text = make();
  texts.set(key, text);
  return text;
}
