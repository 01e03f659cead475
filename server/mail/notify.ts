import { createHash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Settings } from '../contract/settings.ts';
import type { TicketRow, UserRow } from '../db/tables.ts';
import { afterCommit, type Trx } from '../db/transact.ts';
import type { Actor, Deps, MailPayload } from '../deps.ts';
import { chooseNotifications, type NewsKind, type Notification } from '../rules/notifications.ts';
import { enqueue } from './outbox.ts';
import { renderTicketMail } from './templates/ticket-mail.ts';
import { mailQueued } from './wake.ts';

/** Something that happened to a ticket, told inside its transaction. */
export interface TicketNews {
  kind: NewsKind;
  /** As it is after the change. */
  ticket: Selectable<TicketRow>;
  requester: Selectable<UserRow>;
  /** After the change. */
  assignee: Selectable<UserRow> | null;
  /** Whose action it is; null: the support center itself. */
  actor: Actor | null;
  /** The reply or description; never a note. */
  message?: { id: number; body: string; attachmentNames: string[] };
  settings: Settings;
  /** Milliseconds since 1970 UTC. */
  now: number;
}

/**
 * Writes the mails that these news are due into the outbox, in the same transaction; once it has
 * committed, the deliverer is woken. Told twice of the same event, it writes one.
 */
export async function notify(trx: Trx, deps: Deps, news: TicketNews): Promise<void> {
  const { ticket, requester, assignee, actor, settings, now } = news;
  const due = chooseNotifications(
    {
      kind: news.kind,
      status: ticket.status,
      statusChanged: (ticket.resolved_at ?? ticket.closed_at) === now,
      requester,
      assignee,
      actor: actor && { id: actor.userId, email: actor.email },
    },
    settings,
  );
  const captured = deps.mail.captures === true;
  let queued = false;
  for (const notification of due) {
    if (!isAddress(notification.to)) {
      const { kind, audience } = notification;
      afterCommit(trx, () => deps.log.warn('mail.skipped', { ticketId: ticket.id, kind, audience }));
      continue;
    }
    const payload = toPayload(deps, news, notification);
    const isNew = await enqueue(trx, {
      ticketId: ticket.id,
      messageId: news.message?.id ?? null,
      kind: notification.kind,
      payload,
      idempotencyKey: toKey(deps, news, notification),
      now,
      captured,
    });
    queued ||= isNew && !captured;
  }
  if (queued) afterCommit(trx, () => mailQueued(deps.db));
}

function toPayload(deps: Deps, news: TicketNews, { kind, to }: Notification): MailPayload {
  const { ticket, requester, actor, message, settings } = news;
  const { from, ticketUrl } = deps.config.mail;
  const number = `${deps.config.ticketPrefix}-${ticket.id}`;
  const { subject, html, text } = renderTicketMail({
    kind,
    ticket: { ...ticket, number, relatedApp: ticket.related_app_name },
    requester,
    actor,
    message,
    url: ticketUrl?.replaceAll('{number}', encodeURIComponent(number)),
    reopenWindowDays: settings.reopenWindowDays,
    closedAfterDays: settings.autoClose.resolvedAfterDays,
    reminderDaysBefore: settings.autoClose.reminderDaysBefore,
  });
  const thread = `<${number}.${ticket.created_at}@${domainOf(from)}>`;
  return {
    from,
    to,
    subject,
    html,
    text,
    headers: {
      // One conversation in the mailbox, and no out-of-office answers to it (RFC 3834).
      References: thread,
      'In-Reply-To': thread,
      'Auto-Submitted': kind === 'agentReply' || kind === 'clientReply' ? 'no' : 'auto-generated',
      'X-Auto-Response-Suppress': 'OOF, AutoReply',
    },
  };
}

/**
 * The same for the same event, kind and recipient. When the ticket was created and who sends are in
 * it, so that two installations with one Resend account, or one set up anew, do not share keys.
 */
function toKey(deps: Deps, { ticket, message, kind }: TicketNews, due: Notification): string {
  const event = message
    ? `m${message.id}`
    : kind === 'reminder'
      ? `w${ticket.waiting_since}`
      : `v${ticket.version}`;
  const salt = createHash('sha256')
    .update(JSON.stringify([due.audience, due.to.toLowerCase(), ticket.created_at, deps.config.mail.from]))
    .digest('base64url')
    .slice(0, 22);
  return `${deps.config.ticketPrefix}-${ticket.id}/${due.kind}/${event}/${salt}`;
}

/** Refuses what would be read as several addresses or as another header. */
function isAddress(address: string): boolean {
  return address.length <= 320 && /^[^\s\p{Cc}<>,;:"()[\]\\@]+@[^\s\p{Cc}<>,;:"()[\]\\@]+$/u.test(address);
}

function domainOf(from: string): string {
  return /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? 'support-center.invalid';
}
