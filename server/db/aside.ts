import { createRequire } from 'node:module';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { Worker } from 'node:worker_threads';
import type { Db } from '../deps.ts';
import { query, type Fragment } from './fragment.ts';
import { withStablePlan } from './stable-plan.ts';

/** Megabytes that the thread's heap may grow to: it passes on rows. */
const HEAP_MB = 24;

/** A thread with a connection of its own to a SQLite file, for what would keep the event loop waiting. */
export interface Aside {
  /**
   * Resolves to null where there can be no such thread. It is started by the first call.
   *
   * @param begins called when what was asked for before is done
   */
  run<R>(sql: string, parameters: readonly unknown[], begins?: () => void): Promise<R[] | null>;
  /** Lets `work` run while the thread does nothing and reads nothing. */
  pause<T>(work: () => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

const asides = new WeakMap<Db, Aside>();

/** Lets what is asked of `db` with the functions below be done by `aside`. */
export function putAside(db: Db, aside: Aside): void {
  asides.set(db, aside);
}

/** As `query`, off the event loop where that can be: for statements that look at very many rows. */
export async function queryAside<R>(db: Db, { sql, parameters }: Fragment): Promise<R[]> {
  const rows = await asides.get(db)?.run<R>(withStablePlan(sql), parameters);
  if (rows) return rows;
  const own = await query<R>(db, { sql, parameters });
  // Whoever asks for more of the kind lets others have their turn in between.
  await nextTurn();
  return own;
}

/** Lets `work` run while nothing else of this process reads the database. */
export async function whileAlone<T>(db: Db, work: () => Promise<T>): Promise<T> {
  const aside = asides.get(db);
  return aside ? aside.pause(work) : work();
}

/** @param path of a database that is open here */
export function createAside(path: string): Aside {
  let worker: Worker | null | undefined;
  let last: Promise<unknown> = Promise.resolve();
  // One thing after the other: the thread can do no more anyway, and nothing has to be told apart.
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
  return {
    run<R>(sql: string, parameters: readonly unknown[], begins?: () => void) {
      return inTurn(async () => {
        begins?.();
        worker ??= worker === null ? null : start(path);
        const rows = worker && (await answerOf<R>(worker, { sql, parameters }));
        if (rows === 'gone') worker = null;
        return rows === 'gone' ? null : rows;
      });
    },
    pause: inTurn,
    close: () =>
      inTurn(async () => {
        await worker?.terminate();
        worker = null;
      }),
  };
}

interface Question {
  sql: string;
  parameters: readonly unknown[];
}

function start(path: string): Worker | null {
  const driver = createRequire(import.meta.url).resolve('better-sqlite3');
  try {
    // As text: a file of its own would have to be found again in every form in which this program is packed.
    const worker = new Worker(`(${serve.toString()})()`, {
      eval: true,
      workerData: { path, driver },
      resourceLimits: { maxYoungGenerationSizeMb: 2, maxOldGenerationSizeMb: HEAP_MB },
      execArgv: [],
    });
    // Told to whoever waits for an answer.
    worker.on('error', () => undefined);
    worker.unref();
    return worker;
  } catch {
    return null;
  }
}

/** @returns null when the statement failed, `gone` when the thread did */
function answerOf<R>(worker: Worker, question: Question): Promise<R[] | null | 'gone'> {
  return new Promise((resolve) => {
    const settle = (answer: R[] | null | 'gone') => {
      worker.off('message', settle);
      worker.off('exit', isGone);
      worker.unref();
      resolve(answer);
    };
    const isGone = () => settle('gone');
    worker.on('message', settle);
    worker.on('exit', isGone);
    worker.ref();
    worker.postMessage(question);
  });
}

/** Runs in the thread, from its text: nothing from outside of it is known there. */
function serve(): void {
  const thread = process.getBuiltinModule('node:worker_threads');
  const given = thread.workerData as { path: string; driver: string };
  type Statement = { all(...parameters: readonly unknown[]): unknown[] };
  type Driver = new (path: string) => { pragma(text: string): unknown; prepare(sql: string): Statement };
  const Sqlite = process.getBuiltinModule('node:module').createRequire(given.driver)(given.driver) as Driver;
  const raw = new Sqlite(given.path);
  raw.pragma('trusted_schema = OFF');
  raw.pragma('cache_size = -500');
  raw.pragma('mmap_size = 2147418112');
  const known = new Map<string, Statement>();
  thread.parentPort!.on('message', ({ sql, parameters }: { sql: string; parameters: readonly unknown[] }) => {
    try {
      const statement = known.get(sql) ?? raw.prepare(sql);
      if (known.size < 50) known.set(sql, statement);
      thread.parentPort!.postMessage(statement.all(...parameters));
    } catch {
      thread.parentPort!.postMessage(null);
    }
  });
}
