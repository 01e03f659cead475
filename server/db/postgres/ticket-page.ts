import { selectFrom, wrap, type Fragment } from '../fragment.ts';
import { following, keysOf, ordered, remainingPriorities, type PageRequest } from '../ticket-order.ts';
import { ALL_VALUES, FILTERS, isOwn, type Filter, type TicketScope } from '../ticket-filter.ts';
import { scopeConditions } from './ticket-filter.ts';

/**
 * The statement that yields a page's ids in order. Where tickets are filtered by status, priority and category, each
 * combination is read along its own index, in the wanted order, as far as the page could need; then the few are
 * merged. A requester's own tickets are few enough to be sorted, and whether a search goes by its index or along the
 * order until the page is full is up to the planner, who knows how common words are.
 */
export function postgresPage(request: PageRequest): Fragment {
  const { scope, sort, after, limit } = request;
  const isSorted = scope.requesterId !== undefined || (scope.assigneeId !== undefined && scope.search);
  const walked = isSorted ? [] : walkedBy(request);
  if (walked.length === 0) {
    return ordered(select(request, [...valuesIn(scope), following(sort, after)]), sort, limit);
  }
  const from = walked.map(({ name }) => `unnest(?::TEXT[]) AS ${name} (value)`).join(' CROSS JOIN ');
  const equal = walked.map(({ name }) => ({ sql: `tickets.${name} = ${name}.value`, parameters: [] }));
  const parts = select(request, [...equal, behind(request)]);
  const each = ordered(parts, sort === 'priority' ? 'newest' : sort, limit);
  return ordered(
    wrap(
      `SELECT part.* FROM ${from} CROSS JOIN LATERAL (`,
      { sql: each.sql, parameters: [...walked.map(({ values }) => values), ...each.parameters] },
      ') AS part',
    ),
    sort,
    limit,
  );
}

/**
 * By priority is by each priority in turn: no index has them in the order of their urgency. Where an index has more
 * columns than are filtered by, each of their values is a part.
 */
function walkedBy({ scope, sort, after }: PageRequest): Array<{ name: string; values: readonly string[] }> {
  const { status, category } = scope;
  const priority = sort === 'priority' ? remainingPriorities(scope.priority, after) : scope.priority;
  const given = { status, priority, category };
  // An index of assignees has no order that PostgreSQL knows of where there is none: nobody's are checked on the way.
  const whose = { ...scope, assigneeId: scope.assigneeId ?? undefined };
  return indexedBy({ ...whose, ...given }, sort === 'updated').map((name) => ({
    name,
    values: given[name] ?? ALL_VALUES[name],
  }));
}

/** By which columns the index is that has each combination of their values in the order of the page. */
function indexedBy(scope: TicketScope, byUpdate: boolean): readonly Filter[] {
  const filters = FILTERS.filter((name) => scope[name] !== undefined);
  if (!isOwn(scope)) return byUpdate && filters.length === 2 ? FILTERS : filters;
  // An assignee's are by status at least.
  return scope.priority === undefined && scope.category === undefined ? ['status'] : FILTERS;
}

/** Where each part begins. By priority, the one that the last page ended in goes on; the others are whole. */
function behind({ sort, after }: PageRequest): Fragment | null {
  if (sort !== 'priority' || !after) return following(sort, after);
  return {
    sql: 'tickets.id < CASE priority.value WHEN ? THEN ?::BIGINT ELSE 9223372036854775807 END',
    parameters: [after.priority, after.id],
  };
}

function valuesIn(scope: TicketScope): Fragment[] {
  return (['status', 'priority', 'category'] as const).flatMap((name) => {
    const values = scope[name];
    return values ? [{ sql: `tickets.${name} = ANY (?::TEXT[])`, parameters: [values] }] : [];
  });
}

function select({ scope, sort }: PageRequest, more: Array<Fragment | null>): Fragment {
  return selectFrom(keysOf(sort), 'tickets', [...scopeConditions(scope), ...more]);
}

/** The page's rows of `tickets`, with their place in it. */
export function inOrder(page: Fragment): Fragment {
  return wrap(
    'unnest(ARRAY(SELECT listed.id FROM (',
    page,
    ') AS listed)) WITH ORDINALITY AS page (id, place) INNER JOIN tickets AS t ON t.id = page.id',
  );
}
