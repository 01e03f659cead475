import { STATUSES, type Status } from '../contract/vocabulary.ts';
import type { Db } from '../deps.ts';
import { queryAside } from './aside.ts';
import { isPostgres } from './dialect.ts';
import { join, query, selectFrom, wrap, type Fragment } from './fragment.ts';
import { countOnPostgres } from './postgres/ticket-counts.ts';
import type { Search } from './search.ts';
import { shareCount, within } from './shared-counts.ts';
import {
  conditionsOf,
  FEW,
  lookedUp,
  numberCondition,
  ownCondition,
  UNINDEXED,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';

type StatusCount = { status: Status; n: number };

/**
 * Ids looked at in one go when a search counts its hits: other requests get their turn in between. The
 * intersection of trigrams begins anew each time, which a small chunk would not be worth.
 */
const CHUNK = { subject_trigrams: 100_000, subject_words: 10_000, none: 20_000 };

/** Of a search that needs more turns than this, the count is shared. */
const SHORT_TURNS = 3;
/** A list waits this long for the count of its hits, in milliseconds. */
const SOON_MS = 25;

/**
 * How many tickets of each status are in the scope; a status without any may be missing. Where a search has to look at
 * very many, the answer may be some seconds old.
 */
export async function countByStatus(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  if (scope.requesterId === undefined && !scope.search) return readCounters(db, scope);
  if (isPostgres(db)) return countOnPostgres(db, scope);
  if (scope.requesterId !== undefined) {
    if (scope.search) return countLookedUp(db, scope);
    const counted = await readOwnCounters(db, scope);
    return counted ?? countEach(db, lookedUp(scope).from, scope, ownCondition(scope));
  }
  return (await countInScope(db, scope)) <= FEW ? countLookedUp(db, scope) : countHits(db, scope);
}

/** How many tickets the filters leave, a search aside. From the counters: microseconds at any size. */
export async function countInScope(db: Db, scope: TicketScope): Promise<number> {
  const counts = await readCounters(db, scope);
  return counts.reduce((sum, { n }) => sum + n, 0);
}

async function readCounters(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  const { assigneeId } = scope;
  if (assigneeId === undefined) return countEach(db, 'ticket_counts AS tickets', scope, null, 'sum(n)');
  const own = { sql: 'tickets.assignee_id = ?', parameters: [assigneeId ?? 0] };
  return countEach(db, 'assignee_counts AS tickets', scope, own, 'sum(n)');
}

/** @returns null where they are counted one by one: of requesters, only who has many tickets has counters */
async function readOwnCounters(db: Db, scope: TicketScope): Promise<StatusCount[] | null> {
  if (scope.assigneeId !== undefined) return null;
  const own = { sql: 'tickets.requester_id = ?', parameters: [scope.requesterId] };
  const from = 'requester_counts AS tickets';
  const first = await query(db, wrap('', selectFrom('1', from, [own]), ' LIMIT 1'));
  return first.length === 0 ? null : countEach(db, from, scope, own, 'sum(n)');
}

/** Along an index that has what is `own` by status: one status after the other costs half of grouping them. */
async function countEach(
  db: Db,
  from: string,
  { status, priority, category }: TicketScope,
  own: Fragment | null,
  n = 'count(*)',
): Promise<StatusCount[]> {
  const more = [own, ...valueConditions({ priority, category })];
  if (isPostgres(db)) return countIn(db, from, [...more, ...valueConditions({ status })], n);
  const each = (status ?? STATUSES).map((value) =>
    selectFrom(`'${value}' AS status, ${n} AS n`, from, [
      ...more,
      { sql: 'tickets.status = ?', parameters: [value] },
    ]),
  );
  const counted = await query<{ status: Status; n: number | null }>(db, join(each, ' UNION ALL '));
  return counted.map((row) => ({ status: row.status, n: row.n ?? 0 }));
}

/**
 * The same where it is known at once or nearly so.
 *
 * @returns null where it takes longer: it goes on being counted, and who asks `countByStatus` for it shares that
 */
export async function countByStatusSoon(db: Db, scope: TicketScope): Promise<StatusCount[] | null> {
  const count = countByStatus(db, scope);
  const isQuick = isPostgres(db) || !scope.search || scope.requesterId !== undefined;
  if (isQuick || (await turnsFor(db, scope)) <= SHORT_TURNS) return count;
  // Whoever asks next is told of its failure.
  count.catch(() => undefined);
  return within(count, SOON_MS);
}

async function countHits(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  const turns = await turnsFor(db, scope);
  if (turns <= SHORT_TURNS) return countInTurns(db, scope, turns);
  return shareCount(db, JSON.stringify(scope), () => countInTurns(db, scope, turns));
}

async function turnsFor(db: Db, scope: TicketScope): Promise<number> {
  const last = { sql: 'SELECT max(id) AS id FROM tickets', parameters: [] };
  const [row] = await query<{ id: number | null }>(db, last);
  return Math.ceil(((row?.id ?? 0) + 1) / chunkFor(scope));
}

function chunkFor({ search }: TicketScope): number {
  return CHUNK[search?.index?.table ?? 'none'];
}

async function countInTurns(db: Db, scope: TicketScope, turns: number): Promise<StatusCount[]> {
  const conditions = scope.search?.index?.exact
    ? conditionsOf({ ...scope, search: undefined })
    : conditionsOf(scope);
  const totals = new Map<Status, number>();
  const size = chunkFor(scope);
  for (let turn = 0; turn < turns; turn++) {
    const candidates = candidatesIn(scope.search, [turn * size, (turn + 1) * size - 1]);
    const from = wrap('(', candidates, ') AS hits CROSS JOIN tickets ON tickets.id = hits.id');
    // It takes some milliseconds a chunk.
    for (const { status, n } of await queryAside<StatusCount>(db, counting(from, conditions))) {
      totals.set(status, (totals.get(status) ?? 0) + n);
    }
  }
  return [...totals].map(([status, n]) => ({ status, n }));
}

/** The ids between two bounds that can match: by the full-text index, or by number, or all. */
function candidatesIn(search: Search | undefined, chunk: readonly [number, number]): Fragment {
  const idsIn = (range: readonly [number, number], ...more: Fragment[]) =>
    selectFrom('tickets.id AS id', 'tickets NOT INDEXED', [numberCondition(range), ...more]);
  if (!search?.index) return idsIn(chunk);
  const { table, match } = search.index;
  const bySubject: Fragment = {
    sql: `SELECT found.rowid AS id FROM ${table} AS found WHERE found.${table} MATCH ? AND found.rowid BETWEEN ? AND ?`,
    parameters: [match, ...chunk],
  };
  const byNumber = search.numbers
    .map(([first, last]) => [Math.max(first, chunk[0]), Math.min(last, chunk[1])] as const)
    .filter(([first, last]) => first <= last)
    .map((range) => idsIn(range));
  return join([bySubject, idsIn(chunk, UNINDEXED, search.subject), ...byNumber], ' UNION ');
}

async function countLookedUp(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  const { from, where } = lookedUp(scope);
  return countIn(db, from, where);
}

async function countIn(
  db: Db,
  from: string | Fragment,
  conditions: Array<Fragment | null>,
  n?: string,
): Promise<StatusCount[]> {
  return query(db, counting(from, conditions, n));
}

function counting(from: string | Fragment, conditions: Array<Fragment | null>, n = 'count(*)'): Fragment {
  const source = typeof from === 'string' ? { sql: from, parameters: [] } : from;
  const counted = selectFrom(`tickets.status AS status, ${n} AS n`, source.sql, conditions);
  return {
    sql: `${counted.sql} GROUP BY tickets.status`,
    parameters: [...source.parameters, ...counted.parameters],
  };
}
