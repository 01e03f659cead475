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
  return readTogether(db, (connection) => estimateOn(connection, scope));
}

/**
 * About how many tickets the filters leave, a requester and a search aside: what it was a moment ago. For choosing
 * between ways that lead to the same, where counting would cost more than a good choice saves.
 */
export function estimateOn(connection: StatementCache, scope: TicketScope): number {
  let sum = 0;
  for (const counter of countersOf(connection, scope.assigneeId)) {
    if (FILTERS.every((name) => scope[name] === undefined || isAmong(counter[name], scope[name]))) {
      sum += counter.n;
    }
  }
  return sum;
}

function isAmong(value: string, values: readonly string[]): boolean {
  return values.includes(value);
}

/** All counters of an assignee, or of all tickets: at most eighty. */
function countersOf(connection: StatementCache, assigneeId: number | null | undefined): readonly Counter[] {
  const known = kept.get(connection) ?? new Map<string, { counters: readonly Counter[]; until: number }>();
  kept.set(connection, known);
  const key = assigneeId === undefined ? 'all' : String(assigneeId);
  const now = performance.now();
  const last = known.get(key);
  if (last && now < last.until) return last.counters;
  const columns = 'SELECT status, priority, category, n FROM';
  const counters = (
    assigneeId === undefined
      ? connection.prepare(`${columns} ticket_counts`).all([])
      : connection.prepare(`${columns} assignee_counts WHERE assignee_id = ?`).all([assigneeId ?? 0])
  ) as Counter[];
  if (known.size >= CAPACITY) known.clear();
  known.set(key, { counters, until: now + KEPT_MS });
  return counters;
}
