import type { Ticket } from '../server/contract/tickets.ts';
import type { TextKey, Values } from './text/text.ts';

/** What is said of news in the list: to those who do not see its marks. */
export interface News {
  key: TextKey;
  values: Values;
}

/**
 * What is new to the reader between two answers to the same question.
 *
 * @param open number of the ticket whose conversation tells of itself
 * @returns null when there is nothing
 */
export function newsBetween(
  before: readonly Ticket[],
  after: readonly Ticket[],
  open: string | undefined,
): News | null {
  const known = new Map(before.map((ticket) => [ticket.number, ticket]));
  // Older ones only move up, as when another has gone.
  const newest = Math.max(0, ...before.map(ordinal));
  const arrived: Ticket[] = [];
  const answered: Ticket[] = [];
  for (const ticket of after) {
    if (!ticket.unread || ticket.number === open) continue;
    const old = known.get(ticket.number);
    if (old) {
      if (!old.unread || ticket.messageCount > old.messageCount) answered.push(ticket);
    } else if (ordinal(ticket) > newest) arrived.push(ticket);
  }
  const [first] = [...arrived, ...answered];
  if (!first) return null;
  const count = arrived.length + answered.length;
  if (count > 1) return { key: 'list.arrived.many', values: { count } };
  const key = arrived.length > 0 ? 'list.arrived' : 'list.answered';
  return { key, values: { subject: first.subject } };
}

/** Numbers count on, whatever the clock does. */
function ordinal({ number }: Ticket): number {
  return Number(/\d+$/.exec(number)?.[0] ?? 0);
}
