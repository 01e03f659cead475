import { findAgent, type User } from '../agents/repository.ts';
import { invalidField, notFound } from '../contract/errors.ts';
import type { Settings } from '../contract/settings.ts';
import type { NewTicket, RelatedApp, Ticket } from '../contract/tickets.ts';
import type { Category } from '../contract/vocabulary.ts';
import { foldSubject } from '../db/search.ts';
import { transact, type Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { chooseAssignee, takesTurn } from '../rules/assignment.ts';
import { readSettings, takeRoundRobinTurn } from '../settings/service.ts';
import { canSee } from './access.ts';
import { tell, tellOfAssignee, type Change } from './change.ts';
import { findEarlierResult, rememberResult, type RepeatableRequest } from './idempotency.ts';
import { takeMessageId } from './message-repository.ts';
import { parseNumber } from './numbers.ts';
import { answerTicket } from './read.ts';
import { recordChange } from './record.ts';
import { findTicket, insertTicket, type TicketRecord } from './repository.ts';
import { writeMessage } from './write-message.ts';

/** What was written, for whoever has to note something in the same transaction. */
export interface Written {
  ticketId: number;
  /** `messages.id` */
  messageId: number;
}

/**
 * Files a ticket (rules 1 and 8). The description becomes its first message.
 *
 * @param key of the `Idempotency-Key` header: a repetition answers the ticket of the first time
 * @param alongside done in the same transaction
 * @throws SupportError `validation_failed`, `idempotency_conflict`
 */
export async function createTicket(
  deps: Deps,
  actor: Actor,
  input: NewTicket,
  key: string | undefined,
  alongside?: (trx: Trx, written: Written) => Promise<void>,
): Promise<Ticket> {
  return transact(deps.db, async (trx) => {
    const now = deps.clock.now();
    const request: RepeatableRequest = { actor, route: 'POST /tickets', key, input, now };
    const settings = await readSettings(trx);
    const earlier = await findEarlierResult(trx, request);
    if (earlier) return answerTicket(trx, deps, actor, earlier.ticketId, settings);

    const by = { actor, settings, now };
    const relatedApp = checkRelatedApp(actor, input.relatedApp ?? null);
    const followUpOf = await findFollowedUp(trx, deps, actor, input.followUpOf ?? null);
    const assignee = await findDefaultAssignee(trx, settings, input.category);
    const messageId = await takeMessageId(trx);
    const ticket = await insertTicket(trx, {
      subject: input.subject,
      subject_search: foldSubject(input.subject),
      status: 'open',
      priority: input.priority,
      category: input.category,
      related_app_id: relatedApp?.id ?? null,
      related_app_name: relatedApp?.name ?? null,
      requester_id: actor.userId,
      assignee_id: assignee?.id ?? null,
      follow_up_of: followUpOf,
      created_at: now,
      updated_at: now,
      message_count: 1,
      last_message_id: messageId,
      last_public_message_id: messageId,
    });
    await describe(trx, deps, ticket, input, by, assignee);
    await alongside?.(trx, { ticketId: ticket.id, messageId });
    await rememberResult(trx, request, { ticketId: ticket.id, messageId: null });
    return answerTicket(trx, deps, actor, ticket.id, settings);
  });
}

/** The first message, the first entries of the history, the first mails. */
async function describe(
  trx: Trx,
  deps: Deps,
  ticket: TicketRecord,
  input: NewTicket,
  by: Change,
  assignee: User | null,
): Promise<void> {
  const message = await writeMessage(trx, ticket.id, {
    id: ticket.last_message_id,
    author: by.actor,
    body: input.description,
    internal: false,
    attachmentIds: input.attachmentIds,
    now: by.now,
  });
  await recordChange(trx, deps, ticket, by, { type: 'created', messageId: message.id });
  if (assignee) {
    const unattended = { actor: null, now: by.now };
    await recordChange(trx, deps, ticket, unattended, { type: 'assignee', to: assignee.name });
  }
  await tell(trx, deps, ticket, by, 'created', message);
  await tellOfAssignee(trx, deps, { before: { assignee_id: null }, after: ticket }, by);
}

/** When the host restricts the apps, the name is the host's too. */
function checkRelatedApp(actor: Actor, asked: RelatedApp | null): RelatedApp | null {
  if (!asked || !actor.relatedApps) return asked;
  const known = actor.relatedApps.find((app) => app.id === asked.id);
  if (!known) throw invalidField('relatedApp.id', 'Is not one of your apps.');
  return known;
}

async function findFollowedUp(
  trx: Trx,
  deps: Deps,
  actor: Actor,
  number: string | null,
): Promise<number | null> {
  if (number === null) return null;
  const id = parseNumber(deps.config.ticketPrefix, number);
  const ticket = id === null ? undefined : await findTicket(trx, id);
  if (!ticket || !canSee(actor, ticket)) throw invalidField('followUpOf', notFound().message);
  return ticket.id;
}

async function findDefaultAssignee(trx: Trx, settings: Settings, category: Category): Promise<User | null> {
  const { assignment } = settings;
  const position = takesTurn(assignment) ? await takeRoundRobinTurn(trx) : 0;
  for (const id of chooseAssignee(assignment, category, position)) {
    const agent = await findAgent(trx, id);
    if (agent) return agent;
  }
  return null;
}
