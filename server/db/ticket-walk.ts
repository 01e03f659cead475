import type { Priority } from '../contract/vocabulary.ts';
import { join, selectFrom, wrap, type Fragment } from './fragment.ts';
import {
  assigneeCondition,
  indexOn,
  searchCondition,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';
import {
  following,
  keysOf,
  ordered,
  remainingPriorities,
  type Along,
  type PageRequest,
} from './ticket-order.ts';

/** No ticket has this number. */
const NOWHERE: Fragment = { sql: 'tickets.id = 0', parameters: [] };

/**
 * Along indexes that are in the wanted order already: the walk ends with the page. What no index knows is
 * checked on the way.
 *
 * @param along what else each ticket is asked for, on the way too
 */
export function walk(request: PageRequest, along?: Along): Fragment {
  const { scope, sort, after, limit } = request;
  if (sort !== 'priority') return merge(request, scope.priority, following(sort, after), along);
  // One priority after the other: SQLite takes the parts of a UNION ALL in turn, and merging them by a
  // constant would sort them.
  const groups = remainingPriorities(scope.priority, after).map((priority) => {
    const from = priority === after?.priority ? following('newest', after) : null;
    return wrap('SELECT * FROM (', merge({ ...request, sort: 'newest' }, [priority], from, along), ')');
  });
  if (groups.length === 0) return select(request, 'tickets NOT INDEXED', [NOWHERE], along);
  const { sql, parameters } = join(groups, ' UNION ALL ');
  return { sql: `${sql} LIMIT ?`, parameters: [...parameters, limit] };
}

/** One walk for each combination of the values filtered by, merged as they are read. */
function merge(
  request: PageRequest,
  priorities: readonly Priority[] | undefined,
  from: Fragment | null,
  along: Along | undefined,
): Fragment {
  const { scope, sort, limit } = request;
  const order = sort === 'updated' ? 'updated_at' : 'id';
  const parts = partsOf(scope, priorities).map((values) => {
    const index =
      scope.assigneeId === undefined
        ? indexOn(values, order)
        : `INDEXED BY tickets_assignee${order === 'id' ? '' : '_updated'}`;
    const found = [assigneeCondition(scope), ...valueConditions(values), from, searchCondition(scope.search)];
    return { from: `tickets ${index}`, where: found };
  });
  const isMerged = parts.length > 1;
  const statements = parts.map((part) => select(request, part.from, part.where, along, isMerged));
  return ordered(join(statements, ' UNION ALL '), sort, limit);
}

/** What is walked along one after the other: an assignee's tickets have one order, whatever the filters. */
function partsOf(scope: TicketScope, priorities: readonly Priority[] | undefined): TicketScope[] {
  const { status: statuses, category: categories } = scope;
  if (scope.assigneeId !== undefined) {
    return [{ status: statuses, priority: priorities, category: categories }];
  }
  return (statuses ?? [undefined]).flatMap((status) =>
    (priorities ?? [undefined]).flatMap((priority) =>
      (categories ?? [undefined]).map((category) => ({
        status: only(status),
        priority: only(priority),
        category: only(category),
      })),
    ),
  );
}

/**
 * A page, or a part of one.
 *
 * @param isMerged others are merged with it, by their ids and what they are ordered by: these are selected, too
 */
export function select(
  { sort }: PageRequest,
  from: string,
  where: Array<Fragment | null>,
  along?: Along,
  isMerged = false,
): Fragment {
  if (!along) return selectFrom(keysOf(sort), from, where);
  const columns = isMerged ? `${keysOf(sort)}, ${along.columns}` : along.columns;
  return selectFrom(columns, wrap(`${from} `, along.join, ''), where);
}

function only<T>(value: T | undefined): T[] | undefined {
  return value === undefined ? undefined : [value];
}
