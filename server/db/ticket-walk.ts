import type { Fragment } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import { chooseExact, chooseWalk, rangesOf, type Choice } from './ticket-choice.ts';
import {
  ALL_VALUES,
  indexWalked,
  isOwn,
  ownCondition,
  searchCondition,
  type TicketScope,
} from './ticket-filter.ts';
import {
  idOrUpdated,
  remainingPriorities,
  type IdOrUpdated,
  type PageRequest,
  type Placed,
  type Reading,
} from './ticket-order.ts';
import { readOwnFew } from './ticket-own.ts';
import { readStreams, type Test, type Walk } from './ticket-streams.ts';

/** A page, or what is of one priority in it: in an order that indexes have. */
interface Part {
  scope: TicketScope;
  sort: IdOrUpdated;
  after?: Placed;
}

/** Of somebody's own tickets: where these are few, to sort them is less than to look into more ranges than this. */
const FEW_RANGES = 5;

/** The page, read along indexes that have its order. */
export function readWalks<T extends Placed>(
  connection: StatementCache,
  request: PageRequest,
  reading: Reading<T>,
): T[] {
  const { scope, sort, limit } = request;
  const parts = partsOf(request);
  if (isOwn(scope)) {
    const ranges = parts.reduce((sum, part) => sum + rangesOf(part.scope, sort === 'updated'), 0);
    const few = ranges > FEW_RANGES ? readOwnFew(connection, request, reading) : null;
    if (few) return few;
  }
  const found: T[] = [];
  for (const part of parts) {
    found.push(...readPart(connection, part, limit - found.length, reading));
    if (found.length >= limit) break;
  }
  return found;
}

/** By priority, each has a part of its own, one after the other. */
function partsOf({ scope, sort, after }: PageRequest): Part[] {
  if (sort !== 'priority') return [{ scope, sort, after }];
  return remainingPriorities(scope.priority, after).map((priority) => ({
    scope: { ...scope, priority: [priority] },
    sort: idOrUpdated(sort),
    ...(priority === after?.priority && { after }),
  }));
}

function readPart<T extends Placed>(
  connection: StatementCache,
  part: Part,
  limit: number,
  reading: Reading<T>,
): T[] {
  const { scope, sort } = part;
  const byUpdate = sort === 'updated';
  const walk = walkFor(connection, part, chooseWalk(connection, scope, byUpdate, limit));
  const found = readStreams(connection, [walk], sort, limit, reading);
  if ((walk.accepts?.patience?.left ?? 0) >= 0) return found;
  // What is filtered by is rare just here: where it broke off, go on where there is nothing else.
  const rest = walkFor(
    connection,
    { ...part, after: found.at(-1) ?? part.after },
    chooseExact(scope, byUpdate),
  );
  return [...found, ...readStreams(connection, [rest], sort, limit - found.length, reading)];
}

/** A walk has a range for each combination of the values that its index has first. */
function walkFor(
  connection: StatementCache,
  { scope, sort, after }: Part,
  { filters, others, patience }: Choice,
): Walk {
  const values = filters.reduce<string[][]>(
    (combinations, name) =>
      combinations.flatMap((values) => (scope[name] ?? ALL_VALUES[name]).map((value) => [...values, value])),
    [[]],
  );
  return {
    from: `tickets ${indexWalked(scope, filters, sort === 'updated')}`,
    where: [ownCondition(scope), searchCondition(scope.search)],
    ...(after && { inTurn: beginnings(connection, sort, after) }),
    ...(filters.length > 0 && {
      ranges: { sql: filters.map((name) => `tickets.${name} = ?`).join(' AND '), values },
    }),
    ...(others.length > 0 && { accepts: testOf(scope, others, patience) }),
  };
}

/**
 * Where each range begins. By last change, first come the others of the very time of the ticket that the last page ended
 * with, if there are any: asked for as a pair, each ticket of the page would be compared with both.
 */
function beginnings(connection: StatementCache, sort: IdOrUpdated, { id, updatedAt }: Placed): Fragment[] {
  if (sort !== 'updated') return [{ sql: `tickets.id ${sort === 'newest' ? '<' : '>'} ?`, parameters: [id] }];
  const earlier = { sql: 'tickets.updated_at < ?', parameters: [updatedAt] };
  const same = { sql: 'tickets.updated_at = ? AND tickets.id < ?', parameters: [updatedAt, id] };
  const others = connection.prepare(
    `SELECT 1 FROM tickets INDEXED BY tickets_updated WHERE ${same.sql} LIMIT 1`,
  );
  return others.all(same.parameters).length === 0 ? [earlier] : [same, earlier];
}

function testOf(scope: TicketScope, others: Choice['others'], patience: number): Test {
  return {
    columns: others.map((name) => `tickets.${name} AS ${name}`).join(', '),
    test: (row: Record<string, string>) =>
      others.every((name) => (scope[name] as readonly string[]).includes(row[name]!)),
    patience: { left: patience },
  };
}
