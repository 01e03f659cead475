import type { Db } from '../deps.ts';
import { isPostgres } from './dialect.ts';
import { query } from './fragment.ts';
import { transact, type Trx } from './transact.ts';

const INDEXES = ['subject_trigrams', 'subject_words'] as const;
type Index = (typeof INDEXES)[number];

/** Parts of an index that a search may have to look into, for each three letters anew. */
const FEW_PARTS = 4;
/** Pages written in one go, and the milliseconds after which no further go is begun. */
const PAGES = 2;
const TURN_MS = 8;

/** Those that are being merged. */
const merging = new WeakMap<Db, Set<Index>>();

/**
 * Puts some more of the parts together that the full-text indexes of SQLite are in: each addition makes a new one, and
 * they are put together only four at a time by themselves. A little each time, since nobody can write meanwhile.
 *
 * @returns whether there is more to do
 */
export async function mergeSearch(db: Db): Promise<boolean> {
  if (isPostgres(db)) return false;
  const begun = merging.get(db) ?? new Set<Index>();
  merging.set(db, begun);
  for (const index of INDEXES) {
    if (!begun.has(index)) {
      if ((await countParts(db, index)) <= FEW_PARTS) continue;
      begun.add(index);
    }
    if (await transact(db, (trx) => mergeSome(trx, index))) begun.delete(index);
    return true;
  }
  return false;
}

/** @returns whether nothing is left to be merged */
async function mergeSome(trx: Trx, index: Index): Promise<boolean> {
  const until = performance.now() + TURN_MS;
  // Two of about the same size are enough to be made one.
  await command(trx, index, 'usermerge', 2);
  do {
    const before = await countChanges(trx);
    await command(trx, index, 'merge', PAGES);
    // So SQLite's documentation tells the end.
    if ((await countChanges(trx)) - before < 2) return true;
  } while (performance.now() < until);
  return false;
}

/** The number stands in the text: bound, it would come as a real one, which is refused. */
async function command(trx: Trx, index: Index, name: 'usermerge' | 'merge', value: number): Promise<void> {
  await query(trx, {
    sql: `INSERT INTO ${index} (${index}, rank) VALUES ('${name}', ${value})`,
    parameters: [],
  });
}

async function countChanges(trx: Trx): Promise<number> {
  const [row] = await query<{ n: number }>(trx, { sql: 'SELECT total_changes() AS n', parameters: [] });
  return row!.n;
}

/** From one to the next, not through all that they hold. */
async function countParts(db: Db, index: Index): Promise<number> {
  const [row] = await query<{ n: number }>(db, {
    sql: `WITH RECURSIVE part (id) AS (
        SELECT min(segid) FROM ${index}_idx
        UNION ALL SELECT (SELECT min(segid) FROM ${index}_idx WHERE segid > part.id) FROM part WHERE part.id IS NOT NULL
      ) SELECT count(id) AS n FROM part`,
    parameters: [],
  });
  return row!.n;
}
