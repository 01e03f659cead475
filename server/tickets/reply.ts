import { findUser } from '../agents/repository.ts';
import { invalidField, SupportError } from '../contract/errors.ts';
import type { Message, NewMessage } from '../contract/tickets.ts';
import { isAgentRole, type Status } from '../contract/vocabulary.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { requireVersion } from '../if-match.ts';
import { canClientReply } from '../rules/reopen.ts';
import { statusAfterAgentReply, statusAfterClientReply } from '../rules/transitions.ts';
import { readSettings } from '../settings/service.ts';
import { openTicket, requirePermission } from './access.ts';
import { applyChanges, tell, tellOfAssignee, type Change, type TicketChanges } from './change.ts';
import type { Written } from './create.ts';
import { findEarlierResult, rememberResult } from './idempotency.ts';
import { readFiles, readMails, readMessageRow } from './message-repository.ts';
import { presentMessage } from './present.ts';
import { recordChange } from './record.ts';
import { updateTicket, type TicketRecord } from './repository.ts';
import { writeMessage } from './write-message.ts';

/**
 * Adds a reply (rules 2 to 4) or an internal note (rule 6).
 *
 * @param key of the `Idempotency-Key` header: a repetition answers the message of the first time
 * @param alongside done in the same transaction
 * @param ifMatch the `If-Match` header, if any: a reply that must not go out over a newer one
 * @throws SupportError `not_found`, `forbidden` (a client's note or status), `validation_failed`,
 *   `reopen_window_expired`, `idempotency_conflict`, `version_mismatch`
 */
export async function postMessage(
  deps: Deps,
  actor: Actor,
  number: string,
  input: NewMessage,
  key: string | undefined,
  alongside?: (trx: Trx, written: Written) => Promise<void>,
  ifMatch?: string,
): Promise<Message> {
  return transact(deps.db, async (trx) => {
    const now = deps.clock.now();
    const ticket = await openTicket(trx, deps, actor, number);
    if (input.internal) requirePermission(actor, 'writeNotes');
    if (input.status !== undefined) requirePermission(actor, 'manageTickets');
    const route = `POST /tickets/${ticket.id}/messages`;
    const request = { actor, route, key, input, now };
    const earlier = await findEarlierResult(trx, request);
    if (earlier?.messageId) return answerMessage(trx, actor, ticket.id, earlier.messageId);
    if (ifMatch !== undefined) requireVersion(ifMatch, ticket.version);

    const by = { actor, settings: await readSettings(trx), now };
    const id = input.internal
      ? await writeNote(trx, deps, ticket, input, by)
      : await writeReply(trx, deps, ticket, input, by);
    await alongside?.(trx, { ticketId: ticket.id, messageId: id });
    await rememberResult(trx, request, { ticketId: ticket.id, messageId: id });
    return answerMessage(trx, actor, ticket.id, id);
  });
}

/**
 * Adds a public reply with everything that follows from it.
 *
 * @param input.status what an agent wants it to be afterwards
 * @returns `messages.id`
 * @throws SupportError `reopen_window_expired`, `validation_failed`
 */
export async function writeReply(
  trx: Trx,
  deps: Deps,
  ticket: TicketRecord,
  input: Pick<NewMessage, 'body' | 'attachmentIds' | 'status'>,
  by: Change,
): Promise<number> {
  const { actor, now } = by;
  const byAgent = isAgentRole(actor.role);
  const status = byAgent ? statusAfterAgentReply(input.status) : clientStatus(ticket, by);
  const message = await writeMessage(trx, ticket.id, { ...input, author: actor, internal: false, now });
  await recordChange(trx, deps, ticket, by, { type: 'replied', messageId: message.id });

  const changes: TicketChanges = { status };
  if (byAgent && ticket.assignee_id === null && by.settings.assignment.assignToFirstReplier) {
    changes.assignee = await findUser(trx, actor.userId);
  }
  const isStillWaiting = ticket.status === 'waiting_user' && status === 'waiting_user';
  const after = await applyChanges(trx, deps, ticket, by, changes, {
    message_count: ticket.message_count + 1,
    last_message_id: message.id,
    last_public_message_id: message.id,
    ...(byAgent && ticket.first_responded_at === null && { first_responded_at: now }),
    // The user has something new to read: the wait begins again, and so does its reminder.
    ...(byAgent && isStillWaiting && { waiting_since: now, reminded_at: null }),
  });
  await tell(trx, deps, after, by, byAgent ? 'agentReply' : 'clientReply', message);
  await tellOfAssignee(trx, deps, { before: ticket, after }, by);
  return message.id;
}

/** @throws SupportError `reopen_window_expired` */
export function clientStatus(ticket: TicketRecord, { settings, now }: Change): Status {
  if (!canClientReply(ticket.closed_at, settings.reopenWindowDays, now)) {
    throw new SupportError(
      'reopen_window_expired',
      'This ticket was closed too long ago to be reopened. File a new one that follows up on it.',
    );
  }
  return statusAfterClientReply({ status: ticket.status, assigned: ticket.assignee_id !== null });
}

async function writeNote(
  trx: Trx,
  deps: Deps,
  ticket: TicketRecord,
  input: NewMessage,
  by: Change,
): Promise<number> {
  if (input.status !== undefined) {
    throw invalidField('status', 'An internal note does not change the status.');
  }
  const { actor, now } = by;
  const note = await writeMessage(trx, ticket.id, { ...input, author: actor, internal: true, now });
  await updateTicket(trx, ticket.id, { note_count: ticket.note_count + 1, last_message_id: note.id });
  await recordChange(trx, deps, ticket, by, { type: 'noted', messageId: note.id, internal: true });
  return note.id;
}

/** The message as an answer to `actor`. */
export async function answerMessage(trx: Trx, actor: Actor, ticketId: number, id: number): Promise<Message> {
  const row = await readMessageRow(trx, id);
  const files = await readFiles(trx, ticketId, [id, id]);
  const mails = isAgentRole(actor.role) ? await readMails(trx, ticketId, [id, id]) : [];
  return presentMessage(row, actor, files, mails);
}
