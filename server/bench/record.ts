import type { RawDatabase } from '../db/open.ts';

/** A statement as the driver got it. */
export interface Executed {
  sql: string;
  parameters: readonly unknown[];
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
          if (RUNS.has(String(name))) executed.push({ sql, parameters: given.flat() });
          const answer: unknown = value.apply(target, given);
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

/** Whether it only reads, so that it can be run again. */
export function isReading({ sql }: Executed): boolean {
  return /^\s*(select|with)\b/i.test(sql);
}
