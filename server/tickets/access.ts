import { notFound, SupportError } from '../contract/errors.ts';
import type { Permissions } from '../contract/session.ts';
import type { Trx } from '../db/transact.ts';
import type { Actor, Db, Deps } from '../deps.ts';
import { permissionsOf } from '../rules/permissions.ts';
import { parseNumber } from './numbers.ts';
import { findTicket, lockTicket, type TicketRecord } from './repository.ts';

/**
 * Finds a ticket for somebody who may see it; in a transaction it is locked for the change to come.
 *
 * @throws SupportError `not_found`: also for a ticket that is somebody else's, with the same body
 */
export async function openTicket(
  db: Db | Trx,
  deps: Deps,
  actor: Actor,
  number: string,
): Promise<TicketRecord> {
  const id = parseNumber(deps.config.ticketPrefix, number);
  if (id === null) throw notFound();
  const ticket = await (db.isTransaction ? lockTicket(db as Trx, id) : findTicket(db, id));
  if (!ticket || !canSee(actor, ticket)) throw notFound();
  return ticket;
}

export function canSee(actor: Actor, ticket: { requester_id: number }): boolean {
  return permissionsOf(actor.role).viewAllTickets || ticket.requester_id === actor.userId;
}

/** @throws SupportError `forbidden` */
export function requirePermission(actor: Actor, permission: keyof Permissions): void {
  if (permissionsOf(actor.role)[permission]) return;
  throw new SupportError('forbidden', 'Your role does not allow this.');
}

/**
 * Says no before a request's body is looked at, let alone its version.
 *
 * @throws SupportError `not_found`, `forbidden`
 */
export async function requireControl(
  deps: Deps,
  actor: Actor,
  number: string,
  permission: keyof Permissions,
): Promise<void> {
  if (permissionsOf(actor.role)[permission]) return;
  await openTicket(deps.db, deps, actor, number);
  requirePermission(actor, permission);
}
