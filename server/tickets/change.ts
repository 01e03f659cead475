import type { Updateable } from 'kysely';
import type { User } from '../agents/repository.ts';
import { findUser } from '../agents/repository.ts';
import type { Settings } from '../contract/settings.ts';
import type { Category, Priority, Status } from '../contract/vocabulary.ts';
import type { TicketRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { notify, type TicketNews } from '../mail/notify.ts';
import { enterStatus } from '../rules/transitions.ts';
import { recordChange, type Recorded } from './record.ts';
import { updateTicket, type TicketRecord } from './repository.ts';

/** Who changes a ticket, and under which settings. */
export interface Change {
  actor: Actor;
  settings: Settings;
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/** What to change; a field left out stays. */
export interface TicketChanges {
  status?: Status;
  priority?: Priority;
  category?: Category;
  assignee?: User | null;
}

/**
 * Writes what differs in one update, with an entry in the history for each field and the next version.
 * Where nothing differs, nothing is written.
 *
 * @param more columns that change besides; naming any counts as a difference
 * @returns the ticket afterwards
 */
export async function applyChanges(
  trx: Trx,
  deps: Deps,
  ticket: TicketRecord,
  by: Change,
  changes: TicketChanges,
  more: Updateable<TicketRow> = {},
): Promise<TicketRecord> {
  const values: Updateable<TicketRow> = { ...more };
  const entries: Recorded[] = [];
  const { status, priority, category, assignee } = changes;
  if (assignee !== undefined && (assignee?.id ?? null) !== ticket.assignee_id) {
    const before = ticket.assignee_id === null ? null : await findUser(trx, ticket.assignee_id);
    values.assignee_id = assignee?.id ?? null;
    entries.push({ type: 'assignee', from: before?.name ?? null, to: assignee?.name ?? null });
  }
  if (status !== undefined && status !== ticket.status) {
    Object.assign(values, enterStatus(status, by.now));
    entries.push({ type: 'status', from: ticket.status, to: status });
  }
  if (priority !== undefined && priority !== ticket.priority) {
    values.priority = priority;
    entries.push({ type: 'priority', from: ticket.priority, to: priority });
  }
  if (category !== undefined && category !== ticket.category) {
    values.category = category;
    entries.push({ type: 'category', from: ticket.category, to: category });
  }
  if (Object.keys(values).length === 0) return ticket;
  const after = await updateTicket(trx, ticket.id, {
    ...values,
    updated_at: by.now,
    version: ticket.version + 1,
  });
  for (const entry of entries) await recordChange(trx, deps, ticket, by, entry);
  return after;
}

/** Mails about the change from `before` to `after`, other than those about a reply. */
export async function tellOfChanges(
  trx: Trx,
  deps: Deps,
  { before, after }: { before: TicketRecord; after: TicketRecord },
  by: Change,
): Promise<void> {
  const entered = after.status === before.status ? null : after.status;
  if (entered === 'resolved' || entered === 'closed') await tell(trx, deps, after, by, entered);
  await tellOfAssignee(trx, deps, { before, after }, by);
}

export async function tellOfAssignee(
  trx: Trx,
  deps: Deps,
  { before, after }: { before: { assignee_id: number | null }; after: TicketRecord },
  by: Change,
): Promise<void> {
  if (after.assignee_id === null || after.assignee_id === before.assignee_id) return;
  await tell(trx, deps, after, by, 'assigned');
}

/** Hands the news to the mails, with the people they are about. */
export async function tell(
  trx: Trx,
  deps: Deps,
  ticket: TicketRecord,
  { actor, settings, now }: Change,
  kind: TicketNews['kind'],
  message?: TicketNews['message'],
): Promise<void> {
  const requester = await findUser(trx, ticket.requester_id);
  const assignee = ticket.assignee_id === null ? null : await findUser(trx, ticket.assignee_id);
  await notify(trx, deps, { kind, ticket, requester, assignee, actor, message, settings, now });
}
