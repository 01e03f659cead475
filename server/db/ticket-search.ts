import { setImmediate as nextTurn } from 'node:timers/promises';
import type { Sort } from '../contract/vocabulary.ts';
import type { Db } from '../deps.ts';
import { readTogether } from './direct.ts';
import { join, query, selectFrom, wrap, type Fragment } from './fragment.ts';
import type { Search, SearchIndex } from './search.ts';
import {
  conditionsOf,
  FEW,
  numberCondition,
  ownCondition,
  UNINDEXED,
  valueConditions,
} from './ticket-filter.ts';
import { byIds, readFound } from './ticket-found.ts';
import {
  following,
  keysOf,
  ordered,
  type PagePosition,
  type PageRequest,
  type Placed,
  type Reading,
} from './ticket-order.ts';
import { readStreams, type Walk } from './ticket-streams.ts';
import { readWalks } from './ticket-walk.ts';

const TABLE = 'tickets NOT INDEXED';

/** Tickets looked at in one turn where no index helps. */
const AT_ONCE = 25_000;

/**
 * In id order the full-text index is read from where the page begins until it is full. In any other order
 * few hits are sorted, and many are met soon on a walk along that order.
 */
export async function searchPage<T extends Placed>(
  db: Db,
  request: PageRequest,
  search: Search,
  reading: Reading<T>,
): Promise<T[]> {
  const { sort, limit } = request;
  const { index } = search;
  if (!index) return lookThrough(db, request, reading);
  if (sort === 'newest' || sort === 'oldest') {
    const walks = walksById(request, search, index, sort);
    return readTogether(db, (connection) => readStreams(connection, walks, sort, limit, reading));
  }
  if (await hasFewHits(db, search)) return readFound(db, sortedHits(request, search, index), reading);
  return readTogether(db, (connection) => readWalks(connection, request, reading));
}

/** By the full-text index, which is in the order of its own rowid; of what is not in it yet; and by number. */
function walksById(
  { scope, after }: PageRequest,
  search: Search,
  index: SearchIndex,
  sort: 'newest' | 'oldest',
): Walk[] {
  const where = [ownCondition(scope), ...valueConditions(scope)];
  const bound = after && { sql: `hits.rowid ${sort === 'newest' ? '<' : '>'} ?`, parameters: [after.id] };
  const hits = { from: hitsOf(index), where: [match(index), bound ?? null, ...where], id: 'hits.rowid' };
  const numbers = numbersFrom(search, after, sort);
  return [
    index.exact ? hits : verified(hits, search),
    { from: TABLE, where: [UNINDEXED, search.subject, ...where, following(sort, after)] },
    ...(numbers.length > 0 ? [{ from: TABLE, where, inTurn: numbers.map(numberCondition) }] : []),
  ];
}

/** What the index finds may hold the letters in other places. Compared here, a hit costs half of what it does in SQLite. */
function verified(hits: Walk, { subject, matches }: Search): Walk {
  if (!matches) return { ...hits, where: [...hits.where, subject] };
  return {
    ...hits,
    accepts: {
      columns: 'tickets.subject_search AS tested',
      test: ({ tested }: { tested: string }) => matches(tested),
    },
  };
}

/** The numbers that can follow, in the order of the page. */
function numbersFrom(
  { numbers }: Search,
  after: PagePosition | undefined,
  sort: 'newest' | 'oldest',
): Array<[number, number]> {
  if (sort === 'oldest') {
    const from = after ? after.id + 1 : 0;
    return numbers.flatMap(([first, last]) => (last < from ? [] : [[Math.max(first, from), last]]));
  }
  const to = after ? after.id - 1 : Infinity;
  return numbers
    .flatMap(([first, last]): Array<[number, number]> => (first > to ? [] : [[first, Math.min(last, to)]]))
    .reverse();
}

/** All that match, sorted. UNION, not UNION ALL: a ticket can match by its number and by its subject. */
function sortedHits(
  { scope, sort, after, limit }: PageRequest,
  search: Search,
  index: SearchIndex,
): Fragment {
  const where = [ownCondition(scope), ...valueConditions(scope), following(sort, after)];
  const parts = [
    selectFrom(keysOf(sort), hitsOf(index), [match(index), ...where, index.exact ? null : search.subject]),
    selectFrom(keysOf(sort), TABLE, [UNINDEXED, search.subject, ...where]),
    ...search.numbers.map((range) => selectFrom(keysOf(sort), TABLE, [numberCondition(range), ...where])),
  ];
  return ordered(join(parts, ' UNION '), sort, limit);
}

/** No index helps: every ticket is looked at, many at a time, and others get their turn in between. */
async function lookThrough<T extends Placed>(
  db: Db,
  request: PageRequest,
  reading: Reading<T>,
): Promise<T[]> {
  const { sort, limit } = request;
  const inIdOrder = sort === 'newest' || sort === 'oldest';
  const ends = { sql: 'SELECT min(id) AS first, max(id) AS last FROM tickets', parameters: [] };
  const [{ first = null, last = null } = {}] = await query<{ first: number | null; last: number | null }>(
    db,
    ends,
  );
  if (first === null || last === null || last - first < AT_ONCE) {
    if (!inIdOrder) return readFound(db, scan(request), reading);
    return readTogether(db, (connection) => readWalks(connection, request, reading));
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
  const page = byIds(found.sort(inOrderOf(sort)).slice(0, limit), reading);
  return (await query(db, page)).map((row) => reading.read(row as never));
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
  const where = conditionsOf(scope);
  const among = range ? numberCondition(range) : null;
  const all = selectFrom(keysOf(sort), 'tickets NOT INDEXED', [among, ...where, following(sort, after)]);
  return ordered(all, sort, limit);
}

/** Ordered by the index's own rowid, full-text search starts where the page does and stops where it ends. */
function hitsOf({ table }: SearchIndex): string {
  return `${table} AS hits CROSS JOIN tickets ON tickets.id = hits.rowid`;
}

function match({ table, match }: SearchIndex): Fragment {
  return { sql: `hits.${table} MATCH ?`, parameters: [match] };
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
  // To skip them costs a third of counting them.
  const next = await query(db, wrap('', hits, ` LIMIT 1 OFFSET ${FEW}`));
  return next.length === 0;
}
