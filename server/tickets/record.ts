import type { EventType } from '../contract/events.ts';
import type { HistoryType } from '../contract/vocabulary.ts';
import { afterCommit, beforeCommit, type Trx } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { insertEntry } from './history-repository.ts';
import { formatNumber } from './numbers.ts';

/** The live event that tells of an entry. */
export const EVENT_OF: Record<HistoryType, EventType> = {
  created: 'ticket.created',
  replied: 'message.created',
  noted: 'message.created',
  status: 'ticket.updated',
  priority: 'ticket.updated',
  category: 'ticket.updated',
  assignee: 'ticket.updated',
  deleted: 'ticket.deleted',
};

export interface Recorded {
  type: HistoryType;
  /** Wire values; for `assignee` the person's name. */
  from?: string | null;
  to?: string | null;
  messageId?: number;
  /** Agents only. */
  internal?: boolean;
}

/**
 * Writes a change into the ticket's history, and tells the live streams of it once it is committed.
 *
 * @param by.actor null: the support center itself
 */
export async function recordChange(
  trx: Trx,
  deps: Deps,
  ticket: { id: number; requester_id: number },
  by: { actor: Actor | null; now: number },
  change: Recorded,
): Promise<void> {
  // Whoever has the next `seq` has to commit next: not before everything else is done.
  await beforeCommit(trx, () => writeEntry(trx, deps, ticket, by, change));
}

async function writeEntry(
  trx: Trx,
  deps: Deps,
  ticket: { id: number; requester_id: number },
  by: { actor: Actor | null; now: number },
  change: Recorded,
): Promise<void> {
  const internal = change.internal ?? false;
  const seq = await insertEntry(trx, {
    ticket_id: ticket.id,
    requester_id: ticket.requester_id,
    actor_id: by.actor?.userId ?? null,
    actor_role: by.actor?.role ?? null,
    type: change.type,
    from_value: change.from ?? null,
    to_value: change.to ?? null,
    message_id: change.messageId ?? null,
    internal: internal ? 1 : 0,
    created_at: by.now,
  });
  const number = formatNumber(deps.config.ticketPrefix, ticket.id);
  afterCommit(trx, () => {
    deps.live.publish({
      type: EVENT_OF[change.type],
      number,
      seq,
      internal,
      requesterId: ticket.requester_id,
    });
  });
}
