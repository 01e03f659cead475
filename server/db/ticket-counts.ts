import type { Status } from '../contract/vocabulary.ts';
import type { Db } from '../deps.ts';
import { join, query, wrap, type Fragment } from './fragment.ts';
import type { Search } from './search.ts';
import {
  assigneeCondition,
  FEW,
  indexOn,
  numberCondition,
  searchCondition,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';

type StatusCount = { status: Status; n: number };

/** Ids looked at in one go when a search counts its hits: other requests get their turn in between. */
const CHUNK = 50_000;

/** How many tickets of each status are in the scope; a status without any may be missing. */
export async function countByStatus(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  if (scope.requesterId === undefined && !scope.search) return readCounters(db, scope);
  if (scope.requesterId !== undefined) {
    const own: Fragment = { sql: 'tickets.requester_id = ?', parameters: [scope.requesterId] };
    return countIn(db, 'tickets INDEXED BY tickets_requester_status', [own, ...conditionsOf(scope)]);
  }
  if ((await countInScope(db, scope)) <= FEW) {
    const index =
      scope.assigneeId === undefined ? indexOn(scope, 'id') : 'INDEXED BY tickets_assignee_status';
    return countIn(db, `tickets ${index}`, conditionsOf(scope));
  }
  return countHits(db, scope);
}

/** How many tickets the filters leave, a search aside. From the counters: microseconds at any size. */
export async function countInScope(db: Db, scope: TicketScope): Promise<number> {
  const counts = await readCounters(db, scope);
  return counts.reduce((sum, { n }) => sum + n, 0);
}

async function readCounters(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  const table = scope.assigneeId === undefined ? 'ticket_counts' : 'assignee_counts';
  const assignee: Fragment | null =
    scope.assigneeId === undefined
      ? null
      : { sql: 'tickets.assignee_id = ?', parameters: [scope.assigneeId ?? 0] };
  return countIn(db, `${table} AS tickets`, [assignee, ...valueConditions(scope)], 'sum(n)');
}

async function countHits(db: Db, scope: TicketScope): Promise<StatusCount[]> {
  const [last] = await query<{ id: number | null }>(db, {
    sql: 'SELECT max(id) AS id FROM tickets',
    parameters: [],
  });
  const totals = new Map<Status, number>();
  for (let first = 0; first <= (last?.id ?? 0); first += CHUNK) {
    const candidates = candidatesIn(scope.search, [first, first + CHUNK - 1]);
    const from = wrap('(', candidates, ') AS hits CROSS JOIN tickets ON tickets.id = hits.id');
    for (const { status, n } of await countIn(
      db,
      from.sql,
      conditionsOf(scope),
      'count(*)',
      from.parameters,
    )) {
      totals.set(status, (totals.get(status) ?? 0) + n);
    }
  }
  return [...totals].map(([status, n]) => ({ status, n }));
}

/** The ids between two bounds that can match: by the full-text index, or by number, or all. */
function candidatesIn(search: Search | undefined, chunk: readonly [number, number]): Fragment {
  const all = wrap('SELECT tickets.id AS id FROM tickets NOT INDEXED WHERE ', numberCondition(chunk), '');
  if (!search?.index) return all;
  const { table, match } = search.index;
  const bySubject: Fragment = {
    sql: `SELECT found.rowid AS id FROM ${table} AS found WHERE found.${table} MATCH ? AND found.rowid BETWEEN ? AND ?`,
    parameters: [match, ...chunk],
  };
  const byNumber = search.numbers
    .map(([first, last]) => [Math.max(first, chunk[0]), Math.min(last, chunk[1])] as const)
    .filter(([first, last]) => first <= last)
    .map((range) =>
      wrap('SELECT tickets.id AS id FROM tickets NOT INDEXED WHERE ', numberCondition(range), ''),
    );
  return join([bySubject, ...byNumber], ' UNION ');
}

function conditionsOf(scope: TicketScope): Array<Fragment | null> {
  return [assigneeCondition(scope), ...valueConditions(scope), searchCondition(scope.search)];
}

async function countIn(
  db: Db,
  from: string,
  conditions: Array<Fragment | null>,
  n = 'count(*)',
  parameters: readonly unknown[] = [],
): Promise<StatusCount[]> {
  const where = join(conditions, ' AND ');
  return query(db, {
    sql: `SELECT tickets.status AS status, ${n} AS n FROM ${from}${where.sql === '' ? '' : ' WHERE '}${where.sql} GROUP BY tickets.status`,
    parameters: [...parameters, ...where.parameters],
  });
}
