import type { Db } from '../deps.ts';
import { selectFrom, type Fragment } from './fragment.ts';
import { countInScope } from './ticket-counts.ts';
import { assigneeCondition, FEW, indexOn, searchCondition, valueConditions } from './ticket-filter.ts';
import { following, keysOf, ordered, type PageRequest } from './ticket-order.ts';
import { searchPage } from './ticket-search.ts';
import { walk } from './ticket-walk.ts';

/**
 * The statement that yields a page's ids in order, for use as a subquery. Which way is taken depends on
 * how many tickets there are to look at, so that neither a rare word, a rare filter nor a deep page makes
 * it read more than a few pages of the database.
 */
export async function ticketPage(db: Db, request: PageRequest): Promise<Fragment> {
  const { scope } = request;
  if (scope.requesterId !== undefined) return ofRequester(request, scope.requesterId);
  if (!scope.search && scope.assigneeId === undefined) return walk(request);
  if ((await countInScope(db, scope)) <= FEW) return lookAtEach(request);
  if (!scope.search) return walk(request);
  return searchPage(db, request, scope.search);
}

/** A client's tickets are few: their own order serves two sorts, the others sort what matches. */
function ofRequester(request: PageRequest, requesterId: number): Fragment {
  const inIdOrder = request.sort === 'newest' || request.sort === 'oldest';
  const own: Fragment = { sql: 'tickets.requester_id = ?', parameters: [requesterId] };
  return select(request, {
    from: `tickets INDEXED BY ${inIdOrder ? 'tickets_requester' : 'tickets_requester_status'}`,
    where: [own, assigneeCondition(request.scope), ...valueConditions(request.scope)],
  });
}

/** Every ticket that the filters leave, by the index that leads to them, then sorted. */
function lookAtEach(request: PageRequest): Fragment {
  const { scope } = request;
  const index = scope.assigneeId === undefined ? indexOn(scope, 'id') : 'INDEXED BY tickets_assignee_status';
  return select(request, {
    from: `tickets ${index}`,
    where: [assigneeCondition(scope), ...valueConditions(scope)],
  });
}

function select(
  { scope, sort, after, limit }: PageRequest,
  source: { from: string; where: Array<Fragment | null> },
): Fragment {
  const where = [...source.where, searchCondition(scope.search), following(sort, after)];
  return ordered(selectFrom(keysOf(sort), source.from, where), sort, limit);
}
