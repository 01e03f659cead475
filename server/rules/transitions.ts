import type { Status } from '../contract/vocabulary.ts';

/** What entering a status writes: the database's CHECKs hold these four together. */
export interface StatusStamps {
  status: Status;
  resolved_at: number | null;
  closed_at: number | null;
  waiting_since: number | null;
  /** A new wait is reminded of anew. */
  reminded_at: null;
}

/**
 * The stamps of a ticket that enters `status`: set on entering, cleared on leaving.
 *
 * @param now milliseconds since 1970 UTC
 */
export function enterStatus(status: Status, now: number): StatusStamps {
  return {
    status,
    resolved_at: status === 'resolved' ? now : null,
    closed_at: status === 'closed' ? now : null,
    waiting_since: status === 'waiting_user' ? now : null,
    reminded_at: null,
  };
}

/** Rule 2: an agent's public reply waits for the user, unless the agent names another status. */
export function statusAfterAgentReply(named: Status | undefined): Status {
  return named ?? 'waiting_user';
}

/**
 * Rule 3: the client's reply gives a ticket that waited, was resolved or closed back to whoever works it.
 * Whether a closed one may still be replied to is `rules/reopen.ts`'s to say.
 */
export function statusAfterClientReply(ticket: { status: Status; assigned: boolean }): Status {
  if (ticket.status === 'open' || ticket.status === 'in_progress') return ticket.status;
  return statusWhenReopened(ticket);
}

export function statusWhenReopened(ticket: { assigned: boolean }): Status {
  return ticket.assigned ? 'in_progress' : 'open';
}
