import { randomBytes } from 'node:crypto';
import { sql, type Selectable, type Updateable } from 'kysely';
import type { InboundMailRow } from '../../db/tables.ts';
import { isPostgres } from '../../db/dialect.ts';
import type { Trx } from '../../db/transact.ts';
import type { Db } from '../../deps.ts';

export type InboundMail = Selectable<InboundMailRow>;

/** @returns false: it is known already */
export async function insertInbound(trx: Trx, providerId: string, now: number): Promise<boolean> {
  const result = await trx
    .insertInto('inbound_mails')
    .values({
      uid: randomBytes(16).toString('base64url'),
      provider_id: providerId,
      state: 'queued',
      next_attempt_at: now,
      received_at: now,
    })
    .onConflict((conflict) => conflict.column('provider_id').doNothing())
    .executeTakeFirst();
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n;
}

/**
 * Takes the mail that has been due the longest, in one statement: whatever the number of processes, one
 * gets it. A claim that lapsed is taken again.
 *
 * @param leaseMs how long the claim lasts
 */
export async function claimInbound(db: Db, now: number, leaseMs: number): Promise<InboundMail | undefined> {
  return await db
    .updateTable('inbound_mails')
    .set((eb) => ({
      state: 'fetching',
      attempts: eb('attempts', '+', 1),
      next_attempt_at: now + leaseMs,
    }))
    .where('id', '=', (eb) =>
      eb
        .selectFrom('inbound_mails as due')
        .select('due.id')
        .where('due.finished_at', 'is', null)
        .where('due.next_attempt_at', '<=', now)
        .orderBy('due.next_attempt_at')
        .limit(1)
        .$if(isPostgres(db), (due) => due.forUpdate().skipLocked()),
    )
    .returningAll()
    .executeTakeFirst();
}

/**
 * Notes what became of a claimed mail, while the claim is still ours.
 *
 * @returns false: another process has it by now
 */
export async function settleInbound(
  db: Db | Trx,
  mail: Pick<InboundMail, 'id' | 'attempts'>,
  values: Updateable<InboundMailRow>,
): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('inbound_mails')
    .set(values)
    .where('id', '=', mail.id)
    .where('state', '=', 'fetching')
    .where('attempts', '=', mail.attempts)
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** When the next mail is due, or undefined when none waits. */
export async function nextInboundAt(db: Db): Promise<number | undefined> {
  const row = await db
    .selectFrom('inbound_mails')
    .select('next_attempt_at')
    .where('finished_at', 'is', null)
    .orderBy('next_attempt_at')
    .limit(1)
    .executeTakeFirst();
  return row?.next_attempt_at;
}

/** Whether another mail with this Message-ID of this sender was taken in. */
export async function isKnownMessage(
  db: Db | Trx,
  mail: { id: number; messageRef: string | null; from: string },
): Promise<boolean> {
  if (mail.messageRef === null) return false;
  const row = await db
    .selectFrom('inbound_mails')
    .select('id')
    .where('message_ref', '=', mail.messageRef)
    .where('from_address', '=', mail.from)
    .where('state', 'in', ['accepted', 'quarantined', 'dropped'])
    .where('id', '<>', mail.id)
    .executeTakeFirst();
  return row !== undefined;
}

/** Mails of one sender that became messages since `since`. */
export async function countAccepted(db: Db | Trx, from: string, since: number): Promise<number> {
  const row = await db
    .selectFrom('inbound_mails')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('from_address', '=', from)
    .where('state', '=', sql.lit('accepted'))
    .where('received_at', '>', since)
    .executeTakeFirstOrThrow();
  return row.n;
}
