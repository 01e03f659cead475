import type { Trx } from '../db/transact.ts';
import type { Deps, MailPayload } from '../deps.ts';
import { threadRoot } from './compose.ts';
import { composeDigest, findCompanions, isReplyKind } from './digest.ts';
import type { ClaimedMail } from './outbox.ts';
import { findSuppression } from './suppression.ts';
import { readThread, threadHeaders } from './thread.ts';

const HOUR_MS = 60 * 60 * 1000;
/** Mails an hour to one address. What is over it waits, so nothing is lost, and a loop of machines starves. */
const PER_HOUR = { requester: 30, assignee: 120, team: 600 };

/**
 * Right before a mail goes out for the first time: is it still wanted, what goes along with it, what does
 * it follow. From then on its payload is frozen, since the provider knows it by its key.
 *
 * @returns the mail to send, or why not to
 */
export async function prepare(
  trx: Trx,
  deps: Deps,
  mail: ClaimedMail,
): Promise<ClaimedMail | 'suppressed' | 'read' | 'postponed'> {
  const now = deps.clock.now();
  // Once the provider may have it, nothing but its answer counts.
  if (mail.prepared_at !== null && mail.attempts > 1) return mail;
  const suppression = await findSuppression(trx, mail.recipient);
  if (suppression) {
    const since = new Date(suppression.since).toISOString().slice(0, 10);
    const said = suppression.detail ? `: ${suppression.detail}` : '.';
    await finish(
      trx,
      mail.id,
      'suppressed',
      now,
      `Not sent: the address ${suppression.reason} on ${since}${said}`,
    );
    return 'suppressed';
  }
  // Sent again by an agent: as it was, to the address that holds now.
  if (mail.prepared_at !== null) return mail;
  const companions = isReplyKind(mail.kind) ? await findCompanions(trx, mail) : null;
  if (companions?.isRead) {
    await finish(trx, mail.id, 'read', now, null);
    return 'read';
  }
  const freeAt = await whenFree(trx, mail, now);
  if (freeAt > now) {
    await postpone(trx, mail.id, freeAt);
    return 'postponed';
  }
  const payload =
    companions && companions.unread.length > 0
      ? await composeDigest(trx, deps, mail, companions.unread)
      : (JSON.parse(mail.payload) as MailPayload);
  for (const { id } of companions?.unread ?? []) await merge(trx, id, mail.id, now);
  for (const { id } of companions?.read ?? []) await finish(trx, id, 'read', now, null);
  if (mail.ticket_id !== null) {
    const ticket = await trx
      .selectFrom('tickets')
      .select(['id', 'created_at'])
      .where('id', '=', mail.ticket_id)
      .executeTakeFirstOrThrow();
    const thread = await readThread(trx, ticket.id, mail.recipient, threadRoot(deps, ticket));
    payload.headers = { ...payload.headers, ...threadHeaders(thread) };
  }
  const frozen = JSON.stringify(payload);
  await trx
    .updateTable('outbox')
    .set({ payload: frozen, prepared_at: now })
    .where('id', '=', mail.id)
    .execute();
  return { ...mail, payload: frozen, prepared_at: now };
}

/** @returns the time from which the address may get another mail */
async function whenFree(trx: Trx, mail: ClaimedMail, now: number): Promise<number> {
  const isAssignee = mail.kind === 'assigned' || mail.kind === 'clientReply';
  const audience = mail.recipient_id === null ? 'team' : isAssignee ? 'assignee' : 'requester';
  const sent = await trx
    .selectFrom('outbox')
    .select('first_attempt_at as at')
    .where((eb) => eb(eb.fn('lower', ['recipient']), '=', mail.recipient.toLowerCase()))
    .where('first_attempt_at', '>', now - HOUR_MS)
    .where('prepared_at', 'is not', null)
    .where('id', '<>', mail.id)
    .orderBy('first_attempt_at', 'desc')
    .limit(PER_HOUR[audience])
    .execute();
  return sent.length < PER_HOUR[audience] ? now : sent.at(-1)!.at! + HOUR_MS;
}

/** As if it had never been claimed: the provider has not seen it. */
async function postpone(trx: Trx, id: number, until: number): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state: 'queued', attempts: 0, first_attempt_at: null, next_attempt_at: until })
    .where('id', '=', id)
    .execute();
}

async function merge(trx: Trx, id: number, into: number, now: number): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state: 'merged', merged_into: into, finished_at: now })
    .where('id', '=', id)
    .execute();
}

async function finish(
  trx: Trx,
  id: number,
  state: 'suppressed' | 'read',
  now: number,
  error: string | null,
): Promise<void> {
  await trx
    .updateTable('outbox')
    .set({ state, error: error?.slice(0, 500) ?? null, finished_at: now, first_attempt_at: null })
    .where('id', '=', id)
    .execute();
}
