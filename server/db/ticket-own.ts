import { PRIORITIES } from '../contract/vocabulary.ts';
import type { Category, Priority } from '../contract/vocabulary.ts';
import { selectFrom } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import {
  FILTERS,
  ownCondition,
  indexWalked,
  searchCondition,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';
import { byIds } from './ticket-found.ts';
import {
  compareIn,
  idOrUpdated,
  type PagePosition,
  type PageRequest,
  type Placed,
  type Reading,
} from './ticket-order.ts';
import { readAll } from './ticket-streams.ts';

/** Most people have no more tickets than this, and an index holds them side by side. */
const FEW_OWN = 40;
/** For so many milliseconds whoever had more has more. */
const BUSY_MS = 60_000;
const CAPACITY = 1000;

const busy = new WeakMap<StatementCache, Map<string, number>>();

interface OwnTicket extends Placed {
  priority: Priority;
  category: Category;
}

/**
 * A page of somebody's own tickets where these are few: all of them are looked at in one place of an index, and sorted.
 *
 * @returns null where they are more
 */
export function readOwnFew<T extends Placed>(
  connection: StatementCache,
  request: PageRequest,
  reading: Reading<T>,
): T[] | null {
  const { scope, sort, after, limit } = request;
  const own = readOwn(connection, scope);
  if (!own) return null;
  const compare = sort === 'priority' ? byPriority : compareIn(idOrUpdated(sort));
  const wanted = own
    .filter((ticket) => isWanted(scope, ticket) && (!after || compare(ticket, after) > 0))
    .sort(compare);
  // The rest is not in that index.
  const isWhole = !scope.search && (scope.requesterId === undefined || scope.assigneeId === undefined);
  const page = byIds(isWhole ? wanted.slice(0, limit) : wanted, reading, [
    isWhole ? null : ownCondition(scope),
    searchCondition(scope.search),
  ]);
  return readAll(connection.prepare(page.sql), page.parameters, reading).slice(0, limit);
}

function readOwn(connection: StatementCache, scope: TicketScope): OwnTicket[] | null {
  const { requesterId, status } = scope;
  const whose = requesterId === undefined ? { assigneeId: scope.assigneeId } : { requesterId };
  const known = busy.get(connection) ?? new Map<string, number>();
  busy.set(connection, known);
  const key = JSON.stringify([whose, status]);
  const now = performance.now();
  const until = known.get(key);
  if (until !== undefined && now < until) return null;
  const { sql, parameters } = selectFrom(
    'id, updated_at AS updatedAt, priority, category',
    `tickets ${indexWalked(scope, FILTERS, true)}`,
    [ownCondition(whose), ...valueConditions({ status })],
  );
  const own = connection.prepare(`${sql} LIMIT ?`).all([...parameters, FEW_OWN + 1]) as OwnTicket[];
  if (own.length <= FEW_OWN) return own;
  if (known.size >= CAPACITY) known.clear();
  known.set(key, now + BUSY_MS);
  return null;
}

function isWanted({ priority, category }: TicketScope, ticket: OwnTicket): boolean {
  return (priority?.includes(ticket.priority) ?? true) && (category?.includes(ticket.category) ?? true);
}

function byPriority(a: PagePosition | OwnTicket, b: PagePosition | OwnTicket): number {
  return PRIORITIES.indexOf(b.priority) - PRIORITIES.indexOf(a.priority) || b.id - a.id;
}
