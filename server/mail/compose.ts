import type { Selectable } from 'kysely';
import type { Settings } from '../contract/settings.ts';
import type { NotificationKind } from '../contract/vocabulary.ts';
import type { TicketRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Deps, MailPayload } from '../deps.ts';
import { addressOf, domainOf } from './address.ts';
import { readSigner } from './keys.ts';
import { makeReplyAddress, REPLY_PURPOSE } from './reply-address.ts';
import { renderTicketMail, type TicketMailParams } from './templates/ticket-mail.ts';
import { unsubscribeHeaders } from './unsubscribe.ts';

/** One mail to one recipient, before it is set as HTML and text. */
export interface MailDraft {
  kind: NotificationKind;
  to: string;
  /** `users.id`; null: the team's address. */
  recipientId: number | null;
  /** Of the recipient, as they have said; null: English, as for the team's address, which belongs to nobody. */
  locale: string | null;
  ticket: Selectable<TicketRow>;
  requester: TicketMailParams['requester'];
  actor: TicketMailParams['actor'];
  message?: TicketMailParams['message'];
  earlier?: TicketMailParams['earlier'];
  settings: Settings;
}

/** What goes to the provider. Headers that tie it to earlier mails come right before it is sent (`thread.ts`). */
export async function composeMail(trx: Trx, deps: Deps, draft: MailDraft): Promise<MailPayload> {
  const { kind, to, ticket, settings } = draft;
  const { from, ticketUrl, replyDomain } = deps.config.mail;
  const number = `${deps.config.ticketPrefix}-${ticket.id}`;
  const { subject, html, text } = renderTicketMail({
    kind,
    locale: draft.locale,
    ticket: { ...ticket, number, relatedApp: ticket.related_app_name },
    requester: draft.requester,
    actor: draft.actor,
    message: draft.message,
    earlier: draft.earlier,
    canReply: replyDomain !== undefined,
    url: ticketUrl?.replaceAll('{number}', encodeURIComponent(number)),
    reopenWindowDays: settings.reopenWindowDays,
    closedAfterDays: settings.autoClose.resolvedAfterDays,
    reminderDaysBefore: settings.autoClose.reminderDaysBefore,
  });
  const root = threadRoot(deps, ticket);
  const payload: MailPayload = {
    from,
    to,
    subject,
    html,
    text,
    headers: {
      References: root,
      'In-Reply-To': root,
      // A machine sends it (RFC 3834): no out-of-office answers, and no loop of two support centers.
      'Auto-Submitted': 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
      [OWN_HEADER]: ownMark(deps),
      ...(await unsubscribeHeaders(trx, deps, kind, to)),
    },
  };
  if (replyDomain !== undefined) {
    const sign = await readSigner(trx, REPLY_PURPOSE);
    payload.replyTo = makeReplyAddress(
      sign,
      { ticketId: ticket.id, userId: draft.recipientId ?? 0 },
      replyDomain,
    );
  }
  return payload;
}

/** On every mail of ours: one that comes back is known by it. */
export const OWN_HEADER = 'X-Support-Center';

export function ownMark(deps: Deps): string {
  return `${deps.config.ticketPrefix} ${addressOf(deps.config.mail.from)}`;
}

/** What every mail of a ticket refers to, so that mailboxes keep them together from the first one on. */
export function threadRoot(deps: Deps, ticket: { id: number; created_at: number }): string {
  const domain = domainOf(addressOf(deps.config.mail.from)) || 'support-center.invalid';
  return `<${deps.config.ticketPrefix}-${ticket.id}.${ticket.created_at}@${domain}>`;
}
