import { CompiledQuery } from 'kysely';
import type { Db } from '../deps.ts';
import { isPostgres } from './dialect.ts';
import { insertDirectly, runDirectly } from './direct.ts';
import { toPostgres } from './postgres/translate.ts';
import type { Trx } from './transact.ts';

/** A piece of SQL with the values of its `?`, in order. Values never stand in the text. */
export interface Fragment {
  sql: string;
  parameters: readonly unknown[];
}

/** Joins the pieces that are there with `separator`. */
export function join(pieces: ReadonlyArray<Fragment | null>, separator: string): Fragment {
  const present = pieces.filter((piece) => piece !== null);
  return {
    sql: present.map((piece) => piece.sql).join(separator),
    parameters: present.flatMap((piece) => piece.parameters),
  };
}

/** Wraps a fragment's text. */
export function wrap(before: string, piece: Fragment, after: string): Fragment {
  return { sql: before + piece.sql + after, parameters: piece.parameters };
}

/** `SELECT … FROM … WHERE` all of the conditions that are there. */
export function selectFrom(
  columns: string,
  from: string | Fragment,
  conditions: Array<Fragment | null>,
): Fragment {
  const source = typeof from === 'string' ? { sql: from, parameters: [] } : from;
  const where = join(conditions, ' AND ');
  return {
    sql: `SELECT ${columns} FROM ${source.sql}${where.sql === '' ? '' : ' WHERE '}${where.sql}`,
    parameters: [...source.parameters, ...where.parameters],
  };
}

/**
 * Runs a statement written by hand: where the plan must be a certain one, or where compiling it anew
 * would cost more than running it. In the words of SQLite; for PostgreSQL its hints are taken out of it.
 *
 * @typeParam R the row, as the statement's columns name it
 */
export async function query<R>(db: Db | Trx, statement: Fragment): Promise<R[]> {
  const direct = runDirectly<R>(db, statement.sql, statement.parameters);
  if (direct) return direct;
  const sql = isPostgres(db) ? toPostgres(statement.sql) : statement.sql;
  const { rows } = await db.executeQuery<R>(CompiledQuery.raw(sql, [...statement.parameters]));
  return rows;
}

/**
 * Inserts one row into a table whose rows are numbered.
 *
 * @param insert without `RETURNING`
 * @param column the number
 * @returns the row's; null: a conflict kept it out
 */
export async function insertOne(db: Db | Trx, insert: Fragment, column: string): Promise<number | null> {
  const direct = insertDirectly(db, insert.sql, insert.parameters);
  if (direct) return direct.id;
  const returning = { sql: `${insert.sql} RETURNING ${column} AS id`, parameters: insert.parameters };
  const [inserted] = await query<{ id: number }>(db, returning);
  return inserted?.id ?? null;
}
