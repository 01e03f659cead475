import { PRIORITIES } from '../contract/vocabulary.ts';
import type { Priority } from '../contract/vocabulary.ts';
import { selectFrom } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import { estimateOn } from './ticket-estimate.ts';
import { conditionsOf, FILTERS, indexWalked, type TicketScope } from './ticket-filter.ts';
import { compareIn, idOrUpdated, type PageRequest, type Placed, type Reading } from './ticket-order.ts';

/** Most people have no more tickets than this, and an index holds them side by side. */
const FEW_OWN = 40;
/** For so many milliseconds whoever had more has more. */
const BUSY_MS = 600_000;
const CAPACITY = 1000;

const busy = new WeakMap<StatementCache, Map<string, number>>();

interface OwnTicket<T> {
  ticket: T;
  /** Undefined where the order does not ask for it. */
  priority?: Priority;
}

/**
 * A page of somebody's own tickets where the filters leave few: all of them are read along an index, and sorted.
 *
 * @returns null where they are more
 */
export function readOwnFew<T extends Placed>(
  connection: StatementCache,
  { scope, sort, after, limit }: PageRequest,
  reading: Reading<T>,
): T[] | null {
  const own = readOwn(connection, scope, reading, sort === 'priority');
  if (!own) return null;
  const inOrder = compareIn(idOrUpdated(sort));
  const compare = (a: OwnTicket<Placed>, b: OwnTicket<Placed>) =>
    (sort === 'priority' ? urgencyOf(b) - urgencyOf(a) : 0) || inOrder(a.ticket, b.ticket);
  const from = after && { ticket: after, priority: after.priority };
  return own
    .filter((given) => !from || compare(given, from) > 0)
    .sort(compare)
    .slice(0, limit)
    .map(({ ticket }) => ticket);
}

function readOwn<T extends Placed>(
  connection: StatementCache,
  scope: TicketScope,
  { columns, read }: Reading<T>,
  withPriority: boolean,
): Array<OwnTicket<T>> | null {
  const { requesterId, assigneeId, status, priority, category, search } = scope;
  // Of an agent it is known beforehand; for most requesters one statement is all.
  if (requesterId === undefined && (search || estimateOn(connection, scope)! > FEW_OWN)) return null;
  const known = busy.get(connection) ?? new Map<string, number>();
  busy.set(connection, known);
  const key = JSON.stringify([requesterId ?? null, assigneeId, status, priority, category, search?.words]);
  const now = performance.now();
  const until = known.get(key);
  if (until !== undefined && now < until) return null;
  const { sql, parameters } = selectFrom(
    withPriority ? `${columns}, tickets.priority AS priority` : columns,
    `tickets ${indexWalked(scope, FILTERS, false)}`,
    conditionsOf(scope),
  );
  const rows = connection.prepare(`${sql} LIMIT ?`).all([...parameters, FEW_OWN + 1]);
  if (rows.length <= FEW_OWN) {
    return rows.map((row) => ({ ...(row as { priority?: Priority }), ticket: read(row as never) }));
  }
  if (known.size >= CAPACITY) known.clear();
  known.set(key, now + BUSY_MS);
  return null;
}

function urgencyOf({ priority }: OwnTicket<Placed>): number {
  return PRIORITIES.indexOf(priority!);
}
