import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Message, Ticket } from '../contract/tickets.ts';
import { startJobs } from '../jobs/scheduler.ts';
import { addUpCounters } from '../db/postgres/counters.ts';
import { findDamage } from '../testing/find-damage.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from '../testing/users.ts';

const DAY = 24 * 60 * 60_000;

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
  for (const user of [AGENT, ADMIN, CLIENT, OTHER_CLIENT]) await test.as(user).get('/api/session');
});
afterEach(() => test.close());

const times = <T>(count: number, work: (n: number) => Promise<T>) =>
  Promise.all(Array.from({ length: count }, (_, n) => work(n)));
const statusesOf = async (answers: Promise<Response[]>) =>
  (await answers).map(({ status }) => status).sort((a, b) => a - b);

it('creating, answering, changing, closing, reopening and deleting at once leaves everything in agreement', async () => {
  const numbers = (await times(6, () => fileTicket(test.as(CLIENT)))).map(({ number }) => number);
  const deeds: Array<(number: string, n: number) => Promise<Response>> = [
    (_, n) =>
      test.as(OTHER_CLIENT).post('/api/tickets', {
        subject: `At once ${n}`,
        category: 'general',
        priority: 'low',
        description: 'x',
      }),
    (number) => test.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'More' }),
    (number) => test.as(AGENT).post(`/api/tickets/${number}/messages`, { body: 'Answer' }),
    (number) => test.as(AGENT).post(`/api/tickets/${number}/messages`, { body: 'Note', internal: true }),
    (number) => test.as(AGENT).post(`/api/tickets/${number}/close`),
    (number) => test.as(CLIENT).post(`/api/tickets/${number}/reopen`),
    (number, n) =>
      test
        .as(AGENT)
        .patch(`/api/tickets/${number}`, { priority: n % 2 ? 'high' : 'urgent' }, { 'if-match': '*' }),
    (number) => test.as(CLIENT).get(`/api/tickets/${number}/messages`),
    (number, n) =>
      n === 77 ? test.as(ADMIN).delete(`/api/tickets/${number}`) : test.as(ADMIN).get('/api/session'),
  ];
  const statuses = await statusesOf(
    times(100, (n) => deeds[n % deeds.length]!(numbers[n % numbers.length]!, n)),
  );
  expect(statuses.filter((status) => ![200, 201, 204, 404, 409].includes(status))).toEqual([]);
  expect(test.logs.filter(({ level }) => level === 'error')).toEqual([]);
  expect(await findDamage(test.deps.db)).toEqual([]);
  await addUpCounters(test.deps.db);
  expect(await findDamage(test.deps.db)).toEqual([]);
});

it('of several with one version one gets through', async () => {
  const { number, version } = await fileTicket(test.as(CLIENT));
  const change = () =>
    test.as(AGENT).patch(`/api/tickets/${number}`, { priority: 'urgent' }, { 'if-match': `"${version}"` });
  expect(await statusesOf(times(8, change))).toEqual([200, ...Array<number>(7).fill(412)]);
});

it('of several with one idempotency key all get the same ticket, and the same message', async () => {
  const input = { subject: 'Once', category: 'general', priority: 'low', description: 'x' };
  const key = { 'idempotency-key': 'once' };
  const tickets = await times(
    8,
    async () => (await (await test.as(CLIENT).post('/api/tickets', input, key)).json()) as Ticket,
  );
  expect(new Set(tickets.map(({ number }) => number)).size).toBe(1);
  const { number } = tickets[0]!;
  const answers = await times(8, async () => {
    const answer = await test.as(AGENT).post(`/api/tickets/${number}/messages`, { body: 'Hello' }, key);
    return (await answer.json()) as Message;
  });
  expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
  expect(await test.deps.db.selectFrom('messages').select('id').execute()).toHaveLength(2);
});

it('a client who answers a closed ticket, and an agent who closes it, both count once', async () => {
  const { number } = await fileTicket(test.as(CLIENT));
  await reply(test.as(AGENT), number);
  const closed = await statusesOf(times(4, () => test.as(AGENT).post(`/api/tickets/${number}/close`)));
  expect(closed).toEqual([200, 409, 409, 409]);
  const history = await test.deps.db
    .selectFrom('history')
    .select('to_value')
    .where('type', '=', 'status')
    .execute();
  expect(history.filter(({ to_value: to }) => to === 'closed')).toHaveLength(1);
});

it('the room of a user holds for uploads at once', async () => {
  const content = Buffer.alloc(1000, 'x');
  await test.as(CLIENT).upload('/api/attachments', { name: 'a.txt', content });
  const { id } = await test.deps.db
    .selectFrom('users')
    .select('id')
    .where('external_id', '=', CLIENT.sub)
    .executeTakeFirstOrThrow();
  // As if all but the room of two more were taken.
  await test.deps.db
    .updateTable('attachments')
    .set({ size: 500 * 1024 * 1024 - 2500 })
    .where('uploader_id', '=', id)
    .execute();
  const statuses = await statusesOf(
    times(6, () => test.as(CLIENT).upload('/api/attachments', { name: 'b.txt', content })),
  );
  expect(statuses).toEqual([201, 201, 413, 413, 413, 413]);
});

it('three schedulers close, remind and mail each ticket once, and roll counters up without losing one', async () => {
  await test
    .as(ADMIN)
    .put(
      '/api/settings',
      { autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 } },
      { 'if-match': '*' },
    );
  const numbers = (await times(12, () => fileTicket(test.as(CLIENT)))).map(({ number }) => number);
  for (const [n, number] of numbers.entries()) {
    if (n % 2)
      await test.as(AGENT).patch(`/api/tickets/${number}`, { status: 'resolved' }, { 'if-match': '*' });
    else await reply(test.as(AGENT), number);
  }
  const before = (await test.mails()).length;
  test.clock.advance(8 * DAY);
  const schedulers = [startJobs(test.deps), startJobs(test.deps), startJobs(test.deps)];
  await Promise.all(schedulers.map((one) => one.runDue()));
  await Promise.all(schedulers.map((one) => one.stop()));
  const mails = (await test.mails()).slice(before);
  expect(mails.map(({ kind }) => kind).sort()).toEqual([
    ...Array<string>(6).fill('closed'),
    ...Array<string>(6).fill('reminder'),
  ]);
  expect(test.logs.filter(({ level }) => level === 'error')).toEqual([]);
  expect(await findDamage(test.deps.db)).toEqual([]);
});
