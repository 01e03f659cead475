import type { SqliteDatabase, SqliteStatement } from 'kysely';
import { withStablePlan } from './stable-plan.ts';

/** What the cache needs of the driver. */
export interface PreparingDatabase extends SqliteDatabase {
  readonly inTransaction: boolean;
}

/**
 * Keeps prepared statements in front of the driver, by their text: Kysely prepares anew at every call,
 * which costs more than a short query itself. The statement unused for longest goes first. SQLite is kept
 * from planning them anew, too (`stable-plan.ts`).
 *
 * Two commands are read differently from how Kysely says them: every transaction takes the write lock when
 * it begins, so that none fails half-way because another process wrote; and rolling back what SQLite has
 * rolled back by itself (a full disk) does nothing, so that the first error is the one that is seen.
 */
export class StatementCache implements SqliteDatabase {
  readonly #database: PreparingDatabase;
  readonly #capacity: number;
  readonly #statements = new Map<string, SqliteStatement>();

  /** @param capacity statements kept at most */
  constructor(database: PreparingDatabase, capacity = 1000) {
    this.#database = database;
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#statements.size;
  }

  get inTransaction(): boolean {
    return this.#database.inTransaction;
  }

  /** @param copy tells statements of the same text apart that are read from at the same time */
  prepare(sql: string, copy = 0): SqliteStatement {
    if (sql === 'begin') return this.#cached('begin immediate');
    if (sql === 'rollback' && !this.#database.inTransaction) return NOTHING;
    return copy === 0 ? this.#cached(sql) : this.#cached(sql, `${copy} ${sql}`);
  }

  close(): void {
    this.#statements.clear();
    this.#database.close();
  }

  #cached(sql: string, key = sql): SqliteStatement {
    const known = this.#statements.get(key);
    if (known) {
      // Which one has been unused for longest matters only where one may have to go.
      if (this.#statements.size > this.#capacity / 2) {
        this.#statements.delete(key);
        this.#statements.set(key, known);
      }
      return known;
    }
    const statement = this.#database.prepare(withStablePlan(sql));
    this.#statements.set(key, statement);
    if (this.#statements.size > this.#capacity) {
      const [oldest] = this.#statements.keys();
      if (oldest !== undefined) this.#statements.delete(oldest);
    }
    return statement;
  }
}

const NOTHING: SqliteStatement = {
  reader: false,
  all: () => [],
  run: () => ({ changes: 0, lastInsertRowid: 0 }),
  iterate: () => [][Symbol.iterator](),
};
