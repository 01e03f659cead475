import { sql } from 'kysely';
import type { Db } from '../../deps.ts';
import type { Trx } from '../../db/transact.ts';
import type { InboundMail } from './inbox-repository.ts';

/** Newest first. @param before the `uid` that the page begins behind */
export async function readQuarantine(
  db: Db,
  { before, limit }: { before: string | undefined; limit: number },
): Promise<InboundMail[]> {
  let select = db.selectFrom('inbound_mails').selectAll().where('state', '=', sql.lit('quarantined'));
  if (before !== undefined) {
    select = select.where('id', '<', (eb) =>
      eb.selectFrom('inbound_mails as last').select('last.id').where('last.uid', '=', before),
    );
  }
  return await select.orderBy('id', 'desc').limit(limit).execute();
}

export async function countQuarantined(db: Db): Promise<number> {
  const row = await db
    .selectFrom('inbound_mails')
    .select((eb) => eb.fn.countAll<number>().as('n'))
    .where('state', '=', sql.lit('quarantined'))
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Takes a mail out of the quarantine for an agent; undefined: it is not in there, or not any more. */
export async function claimQuarantined(
  db: Db,
  uid: string,
  leaseUntil: number,
): Promise<InboundMail | undefined> {
  return await db
    .updateTable('inbound_mails')
    .set((eb) => ({
      state: 'fetching',
      attempts: eb('attempts', '+', 1),
      next_attempt_at: leaseUntil,
      finished_at: null,
    }))
    .where('uid', '=', uid)
    .where('state', '=', 'quarantined')
    .returningAll()
    .executeTakeFirst();
}

/** Its text is gone; that it was here is kept, so that it does not come back. @returns false: it is not in there */
export async function dropQuarantined(db: Db | Trx, uid: string, now: number): Promise<boolean> {
  const { numUpdatedRows } = await db
    .updateTable('inbound_mails')
    .set({
      state: 'dropped',
      finished_at: now,
      from_name: null,
      subject: null,
      original: null,
      file_names: null,
      ticket_id: null,
    })
    .where('uid', '=', uid)
    .where('state', '=', 'quarantined')
    .executeTakeFirst();
  return numUpdatedRows === 1n;
}

/** The mail behind a message. */
export async function findMailOf(
  db: Db,
  ticketId: number,
  messageUid: string,
): Promise<InboundMail | undefined> {
  return await db
    .selectFrom('inbound_mails')
    .innerJoin('messages', 'messages.id', 'inbound_mails.message_id')
    .selectAll('inbound_mails')
    .where('inbound_mails.ticket_id', '=', ticketId)
    .where('messages.uid', '=', messageUid)
    .where('inbound_mails.state', '=', 'accepted')
    .executeTakeFirst();
}
