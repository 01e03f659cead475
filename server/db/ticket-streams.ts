import type { SqliteStatement } from 'kysely';
import { selectFrom, type Fragment } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import { byIds } from './ticket-found.ts';
import {
  compareIn,
  keyReading,
  orderOf,
  type IdOrUpdated,
  type Placed,
  type Reading,
} from './ticket-order.ts';

/** Tickets in the order of the page: a statement, which may be run several times, each time with other values. */
export interface Walk {
  /** Begins with `tickets`, or with what leads to them. */
  from: string;
  where: ReadonlyArray<Fragment | null>;
  /** What it is run with: `sql` is a condition on these values. Without, it is run once. */
  ranges?: { sql: string; values: ReadonlyArray<readonly unknown[]> };
  /** The ranges follow each other in the order of the page: one is read after the other, not side by side. */
  isInTurn?: true;
  /** What it is in the order of, where that is not the ticket's own id. */
  id?: string;
  /** What each ticket is looked at for after it has been read. */
  accepts?: { column: string; test: (value: string) => boolean };
}

/** Up to so many walks side by side, all that is wanted of a ticket is read on the way; of more, for the page alone. */
const FEW_WALKS = 12;

/**
 * The first tickets of several walks together, in order. Each walk is read only as far as the page needs it: what is
 * read is the page, and one ticket for each range. A ticket that several walks meet comes once.
 */
export function readStreams<T extends Placed>(
  connection: StatementCache,
  walks: readonly Walk[],
  sort: IdOrUpdated,
  limit: number,
  reading: Reading<T>,
): T[] {
  const [first] = walks;
  if (!first) return [];
  const count = walks.reduce((sum, walk) => sum + countOf(walk), 0);
  if (count === 1 && !first.isInTurn && !first.accepts) {
    const { sql, runs } = prepare(first, sort, reading);
    return readAll(connection.prepare(`${sql} LIMIT ?`), [...runs[0]!, limit], reading);
  }
  if (count <= FEW_WALKS) return merge(connection, walks, sort, limit, reading);
  const keys = merge(connection, walks, sort, limit, keyReading(sort));
  const { sql, parameters } = byIds(keys, reading);
  return readAll(connection.prepare(sql), parameters, reading);
}

export function readAll<T extends Placed>(
  statement: SqliteStatement,
  parameters: readonly unknown[],
  { read }: Reading<T>,
): T[] {
  return statement.all(parameters).map((row) => read(row as never));
}

/** How many streams it is. */
export function countOf({ ranges, isInTurn }: Walk): number {
  return isInTurn || !ranges ? 1 : ranges.values.length;
}

function merge<T extends Placed>(
  connection: StatementCache,
  walks: readonly Walk[],
  sort: IdOrUpdated,
  limit: number,
  reading: Reading<T>,
): T[] {
  const streams = walks.flatMap((walk) => {
    const { sql, runs } = prepare(walk, sort, reading);
    const test = walk.accepts?.test;
    if (walk.isInTurn) return [read(connection.prepare(sql), runs, reading, test)];
    return runs.map((run, copy) => read(connection.prepare(sql, copy), [run], reading, test));
  });
  return takeFirst(streams, compareIn(sort), limit);
}

/** The statement without a limit, and the parameters of each of its runs. */
function prepare<T extends Placed>(
  { from, where, ranges, id, accepts }: Walk,
  sort: IdOrUpdated,
  { columns }: Reading<T>,
): { sql: string; runs: unknown[][] } {
  const range = ranges && { sql: ranges.sql, parameters: [] };
  const selected = accepts ? `${columns}, ${accepts.column} AS tested` : columns;
  const { sql, parameters } = selectFrom(selected, from, [...where, range ?? null]);
  const runs = (ranges?.values ?? [[]]).map((values) => [...parameters, ...values]);
  return { sql: sql + orderOf(sort, id), runs };
}

function* read<T extends Placed>(
  statement: SqliteStatement,
  runs: ReadonlyArray<readonly unknown[]>,
  reading: Reading<T>,
  test?: (value: string) => boolean,
): Generator<T, undefined> {
  for (const run of runs) {
    for (const row of statement.iterate(run)) {
      if (!test || test((row as { tested: string }).tested)) yield reading.read(row as never);
    }
  }
}

function takeFirst<T extends Placed>(
  streams: ReadonlyArray<Generator<T, undefined>>,
  compare: (a: Placed, b: Placed) => number,
  limit: number,
): T[] {
  const found: T[] = [];
  try {
    const heads = streams.flatMap((stream) => {
      const { value } = stream.next();
      return value ? [{ stream, value }] : [];
    });
    while (heads.length > 0) {
      const first = heads.reduce((a, b) => (compare(b.value, a.value) < 0 ? b : a));
      if (found.at(-1)?.id !== first.value.id) found.push(first.value);
      if (found.length === limit) break;
      const { value } = first.stream.next();
      if (value) first.value = value;
      else heads.splice(heads.indexOf(first), 1);
    }
    return found;
  } finally {
    // A statement that is left open keeps the database from being written.
    for (const stream of streams) stream.return(undefined);
  }
}
