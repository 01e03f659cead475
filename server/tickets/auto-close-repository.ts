import type { Selectable } from 'kysely';
import type { TicketRow, UserRow } from '../db/tables.ts';
import { isPostgres } from '../db/dialect.ts';
import type { Trx } from '../db/transact.ts';
import type { AutoCloseCutoffs, AutoCloseStep } from '../rules/auto-close.ts';
import { enterStatus, type StatusStamps } from '../rules/transitions.ts';

export type Ticket = Selectable<TicketRow>;
type User = Selectable<UserRow>;

/**
 * The tickets that have waited longest for `step`. The stamps alone say which: `resolved_at` stands
 * exactly while a ticket is resolved, `waiting_since` while it waits, and each has an index of its own.
 */
export async function findIdle(
  trx: Trx,
  step: AutoCloseStep,
  cutoffs: AutoCloseCutoffs,
  limit: number,
): Promise<Ticket[]> {
  return (await idleQuery(trx, step, cutoffs, limit)?.execute()) ?? [];
}

/** @returns null where the rule is off */
export function idleQuery(trx: Trx, step: AutoCloseStep, cutoffs: AutoCloseCutoffs, limit: number) {
  // On PostgreSQL: not those that somebody is changing now, another process of this job for one.
  const tickets = trx
    .selectFrom('tickets')
    .selectAll()
    .limit(limit)
    .$if(isPostgres(trx), (select) => select.forNoKeyUpdate().skipLocked());
  if (step === 'close') {
    if (cutoffs.resolvedAt === null) return null;
    return tickets.where('resolved_at', '<=', cutoffs.resolvedAt).orderBy('resolved_at');
  }
  const since = step === 'remind' ? cutoffs.remindSince : cutoffs.waitingSince;
  if (since === null) return null;
  const waiting = tickets.where('waiting_since', '<=', since).orderBy('waiting_since');
  if (step === 'remind') return waiting.where('reminded_at', 'is', null);
  return cutoffs.remindedAt === null ? waiting : waiting.where('reminded_at', '<=', cutoffs.remindedAt);
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

export async function findUsers(trx: Trx, ids: number[]): Promise<Map<number, User>> {
  const users = await trx.selectFrom('users').selectAll().where('id', 'in', ids).execute();
  return new Map(users.map((user) => [user.id, user]));
}
