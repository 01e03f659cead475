import { PostgresAdapter } from 'kysely';
import type { Db } from '../deps.ts';
import type { Trx } from './transact.ts';

export type Dialect = 'sqlite' | 'postgres';

/** Which database is behind it. What differs between the two stays in `server/db/`. */
export function dialectOf(db: Db | Trx): Dialect {
  return db.getExecutor().adapter instanceof PostgresAdapter ? 'postgres' : 'sqlite';
}

export function isPostgres(db: Db | Trx): boolean {
  return dialectOf(db) === 'postgres';
}
