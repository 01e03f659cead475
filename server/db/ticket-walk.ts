import type { Priority } from '../contract/vocabulary.ts';
import type { Fragment } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import {
  ALL_VALUES,
  filtersWalked,
  indexWalked,
  isOwn,
  ownCondition,
  searchCondition,
} from './ticket-filter.ts';
import {
  following,
  idOrUpdated,
  remainingPriorities,
  type PageRequest,
  type Placed,
  type Reading,
} from './ticket-order.ts';
import { readOwnFew } from './ticket-own.ts';
import { countOf, readStreams, type Walk } from './ticket-streams.ts';

/** Of somebody's own tickets: where these are few, to sort them is less than to look into more ranges than this. */
const FEW_RANGES = 5;

/** The page, read along indexes that have its order. */
export function readWalks<T extends Placed>(
  connection: StatementCache,
  request: PageRequest,
  reading: Reading<T>,
): T[] {
  const { scope, sort, limit } = request;
  const walks = walksFor(request);
  // A search among somebody's many tickets would look at all of them for that.
  const mayBeFew = scope.requesterId !== undefined || (isOwn(scope) && !scope.search);
  if (mayBeFew && walks.reduce((sum, walk) => sum + countOf(walk), 0) > FEW_RANGES) {
    const few = readOwnFew(connection, request, reading);
    if (few) return few;
  }
  const found: T[] = [];
  for (const walk of walks) {
    found.push(...readStreams(connection, [walk], idOrUpdated(sort), limit - found.length, reading));
    if (found.length >= limit) break;
  }
  return found;
}

/**
 * Walks along indexes that are in the wanted order already, one after the other: by priority, each has its own. A walk
 * has a range for each combination of the values filtered by. What no index knows is checked on the way.
 */
function walksFor(request: PageRequest): Walk[] {
  const { scope, sort, after } = request;
  if (sort !== 'priority') return [walkAlong(request, scope.priority, following(sort, after))];
  return remainingPriorities(scope.priority, after).map((priority) => {
    const from = priority === after?.priority ? following('newest', after) : null;
    return walkAlong(request, [priority], from);
  });
}

function walkAlong(
  { scope, sort }: PageRequest,
  priorities: readonly Priority[] | undefined,
  from: Fragment | null,
): Walk {
  const given = { status: scope.status, priority: priorities, category: scope.category };
  const byUpdate = sort === 'updated';
  const filters = filtersWalked(scope, given, byUpdate);
  const where = [ownCondition(scope), from, searchCondition(scope.search)];
  const values = filters.reduce<string[][]>(
    (combinations, name) =>
      combinations.flatMap((values) => (given[name] ?? ALL_VALUES[name]).map((value) => [...values, value])),
    [[]],
  );
  return {
    from: `tickets ${indexWalked(scope, filters, byUpdate)}`,
    where,
    ...(filters.length > 0 && {
      ranges: { sql: filters.map((name) => `tickets.${name} = ?`).join(' AND '), values },
    }),
  };
}
