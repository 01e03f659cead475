import { findAgent } from '../agents/repository.ts';
import { invalidField, SupportError } from '../contract/errors.ts';
import type { Close, Reopen, Ticket, TicketPatch } from '../contract/tickets.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { eraseLog } from '../db/erase.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireVersion } from '../if-match.ts';
import { statusWhenReopened } from '../rules/transitions.ts';
import { readSettings } from '../settings/service.ts';
import { openTicket, requirePermission } from './access.ts';
import { applyChanges, tellOfChanges, type Change, type TicketChanges } from './change.ts';
import { answerTicket } from './read.ts';
import { recordChange } from './record.ts';
import { clientStatus, writeReply } from './reply.ts';
import { deleteTicketRows, type TicketRecord } from './repository.ts';

/**
 * Changes what the patch names; a patch that changes nothing leaves the version alone.
 *
 * @param ifMatch the `If-Match` header
 * @throws SupportError `not_found`, `forbidden`, `version_required`, `version_mismatch`,
 *   `validation_failed` (unknown assignee)
 */
export async function changeTicket(
  deps: Deps,
  actor: Actor,
  number: string,
  patch: TicketPatch,
  ifMatch: string | undefined,
): Promise<Ticket> {
  return controlTicket(deps, actor, number, async (trx, ticket, by) => {
    requirePermission(actor, 'manageTickets');
    requireVersion(ifMatch, ticket.version);
    const { assigneeId, ...changes } = patch;
    await changeAndTell(trx, deps, ticket, by, { ...changes, ...(await assigneeOf(trx, assigneeId)) });
  });
}

/**
 * Closes a ticket, with a message as the last reply to its requester.
 *
 * @throws SupportError `not_found`, `forbidden`, `already_closed`
 */
export async function closeTicket(
  deps: Deps,
  actor: Actor,
  number: string,
  { message }: Close,
): Promise<Ticket> {
  return controlTicket(deps, actor, number, async (trx, ticket, by) => {
    requirePermission(actor, 'manageTickets');
    if (ticket.status === 'closed')
      throw new SupportError('already_closed', 'This ticket is closed already.');
    if (message === undefined) await changeAndTell(trx, deps, ticket, by, { status: 'closed' });
    else await writeReply(trx, deps, ticket, { body: message, status: 'closed' }, by);
  });
}

/**
 * Reopens a closed or resolved ticket (rules 3 to 5); one that is being worked on stays as it is. A message
 * is added as a reply, without being one that hands the ticket back to the user.
 *
 * @throws SupportError `not_found`, `reopen_window_expired` (clients only)
 */
export async function reopenTicket(
  deps: Deps,
  actor: Actor,
  number: string,
  { message }: Reopen,
): Promise<Ticket> {
  return controlTicket(deps, actor, number, async (trx, ticket, by) => {
    const isDone = ticket.status === 'closed' || ticket.status === 'resolved';
    const reopened = isDone ? statusWhenReopened({ assigned: ticket.assignee_id !== null }) : ticket.status;
    const status = isAgentRole(actor.role) ? reopened : clientStatus(ticket, by);
    if (message === undefined) await changeAndTell(trx, deps, ticket, by, { status });
    else await writeReply(trx, deps, ticket, { body: message, status }, by);
  });
}

/**
 * Deletes a ticket for good (rule 9). What remains is one entry that says who did it.
 *
 * @throws SupportError `not_found`, `forbidden`
 */
export async function deleteTicket(deps: Deps, actor: Actor, number: string): Promise<void> {
  const files = await transact(deps.db, async (trx) => {
    const ticket = await openTicket(trx, deps, actor, number);
    requirePermission(actor, 'deleteTickets');
    const keys = await deleteTicketRows(trx, ticket.id);
    await recordChange(trx, deps, ticket, { actor, now: deps.clock.now() }, { type: 'deleted' });
    return keys;
  });
  // At once: a storage that does not answer is waited for once, not once a file.
  await Promise.all(files.map((key) => deleteBytes(deps, key)));
  try {
    await eraseLog(deps.db);
  } catch (error) {
    deps.log.warn('checkpoint_failed', { error: String(error) });
  }
}

/** No row leads to these bytes any more: what cannot be deleted now, the sweep takes. */
async function deleteBytes(deps: Deps, key: string): Promise<void> {
  try {
    await deps.storage.delete(key);
  } catch (error) {
    deps.log.warn('attachment_not_deleted', { key, error: String(error) });
  }
}

async function controlTicket(
  deps: Deps,
  actor: Actor,
  number: string,
  work: (trx: Trx, ticket: TicketRecord, by: Change) => Promise<void>,
): Promise<Ticket> {
  return transact(deps.db, async (trx) => {
    const ticket = await openTicket(trx, deps, actor, number);
    const settings = await readSettings(trx);
    await work(trx, ticket, { actor, settings, now: deps.clock.now() });
    return answerTicket(trx, deps, actor, ticket.id, settings);
  });
}

async function changeAndTell(
  trx: Trx,
  deps: Deps,
  before: TicketRecord,
  by: Change,
  changes: TicketChanges,
): Promise<void> {
  const after = await applyChanges(trx, deps, before, by, changes);
  await tellOfChanges(trx, deps, { before, after }, by);
}

async function assigneeOf(trx: Trx, id: string | null | undefined): Promise<Pick<TicketChanges, 'assignee'>> {
  if (id === undefined) return {};
  if (id === null) return { assignee: null };
  const assignee = await findAgent(trx, id);
  if (!assignee) throw invalidField('assigneeId', 'Is not an agent.');
  return { assignee };
}
