import { DAY_MS } from './auto-close.ts';

/**
 * Rule 4: until when, inclusive, a reply of the requester reopens a closed ticket.
 *
 * @param closedAt milliseconds since 1970 UTC; null: the ticket is not closed
 * @param windowDays days of 24 hours
 */
export function reopenableUntil(closedAt: number | null, windowDays: number): number | null {
  return closedAt === null ? null : closedAt + windowDays * DAY_MS;
}

/** Whether the requester may reply at `now`: always to a ticket that is not closed. */
export function canClientReply(closedAt: number | null, windowDays: number, now: number): boolean {
  const until = reopenableUntil(closedAt, windowDays);
  return until === null || now <= until;
}
