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

/**
 * In id order the full-text index is read from where the page begins until it is full. In any other order
 * few hits are sorted, and many are met soon on a walk along that order.
 */
export async function searchPage(db: Db, request: PageRequest, search: Search): Promise<Fragment> {
  const { scope, sort, after, limit } = request;
  const inIdOrder = sort === 'newest' || sort === 'oldest';
  if (!search.index) return inIdOrder ? walk(request) : scan(request);
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

/** Every ticket, in the order in which they lie on the disk: along another order each would be a jump. */
function scan({ scope, sort, after, limit }: PageRequest): Fragment {
  const where = [assigneeCondition(scope), ...valueConditions(scope), searchCondition(scope.search)];
  const all = selectFrom(keysOf(sort), 'tickets NOT INDEXED', [...where, following(sort, after)]);
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
