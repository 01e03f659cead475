import { findUserByExternalId } from '../agents/repository.ts';
import type { TicketPage } from '../contract/session.ts';
import type { Counts, TicketFilter, TicketListQuery } from '../contract/tickets.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { parseSearch } from '../db/search.ts';
import { countByStatus } from '../db/ticket-counts.ts';
import { normaliseScope, type TicketScope } from '../db/ticket-filter.ts';
import { ticketPage } from '../db/ticket-page.ts';
import type { Actor, Deps } from '../deps.ts';
import { readSession } from '../session/service.ts';
import { readSettings } from '../settings/service.ts';
import { decodeTicketCursor, encodeTicketCursor } from './cursor.ts';
import { readLastVisible, readSpan } from './history-repository.ts';
import { presentTicket } from './present.ts';
import { countUnreadOfAssignee, countUnreadOfRequester, readTicketRows } from './repository.ts';

/** No user has this id: the filter of an assignee nobody knows. */
const UNKNOWN_USER = -1;

/**
 * A page of the tickets that the actor may see, with whatever `include` asks for.
 *
 * @throws SupportError `invalid_request` (cursor)
 */
export async function listTickets(deps: Deps, actor: Actor, asked: TicketListQuery): Promise<TicketPage> {
  const { sort, limit, cursor, include = [] } = asked;
  // Before everything else: what changes while the list is read is told again.
  const position = include.includes('position') ? await readPosition(deps, actor) : undefined;
  const after = cursor === undefined ? undefined : decodeTicketCursor(cursor, sort);
  const scope = await scopeOf(deps, actor, asked);
  const page = await ticketPage(deps.db, { scope, sort, after, limit: limit + 1 });
  const rows = await readTicketRows(deps.db, page, actor.userId);
  const { reopenWindowDays } = await readSettings(deps.db);
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return {
    tickets: shown.map((row) =>
      presentTicket(row, actor, { prefix: deps.config.ticketPrefix, reopenWindowDays }),
    ),
    nextCursor: last ? encodeTicketCursor(sort, { ...last, updatedAt: last.updated_at }) : null,
    ...(include.includes('counts') && { counts: await countScope(deps, scope) }),
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
  const counts: Counts = { open: 0, in_progress: 0, waiting_user: 0, resolved: 0, closed: 0 };
  for (const { status, n } of await countByStatus(deps.db, { ...scope, status: undefined })) {
    counts[status] = n;
  }
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
