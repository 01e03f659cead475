import { afterCommit, type Trx } from '../db/transact.ts';
import type { Deps } from '../deps.ts';
import { formatNumber } from '../tickets/numbers.ts';

/** Tells the agents' streams, once it is committed, that a mail about this ticket stands elsewhere than before. */
export function tellMail(trx: Trx, deps: Deps, mail: { ticket_id: number | null }): void {
  const { ticket_id: ticketId } = mail;
  if (ticketId === null) return;
  const number = formatNumber(deps.config.ticketPrefix, ticketId);
  afterCommit(trx, () => deps.live.whisper({ to: 'agents', event: 'mail', data: { number } }));
}

/** Tells them that there is another number of mails in the quarantine. Called after the commit. */
export function tellQuarantine(deps: Deps): void {
  deps.live.whisper({ to: 'agents', event: 'quarantine', data: {} });
}
