import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sort } from '../contract/vocabulary.ts';
import type { Db } from '../deps.ts';
import { join, query, selectFrom, wrap, type Fragment } from './fragment.ts';
import type { Search, SearchIndex } from './search.ts';
import {
  assigneeCondition,
  FEW,
  numberCondition,
  searchCondition,
  UNINDEXED,
  valueConditions,
} from './ticket-filter.ts';
import { following, keysOf, ordered, type PagePosition, type PageRequest } from './ticket-order.ts';
import { walk } from './ticket-walk.ts';

/** Tickets looked at in one turn where no index helps. */
const AT_ONCE = 50_000;

/**
 * In id order the full-text index is read from where the page begins until it is full. In any other order
 * few hits are sorted, and many are met soon on a walk along that order.
 */
export async function searchPage(db: Db, request: PageRequest, search: Search): Promise<Fragment> {
  const { scope, sort, after, limit } = request;
  const inIdOrder = sort === 'newest' || sort === 'oldest';
  if (!search.index) return lookThrough(db, request);
  if (!inIdOrder && !(await hasFewHits(db, search))) return walk(request);
  const where = [assigneeCondition(scope), ...valueConditions(scope)];
  // Ordered by the index's own rowid, full-text search starts where the page does and stops where it ends.
  const [bound, id] = inIdOrder
    ? [behind(sort, after), 'hits.rowid']
    : [following(sort, after), 'tickets.id'];
  const from = `${search.index.table} AS hits CROSS JOIN tickets ON tickets.id = hits.rowid`;
  const parts = [
    selectFrom(keysOf(sort, id), from, [
      match(search.index),
      bound,
      ...where,
      search.index.exact ? null : search.subject,
    ]),
    ...[[UNINDEXED, search.subject], ...search.numbers.map((range) => [numberCondition(range)])].map(
      (which) =>
        selectFrom(keysOf(sort), 'tickets NOT INDEXED', [...which, ...where, following(sort, after)]),
    ),
  ];
  // UNION, not UNION ALL: a ticket can match by its number and by its subject.
  return ordered(join(parts, ' UNION '), sort, limit);
}

/** No index helps: every ticket is looked at, many at a time, and others get their turn in between. */
async function lookThrough(db: Db, request: PageRequest): Promise<Fragment> {
  const { sort, limit } = request;
  const inIdOrder = sort === 'newest' || sort === 'oldest';
  const ends = { sql: 'SELECT min(id) AS first, max(id) AS last FROM tickets', parameters: [] };
  const [{ first = null, last = null } = {}] = await query<{ first: number | null; last: number | null }>(
    db,
    ends,
  );
  if (first === null || last === null || last - first < AT_ONCE) {
    return inIdOrder ? walk(request) : scan(request);
  }
  let found: Found[] = [];
  const count = Math.ceil((last - first + 1) / AT_ONCE);
  for (let n = 0; n < count; n++) {
    const from = first + AT_ONCE * (sort === 'oldest' ? n : count - 1 - n);
    found.push(...(await query<Found>(db, scan(request, [from, from + AT_ONCE - 1]))));
    if (inIdOrder && found.length >= limit) break;
    found = found.sort(inOrderOf(sort)).slice(0, limit);
    await nextTurn();
  }
  const ids = found.sort(inOrderOf(sort)).map(({ id }) => id);
  return { sql: 'SELECT value AS id FROM json_each(?) LIMIT ?', parameters: [JSON.stringify(ids), limit] };
}

/** As `keysOf` names them. */
interface Found {
  id: number;
  updated_at?: number;
  urgency?: number;
}

function inOrderOf(sort: Sort): (a: Found, b: Found) => number {
  if (sort === 'oldest') return (a, b) => a.id - b.id;
  const key = ({ updated_at, urgency }: Found): number => updated_at ?? urgency ?? 0;
  return (a, b) => key(b) - key(a) || b.id - a.id;
}

/** Every ticket, in the order in which they lie on the disk: along another order each would be a jump. */
function scan({ scope, sort, after, limit }: PageRequest, range?: readonly [number, number]): Fragment {
  const where = [assigneeCondition(scope), ...valueConditions(scope), searchCondition(scope.search)];
  const among = range ? numberCondition(range) : null;
  const all = selectFrom(keysOf(sort), 'tickets NOT INDEXED', [among, ...where, following(sort, after)]);
  return ordered(all, sort, limit);
}

function match({ table, match }: SearchIndex): Fragment {
  return { sql: `hits.${table} MATCH ?`, parameters: [match] };
}

function behind(sort: Sort, after: PagePosition | undefined): Fragment | null {
  if (!after) return null;
  return { sql: `hits.rowid ${sort === 'newest' ? '<' : '>'} ?`, parameters: [after.id] };
}

async function hasFewHits(db: Db, search: Search): Promise<boolean> {
  const { index, numbers } = search;
  if (!index) return false;
  const hits = join(
    [
      selectFrom('hits.rowid', `${index.table} AS hits`, [match(index)]),
      selectFrom('tickets.id', 'tickets NOT INDEXED', [UNINDEXED, search.subject]),
      ...numbers.map((range) => selectFrom('tickets.id', 'tickets NOT INDEXED', [numberCondition(range)])),
    ],
    ' UNION ALL ',
  );
  const [row] = await query<{ n: number }>(
    db,
    wrap('SELECT count(*) AS n FROM (', hits, ` LIMIT ${FEW + 1})`),
  );
  return (row?.n ?? 0) <= FEW;
}
