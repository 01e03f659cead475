import { SupportError } from '../../contract/errors.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Trx } from '../../db/transact.ts';
import type { Actor, Deps, IncomingMail } from '../../deps.ts';
import { createTicket, type Written } from '../../tickets/create.ts';
import { formatNumber } from '../../tickets/numbers.ts';
import { postMessage } from '../../tickets/reply.ts';
import { findTicket } from '../../tickets/repository.ts';
import { parseMailbox } from '../address.ts';
import { readMessageRef } from '../webhook/events.ts';
import { takeFiles } from './files.ts';
import { header } from './headers.ts';
import { settleInbound, type InboundMail } from './inbox-repository.ts';
import { originalText, stripQuotes } from './strip-quotes.ts';

/** Who writes, and where. */
export interface Target {
  author: Actor;
  /** null: it opens a ticket. */
  ticketId: number | null;
}

interface Circumstances {
  verdict: 'pass' | 'fail' | 'none';
  signal: AbortSignal;
}

/**
 * Adds a mail to its ticket, through the services that everybody else goes through: the rules of status and
 * of reopening hold, and the mails about it are due. After the reopen window it opens a ticket that follows
 * up on the old one.
 *
 * @returns `tickets.id`
 * @throws SupportError as those services do; Error when a file cannot be had now
 */
export async function addMail(
  deps: Deps,
  row: InboundMail,
  mail: IncomingMail,
  target: Target,
  { verdict, signal }: Circumstances,
): Promise<number> {
  const { author, ticketId } = target;
  const files = await takeFiles(deps, author, row, mail, signal);
  const body = toBody(await stripQuotes(mail), files.leftOut);
  const message = { body, attachmentIds: files.ids };
  // Once a mail, whatever happens between here and the next attempt.
  const key = `mail:${row.uid}`;
  let writtenTo = ticketId ?? 0;
  const accept = async (trx: Trx, written: Written) => {
    writtenTo = written.ticketId;
    await noteAccepted(trx, deps, row, mail, verdict, written);
  };
  if (ticketId === null) {
    await createTicket(deps, author, { ...toTicket(mail.subject), ...toDescription(message) }, key, accept);
    return writtenTo;
  }
  const number = formatNumber(deps.config.ticketPrefix, ticketId);
  try {
    await postMessage(deps, author, number, message, key, accept);
  } catch (error) {
    if (!(error instanceof SupportError) || error.code !== 'reopen_window_expired') throw error;
    const old = await findTicket(deps.db, ticketId);
    if (!old) throw error;
    const { subject, category, priority } = old;
    const ticket = { subject, category, priority, followUpOf: number, ...toDescription(message) };
    await createTicket(deps, author, ticket, key, accept);
  }
  return writtenTo;
}

/**
 * Adds a mail as an internal note of the agent who vouches for it: its sender stays outside.
 *
 * @throws SupportError as the service of notes does; Error when a file cannot be had now
 */
export async function addNote(
  deps: Deps,
  row: InboundMail,
  mail: IncomingMail,
  { author, ticketId }: { author: Actor; ticketId: number },
  { verdict, signal }: Circumstances,
): Promise<void> {
  const files = await takeFiles(deps, author, row, mail, signal);
  const head = `${mail.from.replace(/\s+/g, ' ')}\n${mail.subject.replace(/\s+/g, ' ')}\n\n`;
  const body = toBody(head + originalText(mail), files.leftOut);
  const number = formatNumber(deps.config.ticketPrefix, ticketId);
  const note = { body, internal: true, attachmentIds: files.ids };
  await postMessage(deps, author, number, note, `mail:${row.uid}`, (trx, written) =>
    noteAccepted(trx, deps, row, mail, verdict, written),
  );
}

/** In the transaction that writes the message: there is never the one without the other. */
async function noteAccepted(
  trx: Trx,
  deps: Deps,
  row: InboundMail,
  mail: IncomingMail,
  verdict: Circumstances['verdict'],
  { ticketId, messageId }: Written,
): Promise<void> {
  const from = parseMailbox(mail.from);
  const isOurs = await settleInbound(trx, row, {
    state: 'accepted',
    reason: null,
    message_ref: readMessageRef(mail.messageId ?? header(mail.headers, 'message-id')),
    from_address: from.address,
    from_name: from.name.slice(0, 200) || null,
    subject: mail.subject.slice(0, 500),
    original: originalText(mail).slice(0, 200_000),
    verdict,
    file_names: JSON.stringify(mail.files.map((file) => file.name ?? 'file')),
    ticket_id: ticketId,
    message_id: messageId,
    finished_at: deps.clock.now(),
  });
  if (!isOurs) throw new Error('Another process has taken this mail in the meantime.');
}

function toDescription({ body, attachmentIds }: { body: string; attachmentIds: string[] }) {
  return { description: body, attachmentIds };
}

/** `Re:` and its kin, and our own number in brackets, are no part of what a ticket is about. */
function toTicket(subject: string) {
  const plain = subject
    .toWellFormed()
    .replace(/[\p{Cc}\s]+/gu, ' ')
    .replace(/^\s*((re|aw|sv|antw|rv|fwd?|wg|tr)\s*(\[\d+\])?\s*[:：]\s*)+/i, '')
    .trim();
  const short = plain
    .slice(0, LIMITS.subjectMaxLength)
    .toWellFormed()
    .replace(/\ufffd$/, '')
    .trim();
  return { subject: short || '(no subject)', category: 'general', priority: 'normal' } as const;
}

function toBody(text: string, leftOut: readonly string[]): string {
  const note = leftOut.length > 0 ? `\n\n[Left out: ${leftOut.join(', ')}]` : '';
  const room = LIMITS.bodyMaxLength - note.length - 10;
  const cut =
    text.length > room
      ? `${text
          .slice(0, room)
          .toWellFormed()
          .replace(/\ufffd$/, '')}\n[…]`
      : text;
  return (cut.trim() || '(The mail has no text.)') + note;
}
