import fc from 'fast-check';
import type { Selectable } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../contract/tickets.ts';
import type { UserRow } from '../db/tables.ts';
import { startJobs, type Jobs } from '../jobs/scheduler.ts';
import { createResendTransport } from '../mail/resend.ts';
import { startResendServer, type ResendServer } from '../testing/resend-server.ts';
import { insertTicket, insertUser, storeSettings } from '../testing/rows.ts';
import { createTestApp } from '../testing/test-app.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { isLong } from './long.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RULES = { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 };

let resend: ResendServer;
let test: TestDeps;
let clara: Selectable<UserRow>;
let jobs: Jobs | undefined;
beforeEach(async () => {
  resend = await startResendServer();
});
afterEach(() => resend.close());

async function open(): Promise<void> {
  test = await createTestDeps({ mail: createResendTransport({ apiKey: 're_test', baseUrl: resend.url }) });
  clara = await insertUser(test.deps, CLIENT);
  await storeSettings(test.deps, { autoClose: RULES });
}
async function close(): Promise<void> {
  await jobs?.stop();
  jobs = undefined;
  await test.close();
}
const kindsOf = async (ticketId: number) =>
  (await test.mails()).filter((mail) => mail.ticket_id === ticketId).map(({ kind }) => kind);

describe('whatever the clock does', () => {
  it(
    'each ticket is reminded of, resolved and closed once, and each mail sent once',
    { timeout: isLong ? 1_200_000 : 120_000 },
    async () => {
      const leap = fc.oneof(
        fc.integer({ min: 1, max: 48 }).map((hours) => hours * HOUR),
        fc.constantFrom(30 * DAY, -30 * DAY, 3 * DAY, -1 * HOUR, HOUR),
      );
      await fc.assert(
        fc.asyncProperty(fc.array(leap, { minLength: 3, maxLength: 12 }), async (leaps) => {
          await open();
          try {
            const sentBefore = resend.received.length;
            const waiting = await insertTicket(test.deps, clara, { status: 'waiting_user' });
            const resolved = await insertTicket(test.deps, clara, { status: 'resolved' });
            jobs = startJobs(test.deps);
            // In the end the clock is right again, and time goes on.
            for (const step of [...leaps, ...Array.from({ length: 30 }, () => 8 * DAY)]) {
              test.clock.advance(step);
              await jobs.runDue();
            }
            expect(await kindsOf(waiting.id)).toEqual(['reminder', 'resolved', 'closed']);
            expect(await kindsOf(resolved.id)).toEqual(['closed']);
            const history = await test.deps.db
              .selectFrom('history')
              .select(['ticket_id', 'to_value'])
              .execute();
            expect(history.map(({ ticket_id: id, to_value: to }) => `${id} ${to}`).sort()).toEqual(
              [`${waiting.id} closed`, `${waiting.id} resolved`, `${resolved.id} closed`].sort(),
            );
            expect(resend.received.length - sentBefore).toBe(4);
            expect((await test.mails()).map(({ state }) => state)).toEqual(['sent', 'sent', 'sent', 'sent']);
          } finally {
            await close();
          }
        }),
        { numRuns: isLong ? 300 : 8 },
      );
    },
  );

  it('a clock set back by 30 days stops neither jobs nor mails', async () => {
    await open();
    try {
      resend.script({ status: 429, headers: { 'retry-after': '1800' } });
      const early = await insertTicket(test.deps, clara, {
        status: 'resolved',
        since: test.clock.now() - 9 * DAY,
      });
      jobs = startJobs(test.deps);
      await jobs.runDue();
      expect((await test.mails()).map(({ state }) => state)).toEqual(['queued']);

      test.clock.advance(-30 * DAY);
      const since = test.clock.now() - 7 * DAY;
      const late = await insertTicket(test.deps, clara, { status: 'resolved', since });
      await jobs.runDue();
      expect(await kindsOf(late.id)).toEqual(['closed']);
      expect(await kindsOf(early.id)).toEqual(['closed']);
      expect((await test.mails()).map(({ state }) => state)).toEqual(['sent', 'sent']);
    } finally {
      await close();
    }
  });

  it('after three days of downtime two processes that start at once close and mail each ticket once', async () => {
    await open();
    try {
      for (let n = 0; n < 60; n++) {
        const client = { ...CLIENT, sub: `client-${n}`, email: `client-${n}@example.com` };
        await insertTicket(test.deps, await insertUser(test.deps, client), { status: 'resolved' });
      }
      test.clock.advance(5 * DAY);
      const before = startJobs(test.deps);
      await before.runDue();
      await before.stop();
      expect(await test.mails()).toEqual([]);
      test.clock.advance(3 * DAY);
      const both = [startJobs(test.deps), startJobs(test.deps)];
      await Promise.all(both.map((one) => one.runDue()));
      await Promise.all(both.map((one) => one.stop()));
      const mails = await test.mails();
      expect(mails).toHaveLength(60);
      expect(new Set(mails.map((mail) => mail.ticket_id)).size).toBe(60);
      expect(resend.received).toHaveLength(60);
      expect(resend.accepted()).toHaveLength(60);
    } finally {
      await close();
    }
  });
});

describe('the reopen window', () => {
  const zone = process.env['TZ'];
  afterEach(() => {
    if (zone === undefined) delete process.env['TZ'];
    else process.env['TZ'] = zone;
  });

  it.each([
    ['Europe/Berlin', '2026-03-26T23:30:00+01:00'],
    ['Europe/Berlin', '2026-10-22T02:30:00+02:00'],
    ['America/New_York', '2026-03-05T12:00:00-05:00'],
    ['America/New_York', '2026-10-29T01:59:59-04:00'],
    ['Australia/Lord_Howe', '2026-04-01T09:00:00+11:00'],
    ['UTC', '2026-02-25T12:00:00Z'],
  ])('is 7 × 24 h to the millisecond in %s after %s', async (timeZone, instant) => {
    process.env['TZ'] = timeZone;
    const app = await createTestApp({ now: Date.parse(instant) });
    try {
      const client = app.as(CLIENT);
      const closed = async () => {
        const input = { subject: 'Late', category: 'general', priority: 'low', description: 'Hello' };
        const { number } = (await (await client.post('/api/tickets', input)).json()) as Ticket;
        const response = await app.as(AGENT).post(`/api/tickets/${number}/close`);
        return (await response.json()) as Ticket;
      };
      const [first, second] = [await closed(), await closed()];
      const until = Date.parse(instant) + 7 * DAY;
      expect(first.reopenableUntil).toBe(new Date(until).toISOString());
      const reply = (ticket: Ticket) =>
        client.post(`/api/tickets/${ticket.number}/messages`, { body: 'Not quite' });
      app.clock.set(until);
      expect((await reply(first)).status).toBe(201);
      app.clock.set(until + 1);
      const late = await reply(second);
      expect(late.status).toBe(409);
      expect(((await late.json()) as { code: string }).code).toBe('reopen_window_expired');
    } finally {
      await app.close();
    }
  });
});
