import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { autoCloseCutoffs, DAY_MS, decideAutoClose, type IdleTicket } from './auto-close.ts';

const NOW = Date.UTC(2026, 0, 15);
const RULES = { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 };

const resolved = (daysAgo: number): IdleTicket => ({
  status: 'resolved',
  resolvedAt: NOW - daysAgo * DAY_MS,
  waitingSince: null,
  remindedAt: null,
});
const waiting = (daysAgo: number, remindedDaysAgo?: number): IdleTicket => ({
  status: 'waiting_user',
  resolvedAt: null,
  waitingSince: NOW - daysAgo * DAY_MS,
  remindedAt: remindedDaysAgo === undefined ? null : NOW - remindedDaysAgo * DAY_MS,
});
const decide = (ticket: IdleTicket, rules = RULES, reminders = true) =>
  decideAutoClose(ticket, rules, reminders, NOW);

describe('auto-close', () => {
  it('closes a resolved ticket after the days, to the millisecond', () => {
    expect(decide(resolved(7))).toBe('close');
    expect(decide({ ...resolved(7), resolvedAt: NOW - 7 * DAY_MS + 1 })).toBeNull();
  });

  it('reminds, then resolves, what waits for the user', () => {
    expect(decide(waiting(2.9))).toBeNull();
    expect(decide(waiting(3))).toBe('remind');
    expect(decide(waiting(4, 1))).toBeNull();
    expect(decide(waiting(5, 2))).toBe('resolve');
  });

  it('reminds first when everything is overdue, and gives the days that the reminder promises', () => {
    expect(decide(waiting(100))).toBe('remind');
    expect(decide(waiting(101, 1))).toBeNull();
    expect(decide(waiting(102, 2))).toBe('resolve');
  });

  it('resolves without a reminder where reminders are off', () => {
    expect(decide(waiting(5), { ...RULES, reminderDaysBefore: 0 })).toBe('resolve');
    expect(decide(waiting(5), RULES, false)).toBe('resolve');
    expect(decide(waiting(4.9), RULES, false)).toBeNull();
  });

  it('does nothing where the rules are off', () => {
    expect(decide(resolved(1000), { ...RULES, resolvedAfterDays: 0 })).toBeNull();
    expect(decide(waiting(1000), { ...RULES, waitingUserAfterDays: 0 })).toBeNull();
  });

  it.each(['open', 'in_progress', 'closed'] as const)('leaves a ticket alone that is %s', (status) => {
    expect(decide({ status, resolvedAt: null, waitingSince: null, remindedAt: null })).toBeNull();
  });

  it('looks exactly where there is something to do', () => {
    const days = fc.integer({ min: 0, max: 12 });
    const hours = fc.integer({ min: 0, max: 400 }).map((h) => NOW - h * 3_600_000);
    const rules = fc.record({
      resolvedAfterDays: days,
      waitingUserAfterDays: days,
      reminderDaysBefore: days,
    });
    const tickets = fc.oneof(
      hours.map((at): IdleTicket => ({ ...resolved(0), resolvedAt: at })),
      fc
        .tuple(hours, fc.option(hours))
        .map(([at, reminded]): IdleTicket => ({ ...waiting(0), waitingSince: at, remindedAt: reminded })),
    );
    fc.assert(
      fc.property(tickets, rules, fc.boolean(), (ticket, autoClose, reminders) => {
        const cut = autoCloseCutoffs(autoClose, reminders, NOW);
        const by = (at: number | null, cutoff: number | null) =>
          at !== null && cutoff !== null && at <= cutoff;
        const close = ticket.status === 'resolved' && by(ticket.resolvedAt, cut.resolvedAt);
        const remind = ticket.remindedAt === null && by(ticket.waitingSince, cut.remindSince);
        const resolve =
          by(ticket.waitingSince, cut.waitingSince) &&
          (cut.remindedAt === null || by(ticket.remindedAt, cut.remindedAt));
        const found = close ? 'close' : remind ? 'remind' : resolve ? 'resolve' : null;
        expect(found).toBe(decideAutoClose(ticket, autoClose, reminders, NOW));
      }),
    );
  });
});
