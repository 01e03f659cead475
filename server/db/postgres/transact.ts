import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '../../deps.ts';
import { collectHooks } from '../hooks.ts';
import type { Trx } from '../transact.ts';
import { isConflict } from './errors.ts';

/** Two transactions that lock the same rows in different orders meet once in a long while, not five times. */
const ATTEMPTS = 5;

/** When the last transaction that had something to do right before its commit has told of it. */
const turns = new WeakMap<Db, Promise<void>>();

/**
 * Runs `work` in a transaction of its own, on a connection of its own. READ COMMITTED: each statement sees what is
 * committed by then, and what is read in order to be changed is locked first (`lockTicket`, `lock`). A deadlock undoes
 * one of the two, whose work is done again as a whole.
 */
export async function transactOnPostgres<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await attemptOnce(db, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isConflict(error)) throw error;
      await wait(randomInt(5 * 2 ** attempt));
    }
  }
}

async function attemptOnce<T>(db: Db, work: (trx: Trx) => Promise<T>): Promise<T> {
  const trx = await db.startTransaction().setIsolationLevel('read committed').execute();
  const { before, after } = collectHooks(trx);
  const commit = async () => {
    for (const hook of before) await hook();
    // They wait for each other in the database (`next_history_seq`): who comes here first commits first.
    const turn = before.length > 0 ? takeTurn(db) : null;
    try {
      await trx.commit().execute();
      await turn?.before;
      for (const hook of after) hook();
    } finally {
      turn?.end();
    }
  };
  try {
    const result = await work(trx);
    await commit();
    return result;
  } catch (error) {
    if (!trx.isCommitted) {
      await trx
        .rollback()
        .execute()
        .catch(() => undefined);
    }
    throw error;
  }
}

/** The answers to two commits may come at once, in either order: what they tell is told in that of the commits. */
function takeTurn(db: Db): { before: Promise<void>; end(): void } {
  const before = turns.get(db) ?? Promise.resolve();
  const { promise, resolve } = Promise.withResolvers<void>();
  turns.set(db, promise);
  return { before, end: () => void before.then(resolve) };
}
