import fc from 'fast-check';
import { expect, test } from 'vitest';
import { canClientReply, reopenableUntil } from './reopen.ts';

const HOUR = 60 * 60 * 1000;

test('the window is that many times 24 hours, its last millisecond included', () => {
  fc.assert(
    fc.property(fc.nat(4e12), fc.nat(3650), (closedAt, days) => {
      const until = closedAt + days * 24 * HOUR;
      expect(reopenableUntil(closedAt, days)).toBe(until);
      expect(canClientReply(closedAt, days, until)).toBe(true);
      expect(canClientReply(closedAt, days, until + 1)).toBe(false);
    }),
  );
});

test('does not know daylight saving time', () => {
  const closedAt = Date.parse('2026-03-28T12:00:00+01:00');
  expect(reopenableUntil(closedAt, 7)).toBe(Date.parse('2026-04-04T13:00:00+02:00'));
});

test('a ticket that is not closed can always be replied to', () => {
  expect(reopenableUntil(null, 7)).toBeNull();
  expect(canClientReply(null, 0, Number.MAX_SAFE_INTEGER)).toBe(true);
});
