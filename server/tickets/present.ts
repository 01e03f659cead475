import type { Attachment, HistoryEntry, Message, Ticket } from '../contract/tickets.ts';
import { isAgentRole, type DeliveryState } from '../contract/vocabulary.ts';
import type { Actor } from '../deps.ts';
import type { Suppression } from '../mail/suppression.ts';
import { reopenableUntil } from '../rules/reopen.ts';
import { isUnread } from '../rules/visibility.ts';
import type { ReadEntry } from './history-repository.ts';
import { toInstant, toInstantOrNull } from './instant.ts';
import type { MessageFile, MessageMail, ReadMessage } from './message-repository.ts';
import { formatNumber } from './numbers.ts';
import type { ReadTicket } from './repository.ts';

export interface Presentation {
  prefix: string;
  reopenWindowDays: number;
  /** Of the requester's address; for agents. */
  suppression?: Suppression;
}

/** The ticket as `actor` may see it: whatever would tell of a note is left out for a client. */
export function presentTicket(
  row: ReadTicket,
  actor: Actor,
  { prefix, reopenWindowDays, suppression }: Presentation,
): Ticket {
  const isAgent = isAgentRole(actor.role);
  return {
    number: formatNumber(prefix, row.id),
    subject: row.subject,
    status: row.status,
    priority: row.priority,
    category: row.category,
    relatedApp:
      row.related_app_id === null ? null : { id: row.related_app_id, name: row.related_app_name ?? '' },
    requester: { id: row.requester_external_id, name: row.requester_name, email: row.requester_email },
    assignee:
      row.assignee_external_id === null
        ? null
        : { id: row.assignee_external_id, name: row.assignee_name ?? '' },
    followUpOf: row.follow_up_of === null ? null : formatNumber(prefix, row.follow_up_of),
    createdAt: toInstant(row.created_at),
    updatedAt: toInstant(row.updated_at),
    firstRespondedAt: toInstantOrNull(row.first_responded_at),
    resolvedAt: toInstantOrNull(row.resolved_at),
    closedAt: toInstantOrNull(row.closed_at),
    reopenableUntil: toInstantOrNull(reopenableUntil(row.closed_at, reopenWindowDays)),
    messageCount: row.message_count + (isAgent ? row.note_count : 0),
    unread: isUnread(
      actor,
      {
        lastMessageId: row.last_message_id,
        lastPublicMessageId: row.last_public_message_id,
        assigneeId: row.assignee_id,
      },
      row.read_up_to,
    ),
    version: row.version,
    ...(isAgent &&
      suppression && {
        requesterMail: {
          state: suppression.reason,
          reason: suppression.detail,
          since: toInstant(suppression.since),
        },
      }),
  };
}

/** @param mails only looked at for agents */
export function presentMessage(
  row: ReadMessage,
  actor: Actor,
  files: readonly MessageFile[],
  mails: readonly MessageMail[],
): Message {
  return {
    id: row.uid,
    author: { id: row.author_external_id, name: row.author_name, role: row.author_role },
    body: row.body,
    internal: row.internal === 1,
    attachments: files.filter((file) => file.message_id === row.id).map(presentFile),
    createdAt: toInstant(row.created_at),
    ...(isAgentRole(actor.role) && presentMails(mails.filter((mail) => mail.message_id === row.id))),
  };
}

export function presentEntry(row: ReadEntry): HistoryEntry {
  return {
    seq: row.seq,
    type: row.type,
    actor:
      row.actor_external_id === null
        ? null
        : { id: row.actor_external_id, name: row.actor_name ?? '', role: row.actor_role ?? 'client' },
    from: row.from_value,
    to: row.to_value,
    createdAt: toInstant(row.created_at),
  };
}

export function presentFile(file: MessageFile): Attachment {
  return { id: file.uid, name: file.name, size: file.size, contentType: file.content_type };
}

/** As an agent is told. Not due any more, and a part of another one, are no news. */
const DELIVERY_OF: Record<MessageMail['state'], DeliveryState | null> = {
  queued: 'queued',
  sending: 'queued',
  captured: 'captured',
  sent: 'sent',
  delivered: 'delivered',
  bounced: 'bounced',
  suppressed: 'bounced',
  complained: 'complained',
  failed: 'failed',
  read: null,
  merged: null,
  received: null,
};
/** Of several mails about one message, the one that an agent should know of. */
const URGENCY: readonly DeliveryState[] = [
  'failed',
  'bounced',
  'complained',
  'queued',
  'captured',
  'sent',
  'delivered',
];

/** Of all mails about one message. */
export function presentMails(
  mails: readonly MessageMail[],
): Pick<Message, 'delivery' | 'deliveryReason' | 'byMail'> {
  const known = mails.map((mail) => ({ ...mail, delivery: DELIVERY_OF[mail.state] }));
  const delivery = URGENCY.find((state) => known.some((mail) => mail.delivery === state)) ?? null;
  const reason = known.find((mail) => mail.delivery === delivery && mail.error !== null)?.error;
  return {
    delivery,
    ...(reason && { deliveryReason: reason }),
    ...(mails.some((mail) => mail.state === 'received') && { byMail: true }),
  };
}
