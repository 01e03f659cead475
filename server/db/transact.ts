import type { Kysely, Transaction } from 'kysely';
import { isPostgres } from './dialect.ts';
import { continueDirectly } from './direct.ts';
import { settled, writable } from './durable.ts';
import { query } from './fragment.ts';
import { collectHooks } from './hooks.ts';
import { transactOnPostgres } from './postgres/transact.ts';
import type { Tables } from './tables.ts';

export { afterCommit, beforeCommit } from './hooks.ts';

/** Inside a transaction. Never touch the outer `db` there: on one connection that waits for itself. */
export type Trx = Transaction<Tables>;

/** One piece of work that takes effect as a whole or not at all. */
interface Task {
  work(trx: Trx): Promise<unknown>;
  resolve(result: unknown): void;
  reject(error: unknown): void;
}

/** Pieces of work that one commit carries at most, and the milliseconds after which no further one is begun. */
const TOGETHER_MAX = 32;
const TOGETHER_MS = 20;

const queues = new WeakMap<Kysely<Tables>, { waiting: Task[]; isDraining: boolean }>();

/**
 * Runs `work` in one write transaction (`BEGIN IMMEDIATE`: `db/open.ts` sees to that), then what
 * `afterCommit` collected. No network and no timer inside `work`. On PostgreSQL it may run more than once,
 * each time on nothing of the time before (`db/postgres/transact.ts`).
 *
 * On SQLite, what is asked for in the same turn of the event loop is committed together, one after the other, each in a
 * savepoint of its own: a commit waits for the disk, and one wait serves all (`durable.ts`). Nobody is told of success
 * before it.
 */
export function transact<T>(db: Kysely<Tables>, work: (trx: Trx) => Promise<T>): Promise<T> {
  if (isPostgres(db)) return transactOnPostgres(db, work);
  const queue = queues.get(db) ?? { waiting: [], isDraining: false };
  queues.set(db, queue);
  return new Promise<T>((resolve, reject) => {
    queue.waiting.push({ work, resolve, reject });
    if (queue.isDraining) return;
    queue.isDraining = true;
    const drain = async () => {
      await writable(db);
      await commitTogether(db, queue.waiting);
      queue.isDraining = queue.waiting.length > 0;
      if (queue.isDraining) setImmediate(drain);
    };
    setImmediate(drain);
  });
}

/** Takes tasks off the queue and settles them; at least the first. */
async function commitTogether(db: Kysely<Tables>, waiting: Task[]): Promise<void> {
  let task = waiting.shift()!;
  const isAlone = waiting.length === 0;
  const written: Array<() => void> = [];
  const uncommitted = [task];
  const run = async (trx: Trx) => {
    const { after } = collectHooks(trx);
    const { work, resolve, reject } = task;
    const result = await work(trx);
    written.push(() => {
      try {
        for (const hook of after) hook();
        resolve(result);
      } catch (error) {
        reject(error);
      }
    });
  };
  try {
    await db.transaction().execute(async (trx) => {
      continueDirectly(db, trx);
      if (isAlone) return await run(trx);
      const until = performance.now() + TOGETHER_MS;
      for (let n = 1; ; n++) {
        const error = await inSavepoint(trx, () => run(trx));
        if (error) uncommitted.pop()!.reject(error.cause);
        if (waiting.length === 0 || n === TOGETHER_MAX || performance.now() > until) return;
        task = waiting.shift()!;
        uncommitted.push(task);
      }
    });
  } catch (error) {
    settled(db)?.catch(() => undefined);
    for (const { reject } of uncommitted) reject(error);
    return;
  }
  const tellAll = () => {
    for (const tell of written) tell();
  };
  const onDisk = settled(db);
  if (!onDisk) return tellAll();
  // The next ones are committed meanwhile.
  onDisk.then(tellAll, (error: unknown) => {
    for (const { reject } of uncommitted) reject(error);
  });
}

/**
 * @returns why it failed, with nothing left of it
 * @throws what it failed of, when SQLite has rolled back everything: a full disk
 */
async function inSavepoint(trx: Trx, work: () => Promise<void>): Promise<{ cause: unknown } | null> {
  await say(trx, 'savepoint task');
  try {
    await work();
  } catch (cause) {
    try {
      await say(trx, 'rollback to task');
    } catch {
      throw cause;
    }
    await say(trx, 'release task');
    return { cause };
  }
  await say(trx, 'release task');
  return null;
}

async function say(trx: Trx, command: string): Promise<void> {
  await query(trx, { sql: command, parameters: [] });
}
