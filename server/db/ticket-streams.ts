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
  /** What it is run with, side by side: `sql` is a condition on these values. Without, it is run once. */
  ranges?: { sql: string; values: ReadonlyArray<readonly unknown[]> };
  /** Conditions that follow each other in the order of the page: one is read after the other, in each of the ranges. */
  inTurn?: readonly Fragment[];
  /** What it is in the order of, where that is not the ticket's own id. */
  id?: string;
  /** What each ticket is looked at for after it has been read. */
  accepts?: Test;
}

export interface Test {
  /** Read for this, besides. */
  columns: string;
  test: (row: never) => boolean;
  /** How often it may say no: below zero, the walk was given up and what was found is only a beginning. */
  patience?: { left: number };
}

/** Up to so many walks side by side, all that is wanted of a ticket is read on the way; of more, for the page alone. */
export const FEW_WALKS = 12;

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
  if (count === 1 && !first.accepts) return readOne(connection, first, sort, limit, reading);
  if (count <= FEW_WALKS || walks.some(({ accepts }) => accepts?.patience)) {
    return merge(connection, walks, sort, limit, reading);
  }
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
export function countOf({ ranges }: Walk): number {
  return ranges ? ranges.values.length : 1;
}

function readOne<T extends Placed>(
  connection: StatementCache,
  walk: Walk,
  sort: IdOrUpdated,
  limit: number,
  reading: Reading<T>,
): T[] {
  const found: T[] = [];
  for (const { sql, parameters } of prepare(walk, sort, reading)[0]!) {
    const statement = connection.prepare(`${sql} LIMIT ?`);
    found.push(...readAll(statement, [...parameters, limit - found.length], reading));
    if (found.length >= limit) break;
  }
  return found;
}

function merge<T extends Placed>(
  connection: StatementCache,
  walks: readonly Walk[],
  sort: IdOrUpdated,
  limit: number,
  reading: Reading<T>,
): T[] {
  const streams = walks.flatMap((walk) =>
    prepare(walk, sort, reading).map((runs, copy) => read(connection, runs, copy, reading, walk.accepts)),
  );
  const isOver = () => walks.some(({ accepts }) => (accepts?.patience?.left ?? 0) < 0);
  return takeFirst(streams, compareIn(sort), limit, isOver);
}

/** For each stream the statements without a limit that are run for it in turn. */
function prepare<T extends Placed>(
  { from, where, ranges, inTurn, id, accepts }: Walk,
  sort: IdOrUpdated,
  { columns }: Reading<T>,
): Fragment[][] {
  const selected = accepts ? `${columns}, ${accepts.columns}` : columns;
  const range = ranges && { sql: ranges.sql, parameters: [] };
  const statements = (inTurn ?? [null]).map((turn) => {
    const { sql, parameters } = selectFrom(selected, from, [...where, turn, range ?? null]);
    return { sql: sql + orderOf(sort, id), parameters };
  });
  return (ranges?.values ?? [[]]).map((values) =>
    statements.map(({ sql, parameters }) => ({ sql, parameters: [...parameters, ...values] })),
  );
}

/** @param copy tells those of the same text apart that are read from side by side */
function* read<T extends Placed>(
  connection: StatementCache,
  runs: readonly Fragment[],
  copy: number,
  reading: Reading<T>,
  accepts?: Test,
): Generator<T, undefined> {
  for (const { sql, parameters } of runs) {
    for (const row of connection.prepare(sql, copy).iterate(parameters)) {
      if (!accepts || accepts.test(row as never)) yield reading.read(row as never);
      else if (accepts.patience && --accepts.patience.left < 0) return;
    }
  }
}

function takeFirst<T extends Placed>(
  streams: ReadonlyArray<Generator<T, undefined>>,
  compare: (a: Placed, b: Placed) => number,
  limit: number,
  isOver: () => boolean,
): T[] {
  const found: T[] = [];
  try {
    const heads = streams.flatMap((stream) => {
      const { value } = stream.next();
      return value ? [{ stream, value }] : [];
    });
    while (heads.length > 0 && !isOver()) {
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
