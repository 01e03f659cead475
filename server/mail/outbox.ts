import type { Insertable, Selectable } from 'kysely';
import type { NotificationKind } from '../contract/vocabulary.ts';
import type { OutboxRow } from '../db/tables.ts';
import { isPostgres } from '../db/dialect.ts';
import { query } from '../db/fragment.ts';
import { insertRow } from '../db/rows.ts';
import type { Trx } from '../db/transact.ts';
import type { Db, MailPayload } from '../deps.ts';

/** A mail to write into the transaction of the change that it tells of. */
export interface NewMail {
  ticketId: number;
  messageId: number | null;
  kind: NotificationKind;
  payload: MailPayload;
  /** `users.id`; null or left out: an address that is nobody's. */
  recipientId?: number | null;
  /** When to send it, by the clock; default: at once. */
  dueAt?: number;
  /** The same for the same event and recipient: a second one is dropped. At most 256 characters. */
  idempotencyKey: string;
  /** Milliseconds since 1970 UTC. */
  now: number;
  /** There is no provider: keep it, never send it. */
  captured: boolean;
}

/** @returns whether it is new */
export async function enqueue(trx: Trx, mail: NewMail): Promise<boolean> {
  const row: Insertable<OutboxRow> = {
    ticket_id: mail.ticketId,
    message_id: mail.messageId,
    kind: mail.kind,
    recipient: mail.payload.to,
    recipient_id: mail.recipientId ?? null,
    payload: JSON.stringify(mail.payload),
    idempotency_key: mail.idempotencyKey,
    state: mail.captured ? 'captured' : 'queued',
    next_attempt_at: mail.dueAt ?? mail.now,
    created_at: mail.now,
    finished_at: mail.captured ? mail.now : null,
  };
  return (await insertRow(trx, 'outbox', row, 'ON CONFLICT (idempotency_key) DO NOTHING')) !== null;
}

/** A mail taken by one deliverer, until its claim lapses. */
export type ClaimedMail = Pick<
  Selectable<OutboxRow>,
  | 'id'
  | 'kind'
  | 'payload'
  | 'idempotency_key'
  | 'attempts'
  | 'created_at'
  | 'ticket_id'
  | 'message_id'
  | 'recipient'
  | 'recipient_id'
  | 'prepared_at'
> & { first_attempt_at: number };

/**
 * Takes the mail that has been due the longest, in one statement: whatever the number of deliverers,
 * one gets it. A claim that lapsed (its process died between sending and noting so) is taken again.
 *
 * @param leaseMs how long the claim lasts; longer than a send can take
 */
export async function claimDue(db: Db | Trx, now: number, leaseMs: number): Promise<ClaimedMail | undefined> {
  const row = await db
    .updateTable('outbox')
    .set((eb) => ({
      state: 'sending',
      attempts: eb('attempts', '+', 1),
      next_attempt_at: now + leaseMs,
      first_attempt_at: eb.fn.coalesce('first_attempt_at', eb.val(now)),
    }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('outbox as due')
        .select('due.id')
        .where('due.finished_at', 'is', null)
        .where('due.next_attempt_at', '<=', now)
        .orderBy('due.next_attempt_at')
        .orderBy('due.id')
        .limit(1)
        .$if(isPostgres(db), (due) => due.forUpdate().skipLocked()),
    )
    .returning([
      'id',
      'kind',
      'payload',
      'idempotency_key',
      'attempts',
      'created_at',
      'first_attempt_at',
      'ticket_id',
      'message_id',
      'recipient',
      'recipient_id',
      'prepared_at',
    ])
    .executeTakeFirst();
  return row as ClaimedMail | undefined;
}

/** How a claimed mail ended, or when to try it again. */
export type Verdict =
  | { state: 'sent'; providerId: string }
  | { state: 'captured' }
  | { state: 'queued'; error: string; nextAttemptAt: number }
  | { state: 'failed'; error: string };

/**
 * Notes what became of a claim. That it was sent is noted in any case; the rest only while the claim
 * is still ours, so that a slow deliverer does not undo what another has learnt since.
 */
export async function settle(
  db: Db | Trx,
  mail: Pick<ClaimedMail, 'id' | 'attempts'>,
  verdict: Verdict,
  now: number,
): Promise<void> {
  const done = verdict.state !== 'queued';
  let update = db
    .updateTable('outbox')
    .set({
      state: verdict.state,
      finished_at: done ? now : null,
      provider_id: verdict.state === 'sent' ? verdict.providerId : null,
      error: 'error' in verdict ? verdict.error.slice(0, 500) : null,
      ...(verdict.state === 'queued' ? { next_attempt_at: verdict.nextAttemptAt } : {}),
    })
    .where('id', '=', mail.id);
  if (verdict.state !== 'sent') {
    update = update.where('state', '=', 'sending').where('attempts', '=', mail.attempts);
  }
  await update.execute();
}

/** When the next mail is due, or undefined when none waits. */
export async function nextDueAt(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('outbox')
    .select('next_attempt_at')
    .where('finished_at', 'is', null)
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_attempt_at;
}

/**
 * Sends what still waits for company to this person about this ticket at once: what comes after it must
 * not overtake it.
 */
export async function release(
  trx: Trx,
  { ticketId, to, now }: { ticketId: number; to: string; now: number },
): Promise<void> {
  await query(trx, {
    sql: `UPDATE outbox SET next_attempt_at = ? WHERE ticket_id = ? AND recipient = ? AND state = 'queued'
      AND first_attempt_at IS NULL AND next_attempt_at > ?`,
    parameters: [now, ticketId, to, now],
  });
}
