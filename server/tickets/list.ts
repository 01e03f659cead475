import { namePeople } from '../agents/people.ts';
import { findUserByExternalId } from '../agents/repository.ts';
import type { TicketPage } from '../contract/session.ts';
import type { Counts, TicketFilter, TicketListQuery } from '../contract/tickets.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { isPostgres } from '../db/dialect.ts';
import { parseSearch } from '../db/search.ts';
import { readCards } from '../db/ticket-cards.ts';
import { countByStatus, countByStatusSoon } from '../db/ticket-counts.ts';
import { normaliseScope, type TicketScope } from '../db/ticket-filter.ts';
import type { PageRequest } from '../db/ticket-order.ts';
import { ticketPage } from '../db/ticket-page.ts';
import type { Actor, Deps } from '../deps.ts';
import { joinPieces } from '../http/json.ts';
import { readSession } from '../session/service.ts';
import { readSettings } from '../settings/service.ts';
import { peopleOn, presentCard, priorityOf } from './card.ts';
import { decodeTicketCursor, encodeTicketCursor } from './cursor.ts';
import { readLastVisible, readSpan } from './history-repository.ts';
import { presentTicket } from './present.ts';
import { readTicketRows } from './repository.ts';
import { countUnreadOfAssignee, countUnreadOfRequester } from './unread.ts';

/** No user has this id: the filter of an assignee nobody knows. */
const UNKNOWN_USER = -1;

/**
 * A page of the tickets that the actor may see, with whatever `include` asks for.
 *
 * @throws SupportError `invalid_request` (cursor)
 */
export async function listTickets(deps: Deps, actor: Actor, asked: TicketListQuery): Promise<TicketPage> {
  const { request, presentation, position } = await prepare(deps, actor, asked);
  const page = await ticketPage(deps.db, request);
  const rows = await readTicketRows(deps.db, page, actor.userId);
  const { shown, last } = cut(rows, asked.limit);
  return {
    tickets: shown.map((row) => presentTicket(row, actor, presentation)),
    nextCursor: last ? encodeTicketCursor(asked.sort, { ...last, updatedAt: last.updated_at }) : null,
    ...(await readIncluded(deps, actor, asked, request.scope, position)),
  };
}

/**
 * The same as JSON, in pieces to be sent one after the other. Where the database keeps what a list shows ready made,
 * nothing of it is taken apart and put together again.
 */
export async function listTicketsAsJson(deps: Deps, actor: Actor, asked: TicketListQuery): Promise<string[]> {
  if (isPostgres(deps.db)) return [JSON.stringify(await listTickets(deps, actor, asked))];
  const { request, presentation, position } = await prepare(deps, actor, asked);
  const cards = await readCards(deps.db, request, actor.userId);
  const { shown, last } = cut(cards, asked.limit);
  const people = await namePeople(deps, peopleOn(shown));
  const included = await readIncluded(deps, actor, asked, request.scope, position);
  const rest = JSON.stringify({
    nextCursor: last ? encodeTicketCursor(asked.sort, { ...last, priority: priorityOf(last) }) : null,
    ...included,
  });
  const tickets = joinPieces(shown.map((card) => presentCard(card, actor, presentation, people)));
  return ['{"tickets":[', ...tickets, `],${rest.slice(1)}`];
}

async function prepare(
  deps: Deps,
  actor: Actor,
  { sort, limit, cursor, include, ...filter }: TicketListQuery,
) {
  // Before everything else: what changes while the list is read is told again.
  const position = include?.includes('position') ? await readPosition(deps, actor) : undefined;
  const after = cursor === undefined ? undefined : decodeTicketCursor(cursor, sort);
  const request: PageRequest = {
    scope: await scopeOf(deps, actor, filter),
    sort,
    after,
    // One more tells whether there is more.
    limit: limit + 1,
  };
  const { reopenWindowDays } = await readSettings(deps.db);
  return { request, presentation: { prefix: deps.config.ticketPrefix, reopenWindowDays }, position };
}

function cut<T>(rows: readonly T[], limit: number): { shown: readonly T[]; last: T | undefined } {
  if (rows.length <= limit) return { shown: rows, last: undefined };
  const shown = rows.slice(0, limit);
  return { shown, last: shown.at(-1) };
}

async function readIncluded(
  deps: Deps,
  actor: Actor,
  { include = [] }: TicketListQuery,
  scope: TicketScope,
  position: number | undefined,
): Promise<Omit<TicketPage, 'tickets' | 'nextCursor'>> {
  const counts = include.includes('counts') ? await countSoon(deps, scope) : null;
  return {
    ...(counts && { counts }),
    ...(include.includes('unread') && { unreadCount: await countUnread(deps, actor) }),
    ...(include.includes('session') && { session: await readSession(deps, actor) }),
    ...(position !== undefined && { position }),
  };
}

/** How many tickets of each status the other filters leave, of those that the actor may see. */
export async function countTickets(
  deps: Deps,
  actor: Actor,
  filter: Omit<TicketFilter, 'status'>,
): Promise<Counts> {
  return countScope(deps, await scopeOf(deps, actor, filter));
}

async function countScope(deps: Deps, scope: TicketScope): Promise<Counts> {
  return toCounts(await countByStatus(deps.db, { ...scope, status: undefined }));
}

/** null where counting takes long: the list does not wait for it, and whoever wants it asks for it alone. */
async function countSoon(deps: Deps, scope: TicketScope): Promise<Counts | null> {
  const counted = await countByStatusSoon(deps.db, { ...scope, status: undefined });
  return counted && toCounts(counted);
}

function toCounts(counted: ReadonlyArray<{ status: keyof Counts; n: number }>): Counts {
  const counts: Counts = { open: 0, in_progress: 0, waiting_user: 0, resolved: 0, closed: 0 };
  for (const { status, n } of counted) counts[status] = n;
  return counts;
}

/** Where the actor's events stand. */
async function readPosition(deps: Deps, actor: Actor): Promise<number> {
  if (!isAgentRole(actor.role)) return readLastVisible(deps.db, actor.userId);
  return (await readSpan(deps.db)).last;
}

async function countUnread(deps: Deps, actor: Actor): Promise<number> {
  return isAgentRole(actor.role)
    ? countUnreadOfAssignee(deps.db, actor.userId)
    : countUnreadOfRequester(deps.db, actor.userId);
}

async function scopeOf(deps: Deps, actor: Actor, filter: TicketFilter): Promise<TicketScope> {
  const { status, priority, category, assignee, q } = filter;
  const search = q === undefined ? null : parseSearch(q, deps.config.ticketPrefix);
  return normaliseScope({
    status,
    priority,
    category,
    ...(!isAgentRole(actor.role) && { requesterId: actor.userId }),
    ...(assignee !== undefined && { assigneeId: await resolveAssignee(deps, actor, assignee) }),
    ...(search && { search }),
  });
}

async function resolveAssignee(deps: Deps, actor: Actor, assignee: string): Promise<number | null> {
  if (assignee === 'none') return null;
  if (assignee === 'me') return actor.userId;
  return (await findUserByExternalId(deps.db, assignee))?.id ?? UNKNOWN_USER;
}
