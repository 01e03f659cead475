import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Message, NewTicket, Ticket } from '../contract/tickets.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT } from '../testing/users.ts';

const DAY = 24 * 60 * 60 * 1000;
const body: NewTicket = { subject: 'Once', category: 'billing', priority: 'low', description: 'Only once.' };

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const file = (key: string, input: unknown = body, user = CLIENT) =>
  t.as(user).post('/api/tickets', input, { 'idempotency-key': key });
const answer = (key: string, input: unknown) =>
  t.as(CLIENT).post('/api/tickets/SUP-1001/messages', input, { 'idempotency-key': key });
const countOf = async (table: 'tickets' | 'messages' | 'outbox' | 'history') =>
  (
    await t.deps.db
      .selectFrom(table)
      .select(({ fn }) => fn.countAll<number>().as('n'))
      .executeTakeFirstOrThrow()
  ).n;

test('the same request again gets the same ticket, and nothing happens twice', async () => {
  const first = await file('key-1');
  const again = await file('key-1', { ...body, subject: ' Once ' });
  expect(again.headers.get('location')).toBe(first.headers.get('location'));
  expect(await expectStatus(again, 201)).toEqual(await expectStatus(first, 201));
  expect([
    await countOf('tickets'),
    await countOf('messages'),
    await countOf('outbox'),
    await countOf('history'),
  ]).toEqual([1, 1, 1, 1]);
});

test('five at the same moment make one ticket', async () => {
  const answers = await Promise.all(
    Array.from({ length: 5 }, async () => expectStatus<Ticket>(await file('k'), 201)),
  );
  expect(new Set(answers.map(({ number }) => number))).toEqual(new Set(['SUP-1001']));
  expect(await countOf('outbox')).toBe(1);
});

test('the order of the fields does not matter, what they say does', async () => {
  await expectStatus(await file('k'), 201);
  const { subject, ...rest } = body;
  await expectStatus(await file('k', { ...rest, subject }), 201);
  const other = await file('k', { ...body, priority: 'urgent' });
  expect(await expectStatus(other, 409)).toMatchObject({ code: 'idempotency_conflict' });
  expect(await countOf('tickets')).toBe(1);
});

test('a key counts for one user, on one path, for 24 hours', async () => {
  await fileTicket(t.as(CLIENT));
  await fileTicket(t.as(CLIENT));
  const numbers = [];
  numbers.push((await expectStatus<Ticket>(await file('k'), 201)).number);
  numbers.push((await expectStatus<Ticket>(await file('k', body, OTHER_CLIENT), 201)).number);
  await expectStatus(await answer('k', { body: 'A reply' }), 201);
  t.clock.advance(DAY - 1);
  numbers.push((await expectStatus<Ticket>(await file('k'), 201)).number);
  t.clock.advance(1);
  numbers.push((await expectStatus<Ticket>(await file('k', { ...body, subject: 'New' }), 201)).number);
  expect(numbers).toEqual(['SUP-1003', 'SUP-1004', 'SUP-1003', 'SUP-1005']);
});

test('a reply is stored once, also when the ticket has closed for good in between', async () => {
  await fileTicket(t.as(CLIENT));
  const first = await expectStatus<Message>(await answer('k', { body: 'Hello?' }), 201);
  await patchTicket(t.as(AGENT), 'SUP-1001', { status: 'closed' });
  await t.deps.db.updateTable('tickets').set({ closed_at: 0 }).execute();
  expect(await expectStatus(await answer('k', { body: 'Hello?' }), 201)).toEqual(first);
  expect(await countOf('messages')).toBe(2);
});

test('a refused request does not use its key up', async () => {
  await expectStatus(await file('k', { ...body, attachmentIds: ['missing'] }), 422);
  await expectStatus(await file('k'), 201);
});

test('a deleted ticket is not answered any more', async () => {
  await expectStatus(await file('k'), 201);
  await reply(t.as(AGENT), 'SUP-1001');
  await t.as(ADMIN).delete('/api/tickets/SUP-1001');
  expect(await expectStatus(await file('k'), 201)).toMatchObject({ number: 'SUP-1002' });
});

test.each(['', 'with space', 'ü'.normalize(), 'x'.repeat(256)])(
  'the key %j is an invalid request',
  async (key) => {
    expect(await expectStatus(await file(key), 400)).toMatchObject({ code: 'invalid_request' });
  },
);

test('the longest key is one', async () => {
  await expectStatus(await file('~'.repeat(255)), 201);
});
