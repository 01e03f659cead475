import { PRIORITIES, type Priority, type Sort } from '../contract/vocabulary.ts';
import type { Fragment } from './fragment.ts';

/** Where a page ends: the keys of its last ticket, by which the next one goes on. */
export interface PagePosition {
  id: number;
  updatedAt: number;
  priority: Priority;
}

/** What every part of a page selects, so that the parts can be merged in any order. */
export const KEYS =
  "tickets.id AS id, tickets.updated_at AS updated_at, CASE tickets.priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END AS pressing";

/** The columns of `KEYS` for tickets of one priority: a constant, which an index order satisfies. */
export function keysOf(priority: Priority | undefined): string {
  if (priority === undefined) return KEYS;
  return `tickets.id AS id, tickets.updated_at AS updated_at, ${PRIORITIES.indexOf(priority)} AS pressing`;
}

const ORDER: Record<Sort, string> = {
  newest: 'id DESC',
  oldest: 'id',
  updated: 'updated_at DESC, id DESC',
  priority: 'pressing DESC, id DESC',
};

export function orderBy(sort: Sort): string {
  return `ORDER BY ${ORDER[sort]}`;
}

/** What comes after a position in this order. */
export function following(sort: Sort, after: PagePosition | undefined): Fragment | null {
  if (!after) return null;
  switch (sort) {
    case 'newest':
      return { sql: 'tickets.id < ?', parameters: [after.id] };
    case 'oldest':
      return { sql: 'tickets.id > ?', parameters: [after.id] };
    case 'updated':
      return { sql: '(tickets.updated_at, tickets.id) < (?, ?)', parameters: [after.updatedAt, after.id] };
    case 'priority': {
      const lower = PRIORITIES.slice(0, PRIORITIES.indexOf(after.priority));
      const same = '(tickets.priority = ? AND tickets.id < ?)';
      if (lower.length === 0) return { sql: same, parameters: [after.priority, after.id] };
      const marks = lower.map(() => '?').join(', ');
      return {
        sql: `(${same} OR tickets.priority IN (${marks}))`,
        parameters: [after.priority, after.id, ...lower],
      };
    }
  }
}

/** The same within one priority, where `priority` needs no comparing any more. */
export function followingWithin(
  priority: Priority,
  sort: Sort,
  after: PagePosition | undefined,
): Fragment | null {
  if (!after || sort !== 'priority') return following(sort, after);
  return priority === after.priority ? following('newest', after) : null;
}

/** The priorities that a page from `after` on can still hold. */
export function remainingPriorities(
  wanted: readonly Priority[] | undefined,
  after: PagePosition | undefined,
): Priority[] {
  const from = after ? PRIORITIES.indexOf(after.priority) : PRIORITIES.length - 1;
  return PRIORITIES.filter(
    (priority, rank) => rank <= from && (wanted?.includes(priority) ?? true),
  ).reverse();
}
