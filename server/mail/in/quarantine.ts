import { invalidField, notFound, SupportError } from '../../contract/errors.ts';
import type {
  OriginalMail,
  QuarantinedMail,
  QuarantinePage,
  QuarantineQuery,
  ReleasedMail,
  ReleaseMail,
} from '../../contract/mail.ts';
import type { Actor, Deps, IncomingMail } from '../../deps.ts';
import { openTicket, requirePermission } from '../../tickets/access.ts';
import { formatNumber } from '../../tickets/numbers.ts';
import { addMail, addNote } from './add.ts';
import { findSender } from './find.ts';
import { fetchMail } from './inbox.ts';
import { settleInbound, type InboundMail } from './inbox-repository.ts';
import {
  claimQuarantined,
  countQuarantined,
  dropQuarantined,
  findMailOf,
  readQuarantine,
} from './quarantine-repository.ts';
import { knownUser, toActor } from './take.ts';
import { parseMailbox } from '../address.ts';
import { tellQuarantine } from '../tell.ts';
import { readVerdict } from './verdict.ts';

const LEASE_MS = 2 * 60_000;

/** @throws SupportError `forbidden` */
export async function listQuarantine(
  deps: Deps,
  actor: Actor,
  { limit, cursor }: QuarantineQuery,
): Promise<QuarantinePage> {
  requirePermission(actor, 'manageTickets');
  const rows = await readQuarantine(deps.db, { before: cursor, limit: limit + 1 });
  const page = rows.slice(0, limit);
  return {
    mails: page.map((row) => presentQuarantined(row, deps.config.ticketPrefix)),
    nextCursor: rows.length > limit ? (page.at(-1)?.uid ?? null) : null,
    total: await countQuarantined(deps.db),
  };
}

/**
 * Lets a mail through, on an agent's word. It is fetched once more, with its files.
 *
 * @throws SupportError `forbidden`, `not_found`, `validation_failed` (`number`; `as` where the sender has no
 *   part in the ticket), `reopen_window_expired`; `internal` when the provider does not answer: it stays where
 *   it is then
 */
export async function releaseMail(
  deps: Deps,
  actor: Actor,
  uid: string,
  input: ReleaseMail,
  signal: AbortSignal,
): Promise<ReleasedMail> {
  requirePermission(actor, 'manageTickets');
  const row = await claimQuarantined(deps.db, uid, deps.clock.now() + LEASE_MS);
  if (!row) throw notFound();
  try {
    const outcome = await fetchMail(deps, row, signal);
    if (outcome.state !== 'fetched') throw new Error(`The mail cannot be fetched: ${outcome.error}`);
    const number = await add(deps, actor, row, outcome.mail, input, signal);
    tellQuarantine(deps);
    deps.log.info('mail.released', { inboundId: row.id, as: input.as, userId: actor.id });
    return { number };
  } catch (error) {
    const { reason, finished_at: finishedAt } = row;
    await settleInbound(deps.db, row, {
      state: 'quarantined',
      reason,
      finished_at: finishedAt ?? deps.clock.now(),
    });
    throw error;
  }
}

/** @throws SupportError `forbidden`, `not_found` */
export async function dropMail(deps: Deps, actor: Actor, uid: string): Promise<void> {
  requirePermission(actor, 'manageTickets');
  if (!(await dropQuarantined(deps.db, uid, deps.clock.now()))) throw notFound();
  tellQuarantine(deps);
  deps.log.info('mail.dropped', { userId: actor.id });
}

/**
 * The mail that a message came as.
 *
 * @throws SupportError `forbidden`, `not_found`
 */
export async function readOriginal(
  deps: Deps,
  actor: Actor,
  number: string,
  messageId: string,
): Promise<OriginalMail> {
  const ticket = await openTicket(deps.db, deps, actor, number);
  requirePermission(actor, 'manageTickets');
  const row = await findMailOf(deps.db, ticket.id, messageId);
  if (!row) throw notFound();
  return presentOriginal(row);
}

async function add(
  deps: Deps,
  actor: Actor,
  row: InboundMail,
  mail: IncomingMail,
  { as, number }: ReleaseMail,
  signal: AbortSignal,
): Promise<string> {
  const { address } = parseMailbox(mail.from);
  const prefix = deps.config.ticketPrefix;
  const circumstances = { verdict: readVerdict(mail.headers, mail.inOrder, address), signal };
  const sender = await findSender(deps.db, address);
  if (as === 'ticket') {
    if (sender === 'ambiguous' || address === '')
      throw invalidField('as', 'It is not clear whose ticket it is.');
    const author = toActor(await knownUser(deps, mail, sender));
    return formatNumber(prefix, await addMail(deps, row, mail, { author, ticketId: null }, circumstances));
  }
  // As people write it: `SUP-1042`, `1042`, `#1042`.
  const about =
    number?.trim().replace(/^#?(?=\d)/, `${prefix}-`) ??
    (row.ticket_id === null ? undefined : formatNumber(prefix, row.ticket_id));
  if (about === undefined) throw invalidField('number', 'Name the ticket.');
  const ticket = await openTicket(deps.db, deps, actor, about).catch((error: unknown) => {
    if (error instanceof SupportError) throw invalidField('number', 'Is not the number of a ticket.');
    throw error;
  });
  if (as === 'note') {
    await addNote(deps, row, mail, { author: actor, ticketId: ticket.id }, circumstances);
    return formatNumber(prefix, ticket.id);
  }
  // Nobody gets into a ticket by writing to it, not even with an agent's help.
  if (typeof sender === 'string' || sender.id !== ticket.requester_id) {
    throw invalidField('as', 'The sender is not the requester of the ticket. Add it as a note.');
  }
  const target = { author: toActor(sender), ticketId: ticket.id };
  return formatNumber(prefix, await addMail(deps, row, mail, target, circumstances));
}

function presentOriginal(row: InboundMail): OriginalMail {
  return {
    from: { name: row.from_name ?? '', email: row.from_address ?? '' },
    subject: row.subject ?? '',
    text: row.original ?? '',
    files: JSON.parse(row.file_names ?? '[]') as string[],
    verdict: row.verdict,
    receivedAt: new Date(row.received_at).toISOString(),
  };
}

function presentQuarantined(row: InboundMail, prefix: string): QuarantinedMail {
  return {
    ...presentOriginal(row),
    id: row.uid,
    reason: row.reason ?? '',
    ticket: row.ticket_id === null ? null : formatNumber(prefix, row.ticket_id),
  };
}
