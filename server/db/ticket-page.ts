import type { Db } from '../deps.ts';
import { isPostgres } from './dialect.ts';
import { wrap, type Fragment } from './fragment.ts';
import { postgresPage } from './postgres/ticket-page.ts';
import { estimate } from './ticket-estimate.ts';
import { assigneeCondition, FEW, indexOn, searchCondition, valueConditions } from './ticket-filter.ts';
import { following, ordered, type Along, type PageRequest } from './ticket-order.ts';
import { searchPage } from './ticket-search.ts';
import { select, walk } from './ticket-walk.ts';

/** How a page is found. */
interface Way {
  page(along?: Along): Fragment;
  /** The tickets are met in their order, and no more of them than the page has. */
  isInOrder: boolean;
}

/**
 * The statement that yields a page's ids in order, for use as a subquery. Which way is taken depends on
 * how many tickets there are to look at, so that neither a rare word, a rare filter nor a deep page makes
 * it read more than a few pages of the database.
 */
export async function ticketPage(db: Db, request: PageRequest): Promise<Fragment> {
  if (isPostgres(db)) return postgresPage(request);
  return (await chooseWay(db, request)).page();
}

/** The statement that yields a page with more of each ticket than its id: on the way where that costs nothing. */
export async function ticketPageWith(db: Db, request: PageRequest, along: Along): Promise<Fragment> {
  const { page, isInOrder } = await chooseWay(db, request);
  if (isInOrder) return page(along);
  // CROSS JOIN keeps the page outermost, and with it its order.
  const tickets = wrap('(', page(), ') AS page CROSS JOIN tickets ON tickets.id = page.id ');
  return {
    sql: `SELECT ${along.columns} FROM ${tickets.sql}${along.join.sql}`,
    parameters: [...tickets.parameters, ...along.join.parameters],
  };
}

async function chooseWay(db: Db, request: PageRequest): Promise<Way> {
  const { scope } = request;
  if (scope.requesterId !== undefined) return ofRequester(request, scope.requesterId);
  if (!scope.search && scope.assigneeId === undefined) return inOrder(request);
  const wanted = await estimate(db, scope);
  if (!scope.search)
    return (await isWorthWalking(db, request, wanted)) ? inOrder(request) : lookAtEach(request);
  if (wanted <= FEW) return lookAtEach(request);
  const found = await searchPage(db, request, scope.search);
  return { page: () => found, isInOrder: false };
}

/**
 * Whether an assignee's page is full sooner along all of their tickets than all that are wanted are sorted. By how
 * many there are of both: a ticket that is sorted is twice the work of one that is passed by.
 */
async function isWorthWalking(db: Db, { scope, sort, limit }: PageRequest, wanted: number): Promise<boolean> {
  if (wanted > FEW) return true;
  // Each priority would be looked for among all of them.
  if (sort === 'priority') return false;
  const all = await estimate(db, { assigneeId: scope.assigneeId });
  const passed = Math.min(all, (limit * all) / Math.max(wanted, 1));
  return all <= 10 * FEW && passed < 2 * wanted;
}

function inOrder(request: PageRequest): Way {
  return { page: (along) => walk(request, along), isInOrder: true };
}

/** A client's tickets are few: their own order serves two sorts, the others sort what matches. */
function ofRequester(request: PageRequest, requesterId: number): Way {
  const isInOrder = request.sort === 'newest' || request.sort === 'oldest';
  const own: Fragment = { sql: 'tickets.requester_id = ?', parameters: [requesterId] };
  const index = isInOrder ? 'tickets_requester' : 'tickets_requester_status';
  const where = [own, assigneeCondition(request.scope), ...valueConditions(request.scope)];
  return { page: (along) => looked(request, `INDEXED BY ${index}`, where, along), isInOrder };
}

/** Every ticket that the filters leave, by the index that leads to them, then sorted. */
function lookAtEach(request: PageRequest): Way {
  const { scope } = request;
  const index = scope.assigneeId === undefined ? indexOn(scope, 'id') : 'INDEXED BY tickets_assignee_status';
  const where = [assigneeCondition(scope), ...valueConditions(scope)];
  return { page: (along) => looked(request, index, where, along), isInOrder: false };
}

function looked(
  request: PageRequest,
  index: string,
  where: Array<Fragment | null>,
  along: Along | undefined,
): Fragment {
  const { scope, sort, after, limit } = request;
  const conditions = [...where, searchCondition(scope.search), following(sort, after)];
  return ordered(select(request, `tickets ${index}`, conditions, along), sort, limit);
}
