import { notFound } from '../contract/errors.ts';
import type { Message } from '../contract/tickets.ts';
import { afterCommit, transact, type Trx } from '../db/transact.ts';
import type { Actor, Deps, MailPayload } from '../deps.ts';
import { openTicket, requirePermission } from '../tickets/access.ts';
import { answerMessage } from '../tickets/reply.ts';
import { liftSuppression } from './suppression.ts';
import { tellMail } from './tell.ts';
import { mailQueued } from './wake.ts';

/**
 * Sends the mail about a message again, where it failed or bounced: to the address that its recipient has
 * now. An address that was given up gets another chance; one whose owner complained does not. Where nothing
 * went wrong, nothing happens.
 *
 * @param messageId `id` on the wire
 * @throws SupportError `not_found`, `forbidden`
 */
export async function retryMail(
  deps: Deps,
  actor: Actor,
  number: string,
  messageId: string,
): Promise<Message> {
  return await transact(deps.db, async (trx) => {
    const ticket = await openTicket(trx, deps, actor, number);
    requirePermission(actor, 'manageTickets');
    const message = await trx
      .selectFrom('messages')
      .select('id')
      .where('uid', '=', messageId)
      .where('ticket_id', '=', ticket.id)
      .executeTakeFirst();
    if (!message) throw notFound();
    for (const mail of await findFailed(trx, message.id)) await requeue(trx, mail, deps.clock.now());
    tellMail(trx, deps, { ticket_id: ticket.id });
    afterCommit(trx, () => mailQueued(deps.db));
    return await answerMessage(trx, actor, ticket.id, message.id);
  });
}

type FailedMail = Awaited<ReturnType<typeof findFailed>>[number];

/** The mail itself, or the one that it went out with. */
async function findFailed(trx: Trx, messageId: number) {
  return await trx
    .selectFrom('outbox')
    .leftJoin('users', 'users.id', 'outbox.recipient_id')
    .select(['outbox.id', 'outbox.recipient', 'outbox.payload', 'outbox.idempotency_key', 'users.email'])
    .where('outbox.state', 'in', ['failed', 'bounced', 'suppressed'])
    .where((eb) =>
      eb.or([
        eb('outbox.message_id', '=', messageId),
        eb(
          'outbox.id',
          'in',
          eb.selectFrom('outbox as part').select('part.merged_into').where('part.message_id', '=', messageId),
        ),
      ]),
    )
    .execute();
}

/** Under a key of its own: the provider would take the old one for a repetition, and send nothing. */
async function requeue(trx: Trx, mail: FailedMail, now: number): Promise<void> {
  const to = mail.email ?? mail.recipient;
  const payload = { ...(JSON.parse(mail.payload) as MailPayload), to };
  const [key, time = '0'] = mail.idempotency_key.split('/again-');
  const suppressed = await trx
    .selectFrom('suppressed_addresses')
    .select('reason')
    .where('address', '=', to.toLowerCase())
    .executeTakeFirst();
  if (suppressed?.reason === 'bounced') await liftSuppression(trx, to);
  await trx
    .updateTable('outbox')
    .set({
      state: 'queued',
      recipient: to,
      payload: JSON.stringify(payload),
      idempotency_key: `${key}/again-${Number(time) + 1}`,
      attempts: 0,
      next_attempt_at: now,
      first_attempt_at: null,
      provider_id: null,
      message_ref: null,
      error: null,
      finished_at: null,
    })
    .where('id', '=', mail.id)
    .execute();
}
