import { PRIORITIES, type Priority, type Sort } from '../contract/vocabulary.ts';
import type { Fragment } from './fragment.ts';
import type { TicketScope } from './ticket-filter.ts';

/** Where a page ends: the keys of its last ticket, by which the next one goes on. */
export interface PagePosition {
  id: number;
  updatedAt: number;
  priority: Priority;
}

export interface PageRequest {
  /** As `normaliseScope` leaves it. */
  scope: TicketScope;
  sort: Sort;
  after?: PagePosition;
  limit: number;
}

/** An order that an index has. By priority, the tickets of each are in the order of `newest`. */
export type IdOrUpdated = Exclude<Sort, 'priority'>;

export function idOrUpdated(sort: Sort): IdOrUpdated {
  return sort === 'priority' ? 'newest' : sort;
}

/** What such an order is told by. */
export interface Placed {
  id: number;
  updatedAt: number;
}

/** What is read of each ticket of a page. */
export interface Reading<T extends Placed> {
  /** Of `tickets`. */
  columns: string;
  read: (row: never) => T;
}

const URGENCY =
  "CASE tickets.priority WHEN 'urgent' THEN 3 WHEN 'high' THEN 2 WHEN 'normal' THEN 1 ELSE 0 END";

const KEYS: Record<Sort, string> = {
  newest: '',
  oldest: '',
  updated: ', tickets.updated_at AS updated_at',
  priority: `, ${URGENCY} AS urgency`,
};

/**
 * What every part of a page selects, so that the parts can be merged: the id, and what the order is by.
 *
 * @param id the expression that the part is in the order of
 */
export function keysOf(sort: Sort, id = 'tickets.id'): string {
  return `${id} AS id${KEYS[sort]}`;
}

/** Of each ticket only what the order is told by. */
export function keyReading(sort: IdOrUpdated): Reading<Placed> {
  return {
    columns: keysOf(sort),
    read: ({ id, updated_at: updatedAt = 0 }: { id: number; updated_at?: number }) => ({ id, updatedAt }),
  };
}

const ORDER: Record<Sort, (id: string) => string> = {
  newest: (id) => `${id} DESC`,
  oldest: (id) => id,
  updated: (id) => `updated_at DESC, ${id} DESC`,
  priority: (id) => `urgency DESC, ${id} DESC`,
};

/** The statement in this order, up to `limit` rows. */
export function ordered(statement: Fragment, sort: Sort, limit: number): Fragment {
  return {
    sql: `${statement.sql}${orderOf(sort)} LIMIT ?`,
    parameters: [...statement.parameters, limit],
  };
}

export function orderOf(sort: Sort, id = 'id'): string {
  return ` ORDER BY ${ORDER[sort](id)}`;
}

/** The same order as a comparison. */
export function compareIn(sort: IdOrUpdated): (a: Placed, b: Placed) => number {
  if (sort === 'oldest') return (a, b) => a.id - b.id;
  if (sort === 'newest') return (a, b) => b.id - a.id;
  return (a, b) => b.updatedAt - a.updatedAt || b.id - a.id;
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
