import type { Db } from '../deps.ts';
import { readTogether } from './direct.ts';
import type { StatementCache } from './statement-cache.ts';
import { FILTERS, type TicketScope } from './ticket-filter.ts';

/** People whose counters are kept at most, and the milliseconds for which they are good enough. */
const CAPACITY = 1000;
const KEPT_MS = 30_000;

interface Counter {
  status: string;
  priority: string;
  category: string;
  n: number;
}

const kept = new WeakMap<StatementCache, Map<string, { counters: readonly Counter[]; until: number }>>();

/** `estimateOn` for whoever has no connection at hand. SQLite only. */
export function estimate(db: Db, scope: TicketScope): Promise<number> {
  return readTogether(db, (connection) => estimateOn(connection, scope)!);
}

/**
 * About how many tickets the filters leave, a search aside: what it was a moment ago. For choosing between ways that
 * lead to the same, where counting would cost more than a good choice saves.
 *
 * @returns null where nothing is known but that it is few: of most requesters nothing is counted
 */
export function estimateOn(connection: StatementCache, scope: TicketScope): number | null {
  const counters = countersOf(connection, scope);
  if (scope.requesterId !== undefined && counters.length === 0) return null;
  const filters = FILTERS.filter((name) => scope[name] !== undefined);
  const isIn = (counter: Counter) =>
    filters.every((name) => (scope[name] as readonly string[]).includes(counter[name]));
  return counters.reduce((sum, counter) => (isIn(counter) ? sum + counter.n : sum), 0);
}

/** Of a requester, an assignee, or all tickets: at most eighty. */
function countersOf(
  connection: StatementCache,
  { requesterId, assigneeId }: TicketScope,
): readonly Counter[] {
  const [table, whose] =
    requesterId !== undefined
      ? ['requester_counts WHERE requester_id = ?', [requesterId]]
      : assigneeId !== undefined
        ? ['assignee_counts WHERE assignee_id = ?', [assigneeId ?? 0]]
        : ['ticket_counts', []];
  const known = kept.get(connection) ?? new Map<string, { counters: readonly Counter[]; until: number }>();
  kept.set(connection, known);
  const key = `${table} ${whose[0]}`;
  const now = performance.now();
  const last = known.get(key);
  if (last && now < last.until) return last.counters;
  const statement = connection.prepare(`SELECT status, priority, category, n FROM ${table}`);
  const counters = statement.all(whose) as Counter[];
  if (known.size >= CAPACITY) known.clear();
  known.set(key, { counters, until: now + KEPT_MS });
  return counters;
}
