import { randomBytes } from 'node:crypto';
import type { Db } from '../deps.ts';
import { isPostgres } from './dialect.ts';
import { query } from './fragment.ts';

interface Observed {
  /** Counters begin anew with every connection. */
  connection: string;
  /** Grows with what other connections to the same file commit. */
  others: number;
}

const observed = new WeakMap<Db, Observed>();

/**
 * A text that is another one whenever anything in the database has changed. Of notes, too: it is nothing to be shown
 * to a client.
 *
 * @param isExact false: what other processes have done since somebody last asked exactly may be missing, which makes
 *   it older than it could be and costs a tenth
 * @returns null on PostgreSQL, which counts nothing of the kind
 */
export async function readState(db: Db, isExact: boolean): Promise<string | null> {
  if (isPostgres(db)) return null;
  let known = observed.get(db);
  if (!known || isExact) {
    const [row] = await query<{ data_version: number }>(db, { sql: 'PRAGMA data_version', parameters: [] });
    known = {
      connection: known?.connection ?? randomBytes(6).toString('base64url'),
      others: row!.data_version,
    };
    observed.set(db, known);
  }
  const [own] = await query<{ n: number }>(db, { sql: 'SELECT total_changes() AS n', parameters: [] });
  return `${known.connection}.${known.others}.${own!.n}`;
}

/** What `readState` has last found of other processes' doing: what is kept in memory has to be as new as that. */
export function observedOthers(db: Db): number {
  return observed.get(db)?.others ?? 0;
}
