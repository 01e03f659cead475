import type { Selectable } from 'kysely';
import type { TicketRow, UserRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { AutoCloseCutoffs, AutoCloseStep } from '../rules/auto-close.ts';
import { enterStatus, type StatusStamps } from '../rules/transitions.ts';

export type Ticket = Selectable<TicketRow>;
type User = Selectable<UserRow>;

/** The tickets that have waited longest for `step`, by the partial indexes made for this. */
export async function findIdle(
  trx: Trx,
  step: AutoCloseStep,
  cutoffs: AutoCloseCutoffs,
  limit: number,
): Promise<Ticket[]> {
  const tickets = trx.selectFrom('tickets').selectAll().limit(limit);
  if (step === 'close') {
    if (cutoffs.resolvedAt === null) return [];
    return await tickets
      .where('status', '=', 'resolved')
      .where('resolved_at', '<=', cutoffs.resolvedAt)
      .orderBy('resolved_at')
      .execute();
  }
  const since = step === 'remind' ? cutoffs.remindSince : cutoffs.waitingSince;
  if (since === null) return [];
  let waiting = tickets
    .where('status', '=', 'waiting_user')
    .where('waiting_since', '<=', since)
    .orderBy('waiting_since');
  if (step === 'remind') waiting = waiting.where('reminded_at', 'is', null);
  else if (cutoffs.remindedAt !== null) waiting = waiting.where('reminded_at', '<=', cutoffs.remindedAt);
  return await waiting.execute();
}

/** Moves the ticket on if it is still as it was read; undefined: somebody was there first. */
export async function enterStatusIfUnchanged(
  trx: Trx,
  ticket: Ticket,
  status: StatusStamps['status'],
  now: number,
): Promise<Ticket | undefined> {
  return await trx
    .updateTable('tickets')
    .set({ ...enterStatus(status, now), updated_at: now, version: ticket.version + 1 })
    .where('id', '=', ticket.id)
    .where('status', '=', ticket.status)
    .where('version', '=', ticket.version)
    .returningAll()
    .executeTakeFirst();
}

/** Notes the reminder of this wait; undefined: it is out already, or the wait is over. */
export async function markReminded(trx: Trx, ticket: Ticket, now: number): Promise<Ticket | undefined> {
  return await trx
    .updateTable('tickets')
    .set({ reminded_at: now })
    .where('id', '=', ticket.id)
    .where('status', '=', 'waiting_user')
    .where('waiting_since', '=', ticket.waiting_since)
    .where('reminded_at', 'is', null)
    .returningAll()
    .executeTakeFirst();
}

/** @returns the `seq` of the entry */
export async function recordStatus(trx: Trx, before: Ticket, after: Ticket, now: number): Promise<number> {
  const { seq } = await trx
    .insertInto('history')
    .values({
      ticket_id: after.id,
      requester_id: after.requester_id,
      actor_id: null,
      actor_role: null,
      type: 'status',
      from_value: before.status,
      to_value: after.status,
      created_at: now,
    })
    .returning('seq')
    .executeTakeFirstOrThrow();
  return seq;
}

export async function findUsers(trx: Trx, ids: number[]): Promise<Map<number, User>> {
  const users = await trx.selectFrom('users').selectAll().where('id', 'in', ids).execute();
  return new Map(users.map((user) => [user.id, user]));
}
