import type { CountsAnswer, TicketPage } from '../server/contract/session.ts';
import type { Ticket } from '../server/contract/tickets.ts';
import type { ApiError } from './api-error.ts';
import { merge, PAGE, sameFilter, toQuery } from './list-query.ts';
import type { ListFilter } from './state.ts';
import type { TicketList } from './store-list.ts';

/** Adds the next page to the tickets that are shown. */
export async function loadNext(shown: TicketList): Promise<void> {
  const { api, filter, list } = shown;
  const { nextCursor, status } = list.value;
  if (nextCursor === null || status === 'loading-more' || status === 'loading') return;
  const more = new AbortController();
  shown.more = more;
  list.set({ ...list.value, status: 'loading-more', error: null });
  try {
    const query = toQuery(filter.value, PAGE);
    query.set('cursor', nextCursor);
    const page = await api.get<TicketPage>('/tickets', { query, signal: more.signal });
    if (shown.more !== more || more.signal.aborted) return;
    const tickets = merge(list.value.tickets, page.tickets);
    list.set({ tickets, nextCursor: page.nextCursor, status: 'ready', error: null });
  } catch (error) {
    if (shown.more === more && (error as ApiError).code !== 'aborted') {
      list.set({ ...list.value, status: 'failed', error: error as ApiError });
    }
    throw error;
  } finally {
    if (shown.more === more) shown.more = null;
  }
}

/** Asks for the counts apart, where the list has not waited for them. */
export async function count(
  list: TicketList,
  filter: ListFilter,
  signal: AbortSignal | undefined,
): Promise<void> {
  const query = toQuery({ ...filter, status: null }, PAGE);
  for (const part of ['sort', 'limit']) query.delete(part);
  const { counts } = await list.api.get<CountsAnswer>('/tickets/counts', { query, signal });
  if (list.shown && sameFilter(list.shown, filter)) list.counts.set(counts);
}

/** A newer version of a ticket, where it is shown. */
export function replaceTicket({ list, counts }: TicketList, ticket: Ticket): void {
  const at = list.value.tickets.findIndex((one) => one.number === ticket.number);
  const old = list.value.tickets[at];
  if (!old || old.version > ticket.version) return;
  list.set({ ...list.value, tickets: list.value.tickets.with(at, ticket) });
  // The way back to the list must not meet the badges of before; the load that follows says it again.
  const { value: now } = counts;
  if (now && old.status !== ticket.status) {
    const [from, to] = [now[old.status] - 1, now[ticket.status] + 1];
    counts.set({ ...now, [old.status]: Math.max(0, from), [ticket.status]: to });
  }
}

export function removeTicket({ list }: TicketList, number: string): void {
  const tickets = list.value.tickets.filter((ticket) => ticket.number !== number);
  if (tickets.length < list.value.tickets.length) list.set({ ...list.value, tickets });
}
