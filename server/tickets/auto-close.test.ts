import type { Selectable } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserRow } from '../db/tables.ts';
import type { AutoCloseStep } from '../rules/auto-close.ts';
import { insertTicket, insertUser, storeSettings } from '../testing/rows.ts';
import { runInThreads } from '../testing/run-in-thread.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { runAutoClose, type AutoCloseCounts } from './auto-close.ts';

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const RULES = { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 };

let test: TestDeps;
let clara: Selectable<UserRow>;
let agnes: Selectable<UserRow>;
beforeEach(async () => {
  test = await createTestDeps();
  clara = await insertUser(test.deps, CLIENT);
  agnes = await insertUser(test.deps, AGENT);
});
afterEach(() => test.close());

const read = (id: number) =>
  test.deps.db.selectFrom('tickets').selectAll().where('id', '=', id).executeTakeFirstOrThrow();
const history = () => test.deps.db.selectFrom('history').selectAll().orderBy('seq').execute();
const kinds = async () => (await test.mails()).map((mail) => mail.kind);

describe('auto-close', () => {
  it('closes a resolved ticket after seven days, tells the requester and writes it down', async () => {
    const { id } = await insertTicket(test.deps, clara, { status: 'resolved', assignee_id: agnes.id });
    test.clock.advance(7 * DAY - 1);
    expect(await runAutoClose(test.deps)).toEqual({ close: 0, resolve: 0, remind: 0 });
    test.clock.advance(1);
    expect(await runAutoClose(test.deps)).toEqual({ close: 1, resolve: 0, remind: 0 });

    const now = test.clock.now();
    const ticket = await read(id);
    expect(ticket).toMatchObject({ status: 'closed', closed_at: now, resolved_at: null, updated_at: now });
    expect(ticket.version).toBe(2);
    expect(ticket.assignee_id).toBe(agnes.id);
    const entries = await history();
    expect(entries).toMatchObject([
      { type: 'status', from_value: 'resolved', to_value: 'closed', actor_id: null, requester_id: clara.id },
    ]);
    expect(test.changes).toEqual([
      {
        type: 'ticket.updated',
        number: `SUP-${id}`,
        seq: entries[0]?.seq,
        internal: false,
        requesterId: clara.id,
      },
    ]);
    expect(await test.mails()).toMatchObject([{ kind: 'closed', recipient: CLIENT.email, ticket_id: id }]);
    const counts = await test.deps.db.selectFrom('ticket_counts').selectAll().where('n', '>', 0).execute();
    expect(counts).toMatchObject([{ status: 'closed', n: 1 }]);
  });

  it('reminds once, then resolves, then closes', async () => {
    await storeSettings(test.deps, { autoClose: RULES });
    const { id, version } = await insertTicket(test.deps, clara, { status: 'waiting_user' });
    const seen: string[] = [];
    for (let hour = 0; hour < 13 * 24; hour += 6) {
      const before = (await read(id)).status;
      await runAutoClose(test.deps);
      const { status } = await read(id);
      if (status !== before) seen.push(`${hour / 24} ${status}`);
      test.clock.advance(6 * HOUR);
    }
    expect(seen).toEqual(['5 resolved', '12 closed']);
    expect(await kinds()).toEqual(['reminder', 'resolved', 'closed']);
    const [reminder] = await test.mails();
    expect(reminder?.created_at).toBe((await read(id)).created_at + 3 * DAY);
    expect((await read(id)).version).toBe(version + 2);
  });

  it('changes nothing that anybody sees when it reminds', async () => {
    await storeSettings(test.deps, { autoClose: RULES });
    const before = await insertTicket(test.deps, clara, { status: 'waiting_user' });
    test.clock.advance(3 * DAY);
    await runAutoClose(test.deps);
    expect(await read(before.id)).toEqual({ ...before, reminded_at: test.clock.now() });
    expect(await history()).toEqual([]);
    expect(test.changes).toEqual([]);
  });

  it('reminds of a new wait anew', async () => {
    await storeSettings(test.deps, { autoClose: RULES });
    const { id } = await insertTicket(test.deps, clara, { status: 'waiting_user' });
    test.clock.advance(3 * DAY);
    await runAutoClose(test.deps);
    const waiting = { waiting_since: test.clock.now(), reminded_at: null };
    await test.deps.db.updateTable('tickets').set(waiting).where('id', '=', id).execute();
    test.clock.advance(3 * DAY);
    await runAutoClose(test.deps);
    expect(await kinds()).toEqual(['reminder', 'reminder']);
  });

  it('catches up after a downtime: reminds first, and gives the days it promised', async () => {
    await storeSettings(test.deps, { autoClose: RULES });
    const waiting = await insertTicket(test.deps, clara, { status: 'waiting_user' });
    const resolved = await insertTicket(test.deps, clara, { status: 'resolved' });
    test.clock.advance(300 * DAY);
    expect(await runAutoClose(test.deps)).toEqual({ close: 1, resolve: 0, remind: 1 });
    expect((await read(resolved.id)).status).toBe('closed');
    test.clock.advance(2 * DAY - 1);
    expect(await runAutoClose(test.deps)).toEqual({ close: 0, resolve: 0, remind: 0 });
    test.clock.advance(1);
    expect(await runAutoClose(test.deps)).toEqual({ close: 0, resolve: 1, remind: 0 });
    expect((await read(waiting.id)).resolved_at).toBe(test.clock.now());
  });

  it('resolves without a reminder where reminder mails are off', async () => {
    await storeSettings(test.deps, { autoClose: { ...RULES, reminderDaysBefore: 0 } });
    await insertTicket(test.deps, clara, { status: 'waiting_user' });
    test.clock.advance(5 * DAY);
    expect(await runAutoClose(test.deps)).toEqual({ close: 0, resolve: 1, remind: 0 });
  });

  it('is off at 0 days', async () => {
    await storeSettings(test.deps, {
      autoClose: { resolvedAfterDays: 0, waitingUserAfterDays: 0, reminderDaysBefore: 2 },
    });
    await insertTicket(test.deps, clara, { status: 'resolved' });
    await insertTicket(test.deps, clara, { status: 'waiting_user' });
    test.clock.advance(4000 * DAY);
    expect(await runAutoClose(test.deps)).toEqual({ close: 0, resolve: 0, remind: 0 });
  });

  it('takes more tickets than one batch, each exactly once with two processes at it', async () => {
    await storeSettings(test.deps, { autoClose: RULES });
    for (let n = 0; n < 130; n += 1) {
      await insertTicket(test.deps, clara, { status: n % 2 ? 'resolved' : 'waiting_user' });
    }
    const run = async () => {
      const order = { database: test.database, now: test.clock.now(), job: 'auto_close' } as const;
      return await runInThreads<AutoCloseCounts>(2, order);
    };
    const total = (all: AutoCloseCounts[], step: AutoCloseStep) =>
      all.reduce((sum, one) => sum + one[step], 0);
    test.clock.advance(30 * DAY);
    const first = await run();
    expect(total(first, 'close')).toBe(65);
    expect(total(first, 'remind')).toBe(65);
    test.clock.advance(2 * DAY);
    expect(total(await run(), 'resolve')).toBe(65);
    expect(await history()).toHaveLength(130);
    const sent = await kinds();
    for (const kind of ['closed', 'reminder', 'resolved']) {
      expect(sent.filter((one) => one === kind)).toHaveLength(65);
    }
  });

  it('stops between two batches when it is told to', async () => {
    await insertTicket(test.deps, clara, { status: 'resolved' });
    test.clock.advance(30 * DAY);
    expect(await runAutoClose(test.deps, AbortSignal.abort())).toEqual({ close: 0, resolve: 0, remind: 0 });
  });
});
