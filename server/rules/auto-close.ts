import type { Settings } from '../contract/settings.ts';
import type { Status } from '../contract/vocabulary.ts';

/** Days of the settings are days of 24 h. */
export const DAY_MS = 24 * 60 * 60 * 1000;

export type AutoClose = Settings['autoClose'];

/** What auto-close looks at. All times in milliseconds since 1970 UTC. */
export interface IdleTicket {
  status: Status;
  resolvedAt: number | null;
  waitingSince: number | null;
  /** When the reminder of this wait went out. */
  remindedAt: number | null;
}

export type AutoCloseStep = 'close' | 'resolve' | 'remind';

/**
 * Decides what happens to a ticket that nobody touches.
 *
 * With reminders on, no ticket is resolved before its reminder has been out for the days it promises.
 * So after a downtime, or when an admin switches the rule on over tickets that have waited for months,
 * the requester is first reminded and then has these days to answer.
 *
 * @param reminders whether reminder mails may be sent at all
 */
export function decideAutoClose(
  ticket: IdleTicket,
  autoClose: AutoClose,
  reminders: boolean,
  now: number,
): AutoCloseStep | null {
  const { resolvedAfterDays, waitingUserAfterDays } = autoClose;
  if (ticket.status === 'resolved' && ticket.resolvedAt !== null) {
    return resolvedAfterDays > 0 && ticket.resolvedAt + resolvedAfterDays * DAY_MS <= now ? 'close' : null;
  }
  if (ticket.status !== 'waiting_user' || ticket.waitingSince === null || waitingUserAfterDays === 0) {
    return null;
  }
  const lead = leadDays(autoClose, reminders);
  if (lead > 0 && ticket.remindedAt === null) {
    return ticket.waitingSince + (waitingUserAfterDays - lead) * DAY_MS <= now ? 'remind' : null;
  }
  const promised = lead > 0 && ticket.remindedAt !== null ? ticket.remindedAt + lead * DAY_MS : 0;
  return Math.max(ticket.waitingSince + waitingUserAfterDays * DAY_MS, promised) <= now ? 'resolve' : null;
}

/** Where to look: every ticket that `decideAutoClose` has a step for began to wait by then. null: off. */
export interface AutoCloseCutoffs {
  resolvedAt: number | null;
  waitingSince: number | null;
  /** Waiting tickets reminded of after this are left alone; null: reminders are off. */
  remindedAt: number | null;
  /** Waiting tickets without a reminder get one from here on; null: reminders are off. */
  remindSince: number | null;
}

export function autoCloseCutoffs(autoClose: AutoClose, reminders: boolean, now: number): AutoCloseCutoffs {
  const { resolvedAfterDays, waitingUserAfterDays } = autoClose;
  const lead = leadDays(autoClose, reminders);
  const waits = waitingUserAfterDays > 0;
  return {
    resolvedAt: resolvedAfterDays > 0 ? now - resolvedAfterDays * DAY_MS : null,
    waitingSince: waits ? now - waitingUserAfterDays * DAY_MS : null,
    remindedAt: waits && lead > 0 ? now - lead * DAY_MS : null,
    remindSince: waits && lead > 0 ? now - (waitingUserAfterDays - lead) * DAY_MS : null,
  };
}

/** Days between the reminder and the change; 0: no reminder. */
function leadDays({ waitingUserAfterDays, reminderDaysBefore }: AutoClose, reminders: boolean): number {
  return reminders ? Math.min(reminderDaysBefore, waitingUserAfterDays) : 0;
}
