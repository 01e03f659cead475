import { closeSync, fdatasync, fstat, openSync, realpathSync } from 'node:fs';
import { promisify } from 'node:util';
import type { SqliteStatement } from 'kysely';
import type { Db } from '../deps.ts';
import type { Aside } from './aside.ts';
import type { RawDatabase } from './open.ts';
import type { PreparingDatabase } from './statement-cache.ts';

const statusOf = promisify(fstat);

/** SQLite's numbers for `synchronous`. */
const FULL = 2;
/** From this size of the write-ahead log on, what is in it is moved into the file, at most so often. */
const LOG_BYTES = 1024 * 1024;
const CHECKPOINT_EVERY_MS = 1000;
/** Pages in the log from which on transactions wait, for as long as it takes to move what came while it was moved. */
const LOG_PAGES_MANY = 4000;
/** Pages at which a commit moves them itself, which the event loop waits for: nobody else did. */
const LOG_PAGES_MOST = 16_000;

/** How what is committed gets to the disk without the event loop waiting for it. */
export interface Durable {
  /** For the queries of the program: its transactions leave the write-ahead log to `settle`. */
  database: PreparingDatabase;
  /** After a transaction. Resolves once everything committed so far is on the disk; null: it is already. */
  settle(): Promise<void> | null;
  /** Before a transaction: not null while the last of the log is being moved into the file. */
  held(): Promise<void> | null;
  close(): Promise<void>;
}

const kept = new WeakMap<Db, Durable>();

/** Lets `settled` work for `db`. */
export function keepDurable(db: Db, durable: Durable): void {
  kept.set(db, durable);
}

/** After a transaction that has ended: null where what it wrote is as safe as it gets already. */
export function settled(db: Db): Promise<void> | null {
  return kept.get(db)?.settle() ?? null;
}

/** Before a transaction: null where it may begin at once. */
export function writable(db: Db): Promise<void> | null {
  return kept.get(db)?.held() ?? null;
}

/**
 * A commit in FULL mode waits for the disk, and the whole process with it. Here a transaction commits in NORMAL mode,
 * which writes the same into the log but does not wait, and a thread of Node's waits instead: for all that were
 * committed until it began. Whatever else is written keeps to FULL.
 *
 * The log is moved into the file by another thread, and begins anew once all of it has been. With one commit after the
 * other that never happens, until a commit has to move the whole of it: from `manyPages` on, transactions wait a moment.
 *
 * @param raw in WAL mode
 * @param toDisk resolves once everything written to the file is on the disk
 * @returns null where its log cannot be opened: everything stays as it is
 */
export function createDurable(
  raw: RawDatabase,
  path: string,
  aside: Aside,
  toDisk: (file: number) => Promise<void> = promisify(fdatasync),
  manyPages = LOG_PAGES_MANY,
): Durable | null {
  let log: number;
  try {
    log = openSync(`${realpathSync(path)}-wal`, 'r+');
  } catch {
    return null;
  }
  raw.pragma(`wal_autocheckpoint = ${LOG_PAGES_MOST}`);
  let isRelaxed = false;
  let isOnlyInLog = false;
  let isAskedFor: boolean | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isDue = false;
  let held: Promise<void> | null = null;
  const relax = () => {
    // One who has asked for less before the first transaction waits for nothing.
    isAskedFor ??= raw.pragma('synchronous', { simple: true }) === FULL;
    if (!isAskedFor) return;
    raw.exec('PRAGMA synchronous = NORMAL');
    isRelaxed = true;
    isOnlyInLog = true;
  };
  const restore = () => {
    if (!isRelaxed || raw.inTransaction) return;
    raw.exec('PRAGMA synchronous = FULL');
    isRelaxed = false;
  };
  // Never waits for anybody, and nobody for it; what it could not move is left to the next time.
  const move = (begins?: () => void) =>
    aside.run<{ log: number }>('PRAGMA wal_checkpoint(PASSIVE)', [], begins);
  const moveLog = async () => {
    const size = await statusOf(log).then(
      (status) => status.size,
      // Closed meanwhile: SQLite has moved it itself.
      () => 0,
    );
    if (size < LOG_BYTES) return;
    const [moved] = (await move()) ?? [];
    if (!moved || moved.log < manyPages) return;
    // Once more, for what came meanwhile: then little is left that anybody has to wait for.
    await move();
    const rest = Promise.withResolvers<void>();
    try {
      await move(() => (held = rest.promise));
    } finally {
      held = null;
      rest.resolve();
    }
  };
  // Also after the last of many: the log is not to stay large until somebody writes again.
  const moveLater = () => {
    isDue = true;
    timer ??= setTimeout(async () => {
      isDue = false;
      await moveLog();
      timer = undefined;
      if (isDue) moveLater();
    }, CHECKPOINT_EVERY_MS).unref();
  };
  const sync = sharing(async () => {
    await toDisk(log);
    moveLater();
  });
  return {
    database: {
      get inTransaction() {
        return raw.inTransaction;
      },
      prepare(sql) {
        const statement = raw.prepare(sql);
        if (sql === 'begin immediate') return around(statement, relax, restore);
        if (sql === 'commit' || sql === 'rollback') return around(statement, () => undefined, restore);
        return statement;
      },
      close: () => void raw.close(),
    },
    settle() {
      // SQLite rolls back by itself, too: on a full disk.
      restore();
      if (!isOnlyInLog) return null;
      isOnlyInLog = false;
      return sync();
    },
    held: () => held,
    async close() {
      await sync().catch(() => undefined);
      clearTimeout(timer);
      closeSync(log);
    },
  };
}

function around(statement: SqliteStatement, before: () => void, after: () => void): SqliteStatement {
  return {
    reader: false,
    all: () => [],
    iterate: () => [][Symbol.iterator](),
    run(parameters) {
      before();
      try {
        return statement.run(parameters);
      } finally {
        after();
      }
    },
  };
}

/** While `work` runs, further calls wait together for one that begins after it: what came later is not in the first. */
export function sharing(work: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | null = null;
  let following: Promise<void> | null = null;
  const begin = () => (current = work().finally(() => (current = null)));
  return () => {
    if (!current) return begin();
    following ??= current
      .catch(() => undefined)
      .then(() => {
        following = null;
        return begin();
      });
    return following;
  };
}
