import type { RawDatabase } from '../db/open.ts';

/** A statement as the driver got it. */
export interface Executed {
  sql: string;
  parameters: readonly unknown[];
  /** Of one that was read row by row, and not to its end: after how many rows it was left. */
  rows?: number;
}

const RUNS = new Set(['all', 'get', 'run', 'iterate']);
const SETS = new Set(['pluck', 'raw', 'expand', 'safeIntegers']);

/**
 * Takes down what is run on a database from now on, whichever way it is asked for. Statements that were prepared
 * before are not seen: call it right after opening.
 *
 * @returns hands over what has been run since the last call
 */
export function recordStatements(raw: RawDatabase): () => Executed[] {
  let executed: Executed[] = [];
  const prepare = raw.prepare.bind(raw) as (sql: string) => object;
  const watched = (sql: string) => {
    const statement = prepare(sql);
    const proxy: object = new Proxy(statement, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name, target);
        if (typeof value !== 'function') return value;
        return (...given: unknown[]) => {
          const run: Executed = { sql, parameters: given.flat() };
          if (RUNS.has(String(name))) executed.push(run);
          const answer: unknown = value.apply(target, given);
          if (name === 'iterate') return countRows(answer as Iterable<unknown>, run);
          return SETS.has(String(name)) ? proxy : answer;
        };
      },
    });
    return proxy;
  };
  raw.prepare = watched as unknown as RawDatabase['prepare'];
  return () => {
    const taken = executed;
    executed = [];
    return taken;
  };
}

function* countRows(rows: Iterable<unknown>, run: Executed): Generator {
  run.rows = 0;
  for (const row of rows) {
    run.rows += 1;
    yield row;
  }
  delete run.rows;
}

/** Whether it only reads, so that it can be run again. */
export function isReading({ sql }: Executed): boolean {
  return /^\s*(select|with)\b/i.test(sql);
}
