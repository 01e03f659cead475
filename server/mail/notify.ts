import { hash } from 'node:crypto';
import type { Selectable } from 'kysely';
import type { Settings } from '../contract/settings.ts';
import type { TicketRow, UserRow } from '../db/tables.ts';
import { afterCommit, type Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { chooseNotifications, type NewsKind, type Notification } from '../rules/notifications.ts';
import { isAddress } from './address.ts';
import { composeMail } from './compose.ts';
import { isReplyKind } from './digest.ts';
import { enqueue, release } from './outbox.ts';
import { isUnsubscribed } from './unsubscribe.ts';
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
    const { kind, audience, to } = notification;
    if (!isAddress(to)) {
      afterCommit(trx, () => deps.log.warn('mail.skipped', { ticketId: ticket.id, kind, audience }));
      continue;
    }
    if (await isUnsubscribed(trx, kind, to)) continue;
    const recipient = { requester, assignee, team: null }[audience];
    const payload = await composeMail(trx, deps, {
      ...news,
      kind,
      to,
      recipientId: recipient?.id ?? null,
      locale: recipient?.locale ?? null,
    });
    const isHeld = isReplyKind(kind);
    // Nothing waits yet about a ticket that is new.
    if (!isHeld && news.kind !== 'created') await release(trx, { ticketId: ticket.id, to, now });
    const isNew = await enqueue(trx, {
      ticketId: ticket.id,
      messageId: news.message?.id ?? null,
      kind,
      payload,
      recipientId: recipient?.id ?? null,
      idempotencyKey: toKey(deps, news, notification),
      now,
      dueAt: isHeld ? now + deps.config.mail.digestSeconds * 1000 : now,
      captured,
    });
    queued ||= isNew && !captured;
  }
  if (queued) afterCommit(trx, () => mailQueued(deps.db));
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
  const whom = JSON.stringify([due.audience, due.to.toLowerCase(), ticket.created_at, deps.config.mail.from]);
  const salt = hash('sha256', whom, 'base64url').slice(0, 22);
  return `${deps.config.ticketPrefix}-${ticket.id}/${due.kind}/${event}/${salt}`;
}
