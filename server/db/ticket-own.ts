import { PRIORITIES } from '../contract/vocabulary.ts';
import type { Category, Priority } from '../contract/vocabulary.ts';
import { selectFrom } from './fragment.ts';
import type { StatementCache } from './statement-cache.ts';
import {
  FILTERS,
  indexWalked,
  ownCondition,
  searchCondition,
  valueConditions,
  type TicketScope,
} from './ticket-filter.ts';
import { compareIn, idOrUpdated, type PageRequest, type Placed, type Reading } from './ticket-order.ts';

/** Most people have no more tickets than this, and an index holds them side by side. */
const FEW_OWN = 40;
/** For so many milliseconds whoever had more has more. */
const BUSY_MS = 60_000;
const CAPACITY = 1000;

const busy = new WeakMap<StatementCache, Map<string, number>>();

interface OwnTicket<T> {
  ticket: T;
  /** Undefined where neither filter nor order asks for it. */
  priority?: Priority;
  category?: Category;
}

/**
 * A page of somebody's own tickets where these are few: all of them are read along one place of an index, and sorted.
 *
 * @returns null where they are more
 */
export function readOwnFew<T extends Placed>(
  connection: StatementCache,
  { scope, sort, after, limit }: PageRequest,
  reading: Reading<T>,
): T[] | null {
  const { priority, category } = scope;
  const own = readOwn(connection, scope, reading, sort === 'priority' || !!priority || !!category);
  if (!own) return null;
  const isWanted = (given: OwnTicket<T>) =>
    (priority?.includes(given.priority!) ?? true) && (category?.includes(given.category!) ?? true);
  const inOrder = compareIn(idOrUpdated(sort));
  const compare = (a: OwnTicket<Placed>, b: OwnTicket<Placed>) =>
    (sort === 'priority' ? urgencyOf(b) - urgencyOf(a) : 0) || inOrder(a.ticket, b.ticket);
  const from = after && { ticket: after, priority: after.priority };
  return own
    .filter((given) => isWanted(given) && (!from || compare(given, from) > 0))
    .sort(compare)
    .slice(0, limit)
    .map(({ ticket }) => ticket);
}

function readOwn<T extends Placed>(
  connection: StatementCache,
  scope: TicketScope,
  { columns, read }: Reading<T>,
  withValues: boolean,
): Array<OwnTicket<T>> | null {
  const { requesterId, assigneeId, status, search } = scope;
  const known = busy.get(connection) ?? new Map<string, number>();
  busy.set(connection, known);
  const key = JSON.stringify([requesterId ?? null, assigneeId, status, search?.words]);
  const now = performance.now();
  const until = known.get(key);
  if (until !== undefined && now < until) return null;
  const readFirst = (selected: string): unknown[] => {
    const { sql, parameters } = selectFrom(selected, `tickets ${indexWalked(scope, FILTERS, false)}`, [
      ownCondition(scope),
      ...valueConditions({ status }),
      searchCondition(search),
    ]);
    return connection.prepare(`${sql} LIMIT ?`).all([...parameters, FEW_OWN + 1]);
  };
  // An agent is likely to have many: nothing but the index is asked for that.
  if (requesterId !== undefined || readFirst('1').length <= FEW_OWN) {
    const values = withValues ? ', tickets.priority AS priority, tickets.category AS category' : '';
    const rows = readFirst(columns + values);
    if (rows.length <= FEW_OWN) {
      return rows.map((row) => ({ ...(row as Omit<OwnTicket<T>, 'ticket'>), ticket: read(row as never) }));
    }
  }
  if (known.size >= CAPACITY) known.clear();
  known.set(key, now + BUSY_MS);
  return null;
}

function urgencyOf({ priority }: OwnTicket<Placed>): number {
  return PRIORITIES.indexOf(priority!);
}
