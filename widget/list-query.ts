import type { Ticket } from '../server/contract/tickets.ts';
import { NO_FILTER, type ListFilter } from './state.ts';

/** Tickets that are asked for at once. */
export const PAGE = 25;

export function sameFilter(one: ListFilter, other: ListFilter): boolean {
  return (Object.keys(NO_FILTER) as Array<keyof ListFilter>).every((key) => one[key] === other[key]);
}

export function toQuery(filter: ListFilter, limit: number): URLSearchParams {
  const query = new URLSearchParams({ sort: filter.sort, limit: String(limit) });
  for (const key of ['status', 'priority', 'category', 'assignee'] as const) {
    const value = filter[key];
    if (value) query.set(key, value);
  }
  const q = filter.q.trim();
  if (q) query.set('q', q);
  return query;
}

/** Tickets that moved between two answers appear once, where they came first. */
export function merge(head: Ticket[], tail: Ticket[]): Ticket[] {
  const numbers = new Set(head.map((ticket) => ticket.number));
  return [...head, ...tail.filter((ticket) => !numbers.has(ticket.number))];
}
