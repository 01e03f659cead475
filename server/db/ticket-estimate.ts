import type { Db } from '../deps.ts';
import { query, selectFrom } from './fragment.ts';
import { valueConditions, type TicketScope } from './ticket-filter.ts';

/** Estimates kept at most, and the milliseconds for which they are good enough. */
const CAPACITY = 1000;
const KEPT_MS = 5000;

const estimates = new WeakMap<Db, Map<string, { n: number; until: number }>>();

/**
 * About how many tickets the filters leave, a search aside: what it was a moment ago. For choosing between ways that
 * lead to the same, where counting would cost more than a good choice saves.
 */
export async function estimate(db: Db, scope: TicketScope): Promise<number> {
  const kept = estimates.get(db) ?? new Map<string, { n: number; until: number }>();
  estimates.set(db, kept);
  const { assigneeId, status, priority, category } = scope;
  const key = JSON.stringify([assigneeId === undefined ? '' : assigneeId, status, priority, category]);
  const now = performance.now();
  const known = kept.get(key);
  if (known && now < known.until) return known.n;
  const isOfAll = assigneeId === undefined;
  const counted = selectFrom('sum(n) AS n', `${isOfAll ? 'ticket' : 'assignee'}_counts AS tickets`, [
    isOfAll ? null : { sql: 'tickets.assignee_id = ?', parameters: [assigneeId ?? 0] },
    ...valueConditions(scope),
  ]);
  const [row] = await query<{ n: number | null }>(db, counted);
  const n = row?.n ?? 0;
  if (kept.size >= CAPACITY) kept.clear();
  kept.set(key, { n, until: now + KEPT_MS });
  return n;
}
