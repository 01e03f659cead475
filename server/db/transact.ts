import type { Kysely, Transaction } from 'kysely';
import type { Tables } from './tables.ts';

/** Inside a transaction. Never touch the outer `db` there: on one connection that waits for itself. */
export type Trx = Transaction<Tables>;

const hooks = new WeakMap<Trx, Array<() => void>>();

/**
 * Runs `work` in one write transaction (`BEGIN IMMEDIATE`: `db/open.ts` sees to that), then what
 * `afterCommit` collected. No network and no timer inside `work`.
 */
export async function transact<T>(db: Kysely<Tables>, work: (trx: Trx) => Promise<T>): Promise<T> {
  const after: Array<() => void> = [];
  const result = await db.transaction().execute(async (trx) => {
    hooks.set(trx, after);
    return await work(trx);
  });
  for (const hook of after) hook();
  return result;
}

/** Runs `hook` once the transaction has committed; not at all when it rolls back. It must not throw. */
export function afterCommit(trx: Trx, hook: () => void): void {
  const after = hooks.get(trx);
  if (!after) throw new Error('afterCommit outside of transact()');
  after.push(hook);
}
