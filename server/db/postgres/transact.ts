import { randomInt } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import type { Db } from '../../deps.ts';
import { collectHooks } from '../hooks.ts';
import type { Trx } from '../transact.ts';
import { isConflict } from './errors.ts';

/** Two transactions that lock the same rows in different orders meet once in a long while, not five times. */
const ATTEMPTS = 5;

/** The end of the last transaction that has something to do right before it commits. */
const turns = new WeakMap<Db, Promise<void>>();

/**
 * Runs `work` in a transaction of its own, on a connection of its own. READ COMMITTED: each statement sees what is
 * committed by then, and what is read in order to be changed is locked first (`lockRow`, `lock`). A deadlock undoes
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
    await trx.commit().execute();
    for (const hook of after) hook();
  };
  try {
    const result = await work(trx);
    await (before.length > 0 ? inTurn(db, commit) : commit());
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

/**
 * One after the other: they would wait for each other in the database anyway, each with a connection, and what they
 * tell after their commit is told in the order of the commits.
 */
async function inTurn(db: Db, commit: () => Promise<void>): Promise<void> {
  const before = turns.get(db) ?? Promise.resolve();
  const own = before.then(commit);
  turns.set(
    db,
    own.catch(() => undefined),
  );
  await own;
}
