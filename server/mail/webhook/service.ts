import { SupportError } from '../../contract/errors.ts';
import { afterCommit, transact, type Trx } from '../../db/transact.ts';
import type { Deps } from '../../deps.ts';
import { enqueueInbound } from '../in/inbox.ts';
import { liftSuppression, suppress } from '../suppression.ts';
import { applyDelivery, lockDelivery } from './delivery.ts';
import { readEvent, type ProviderEvent } from './events.ts';
import { isSignedBy, type SignatureHeaders } from './verify.ts';

/**
 * Takes what the provider tells: what became of a mail, or that one has come in. Each telling counts once,
 * by its id.
 *
 * @param body as it came in, to the byte
 * @throws SupportError `invalid_token` (unsigned, wrongly signed, too old), `invalid_request`
 */
export async function takeEvent(deps: Deps, headers: SignatureHeaders, body: string): Promise<void> {
  const secret = deps.config.mail.webhookSecret;
  if (secret === undefined || !isSignedBy(secret, headers, body, deps.clock.now())) {
    throw new SupportError('invalid_token', 'The signature is missing, wrong or too old.');
  }
  const event = parse(body);
  await transact(deps.db, async (trx) => {
    if (event.providerId !== null) await lockDelivery(trx, event.providerId);
    const isNew = await remember(trx, headers.id!, event, deps.clock.now());
    if (!isNew) return;
    await apply(trx, deps, event);
    afterCommit(trx, () => deps.log.info('mail.event', { type: event.type }));
  });
}

async function apply(trx: Trx, deps: Deps, event: ProviderEvent): Promise<void> {
  const { type, address, providerId } = event;
  if (type === 'email.received') {
    if (providerId !== null) await enqueueInbound(trx, deps, providerId);
  } else if (type === 'suppression.added') {
    // Somebody put it there by hand, or the provider did after a bounce that was not ours.
    if (address)
      await suppress(trx, address, 'bounced', 'On the list of the mail provider.', deps.clock.now());
  } else if (type === 'suppression.removed') {
    if (address) await liftSuppression(trx, address);
  } else {
    await applyDelivery(trx, deps, toRow(event));
  }
}

function toRow({ type, providerId, detail, messageRef }: ProviderEvent) {
  return { type, provider_id: providerId, detail, message_ref: messageRef };
}

/** @returns false: this telling has been here before */
async function remember(trx: Trx, id: string, event: ProviderEvent, now: number): Promise<boolean> {
  const result = await trx
    .insertInto('webhook_events')
    .values({ id, ...toRow(event), received_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

function parse(body: string): ProviderEvent {
  let value: unknown;
  try {
    value = JSON.parse(body);
  } catch {
    throw new SupportError('invalid_request', 'The body is not valid JSON.');
  }
  const event = readEvent(value);
  if (!event) throw new SupportError('invalid_request', 'The body is not an event.');
  return event;
}
