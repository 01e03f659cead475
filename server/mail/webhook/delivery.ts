import type { Insertable, Updateable } from 'kysely';
import type { OutboxRow, OutboxState, WebhookEventRow } from '../../db/tables.ts';
import { lock } from '../../db/lock.ts';
import type { Trx } from '../../db/transact.ts';
import type { Deps } from '../../deps.ts';
import { suppress } from '../suppression.ts';
import { tellMail } from '../tell.ts';

/** What the provider tells of a mail that it took from us. */
export type DeliveryEvent = Pick<
  Insertable<WebhookEventRow>,
  'type' | 'provider_id' | 'detail' | 'message_ref'
>;

/** Events come in any order; a mail only moves on. */
const RANK: Partial<Record<OutboxState, number>> = {
  sent: 1,
  delivered: 2,
  bounced: 3,
  failed: 3,
  complained: 4,
};

const STATE_AFTER: Record<string, OutboxState> = {
  'email.sent': 'sent',
  'email.delivered': 'delivered',
  'email.delivery_delayed': 'sent',
  'email.bounced': 'bounced',
  'email.bounced.transient': 'bounced',
  'email.suppressed': 'bounced',
  'email.complained': 'complained',
  'email.failed': 'failed',
};

/** Whose address gets no further mail. A full mailbox is another matter. */
const SUPPRESSES: Record<string, 'bounced' | 'complained'> = {
  'email.bounced': 'bounced',
  'email.suppressed': 'bounced',
  'email.complained': 'complained',
};

/**
 * Taken before either side is written: an event and the answer to the send that it speaks of may come at once, and
 * the later one of the two has to find the other.
 */
export async function lockDelivery(trx: Trx, providerId: string): Promise<void> {
  await lock(trx, `delivery:${providerId}`);
}

/** Moves the mail on that an event speaks of. One that is not known (yet) is left for `applyEarlierEvents`. */
export async function applyDelivery(trx: Trx, deps: Deps, event: DeliveryEvent): Promise<void> {
  const state = STATE_AFTER[event.type];
  if (!state || event.provider_id === null || event.provider_id === undefined) return;
  const mail = await trx
    .selectFrom('outbox')
    .select(['id', 'state', 'recipient', 'message_ref', 'kind', 'ticket_id'])
    .where('provider_id', '=', event.provider_id)
    .executeTakeFirst();
  if (!mail) return;
  const now = deps.clock.now();
  const update: Updateable<OutboxRow> = { message_ref: mail.message_ref ?? event.message_ref ?? null };
  if ((RANK[state] ?? 0) > (RANK[mail.state] ?? 0)) {
    Object.assign(update, { state, error: state === 'delivered' ? null : (event.detail ?? null) });
  } else if (event.type === 'email.delivery_delayed' && mail.state === 'sent') {
    update.error = event.detail ?? null;
  }
  await trx.updateTable('outbox').set(update).where('id', '=', mail.id).execute();
  tellMail(trx, deps, mail);
  const reason = SUPPRESSES[event.type];
  if (reason) {
    await suppress(trx, mail.recipient, reason, event.detail ?? null, now);
    deps.log.warn('mail.address_suppressed', { mailId: mail.id, kind: mail.kind, reason });
  }
}

/** An event can be faster than the answer to the send, or than a process that died before it noted it. */
export async function applyEarlierEvents(trx: Trx, deps: Deps, providerId: string): Promise<void> {
  const events = await trx
    .selectFrom('webhook_events')
    .select(['type', 'provider_id', 'detail', 'message_ref'])
    .where('provider_id', '=', providerId)
    .orderBy('received_at')
    .execute();
  for (const event of events) await applyDelivery(trx, deps, event);
}
