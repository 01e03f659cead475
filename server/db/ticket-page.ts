import type { Priority, Sort } from '../contract/vocabulary.ts';
import type { Db } from '../deps.ts';
import { join, query, wrap, type Fragment } from './fragment.ts';
import type { Search } from './search.ts';
import { countInScope } from './ticket-counts.ts';
import {
  assigneeCondition,
  FEW,
  indexOn,
  numberCondition,
  searchCondition,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';
import {
  following,
  followingWithin,
  KEYS,
  keysOf,
  orderBy,
  remainingPriorities,
  type PagePosition,
} from './ticket-order.ts';

export interface PageRequest {
  /** As `normaliseScope` leaves it. */
  scope: TicketScope;
  sort: Sort;
  after?: PagePosition;
  limit: number;
}

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

/**
 * Along indexes that are in the wanted order already, one for each combination of the values filtered by,
 * merged as they are read: the walk ends with the page. What no index knows is checked on the way.
 */
function walk(request: PageRequest): Fragment {
  const { scope, sort, after, limit } = request;
  const order = sort === 'updated' ? 'updated_at' : 'id';
  const priorities: Array<Priority | undefined> =
    sort === 'priority' ? remainingPriorities(scope.priority, after) : [...(scope.priority ?? [undefined])];
  const parts: Fragment[] = [];
  for (const priority of priorities) {
    for (const status of scope.status ?? [undefined]) {
      for (const category of scope.category ?? [undefined]) {
        const values = { status: only(status), priority: only(priority), category: only(category) };
        const where = [
          assigneeCondition(scope),
          ...valueConditions(values),
          searchCondition(scope.search),
          priority === undefined ? following(sort, after) : followingWithin(priority, sort, after),
        ];
        const index =
          scope.assigneeId === undefined
            ? indexOn(values, order)
            : `INDEXED BY tickets_assignee${order === 'id' ? '' : '_updated'}`;
        parts.push(part(keysOf(priority), `tickets ${index}`, where));
      }
    }
  }
  if (parts.length === 0) parts.push(part(KEYS, 'tickets', [{ sql: '0', parameters: [] }]));
  return limited(join(parts, ' UNION ALL '), sort, limit);
}

/**
 * In id order the full-text index is read from where the page begins until it is full. In any other order
 * few hits are sorted, and many are met soon on a walk along that order.
 */
async function searchPage(db: Db, request: PageRequest, search: Search): Promise<Fragment> {
  const { scope, sort, after, limit } = request;
  if (!search.index) return walk(request);
  const inIdOrder = sort === 'newest' || sort === 'oldest';
  if (!inIdOrder && !(await hasFewHits(db, search))) return walk(request);
  const where = [assigneeCondition(scope), ...valueConditions(scope), following(sort, after)];
  const hits = hitsOf(search.index, inIdOrder ? { sort, after } : null);
  const parts = [
    part(KEYS, `${search.index.table} AS hits CROSS JOIN tickets ON tickets.id = hits.rowid`, [
      hits,
      ...where,
      search.subject,
    ]),
    ...search.numbers.map((range) => part(KEYS, 'tickets NOT INDEXED', [numberCondition(range), ...where])),
  ];
  // UNION, not UNION ALL: a ticket can match by its number and by its subject.
  return limited(join(parts, ' UNION '), sort, limit);
}

/** Full-text search cannot use a bound on `tickets.id`: it is said of the index's own rowid. */
function hitsOf(
  index: NonNullable<Search['index']>,
  from: { sort: Sort; after: PagePosition | undefined } | null,
): Fragment {
  const match: Fragment = { sql: `hits.${index.table} MATCH ?`, parameters: [index.match] };
  if (!from?.after) return match;
  const bound = from.sort === 'newest' ? 'hits.rowid < ?' : 'hits.rowid > ?';
  return { sql: `${match.sql} AND ${bound}`, parameters: [index.match, from.after.id] };
}

async function hasFewHits(db: Db, search: Search): Promise<boolean> {
  const { index, numbers } = search;
  if (!index) return false;
  const hits = join(
    [
      part('hits.rowid', `${index.table} AS hits`, [hitsOf(index, null)]),
      ...numbers.map((range) => part('tickets.id', 'tickets NOT INDEXED', [numberCondition(range)])),
    ],
    ' UNION ALL ',
  );
  const [row] = await query<{ n: number }>(
    db,
    wrap('SELECT count(*) AS n FROM (', hits, ` LIMIT ${FEW + 1})`),
  );
  return (row?.n ?? 0) <= FEW;
}

function select(
  { scope, sort, after, limit }: PageRequest,
  source: { from: string; where: Array<Fragment | null> },
): Fragment {
  const where = [...source.where, searchCondition(scope.search), following(sort, after)];
  return limited(part(KEYS, source.from, where), sort, limit);
}

function part(columns: string, from: string, conditions: Array<Fragment | null>): Fragment {
  const where = join(conditions, ' AND ');
  return wrap(`SELECT ${columns} FROM ${from}${where.sql === '' ? '' : ' WHERE '}`, where, '');
}

function limited(statement: Fragment, sort: Sort, limit: number): Fragment {
  return {
    sql: `${statement.sql} ${orderBy(sort)} LIMIT ?`,
    parameters: [...statement.parameters, limit],
  };
}

function only<T>(value: T | undefined): T[] | undefined {
  return value === undefined ? undefined : [value];
}
