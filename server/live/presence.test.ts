import { afterEach, beforeEach, expect, it } from 'vitest';
import { EventReader } from '../testing/event-reader.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket } from '../testing/tickets.ts';
import { AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

interface Answer {
  people: unknown[];
  expiresInSeconds: number;
}

let test: TestApp;
let number: string;
let open: EventReader[];
beforeEach(async () => {
  open = [];
  test = await createTestApp();
  ({ number } = await fileTicket(test.as(CLIENT)));
});
afterEach(async () => {
  for (const reader of open) await reader.close();
  await test.close();
});

async function be(user: TestUser, state: string, of = number): Promise<Answer> {
  return expectStatus<Answer>(await test.as(user).put(`/api/tickets/${of}/presence`, { state }), 200);
}

async function listen(user: TestUser): Promise<EventReader> {
  const reader = new EventReader(await test.as(user).get('/api/events?include=presence'));
  open.push(reader);
  await expect.poll(() => reader.comments).toBe(1);
  return reader;
}

const agnes = { id: AGENT.sub, name: AGENT.name };
const arno = { id: OTHER_AGENT.sub, name: OTHER_AGENT.name };

it('tells agents who else looks at a ticket and who writes on it', async () => {
  expect((await be(AGENT, 'viewing')).people).toEqual([]);
  const reader = await listen(AGENT);
  expect((await be(OTHER_AGENT, 'viewing')).people).toEqual([{ ...agnes, state: 'viewing' }]);
  await be(OTHER_AGENT, 'writing');
  await be(OTHER_AGENT, 'writing');
  await be(OTHER_AGENT, 'gone');
  await expect.poll(() => reader.dataOf('presence').length).toBe(3);
  const me = { ...agnes, state: 'viewing' };
  expect(reader.dataOf('presence')).toEqual([
    { number, people: [me, { ...arno, state: 'viewing' }] },
    { number, people: [me, { ...arno, state: 'writing' }] },
    { number, people: [me] },
  ]);
});

it('tells only those who have the same ticket open', async () => {
  const other = await fileTicket(test.as(CLIENT));
  await be(AGENT, 'viewing');
  const reader = await listen(AGENT);
  await be(OTHER_AGENT, 'viewing', other.number);
  await be(OTHER_AGENT, 'viewing', number.toLowerCase());
  await expect.poll(() => reader.dataOf('presence')).toMatchObject([{ number }]);
});

it('forgets whoever has gone without a word', async () => {
  const { expiresInSeconds } = await be(OTHER_AGENT, 'writing');
  test.clock.advance((expiresInSeconds - 1) * 1000);
  await be(AGENT, 'viewing');
  const reader = await listen(AGENT);
  test.clock.advance(1000);
  await expect
    .poll(() => reader.dataOf('presence'), { timeout: 5000 })
    .toEqual([{ number, people: [{ ...agnes, state: 'viewing' }] }]);
  expect((await be(AGENT, 'viewing')).people).toEqual([]);
});

it('is for agents, on tickets that are there, in states that exist', async () => {
  const put = (user: TestUser, of: string, body: unknown) =>
    test.as(user).put(`/api/tickets/${of}/presence`, body);
  expect((await put(CLIENT, number, { state: 'viewing' })).status).toBe(403);
  expect((await put(OTHER_CLIENT, number, { state: 'viewing' })).status).toBe(404);
  expect((await put(AGENT, 'SUP-9999', { state: 'viewing' })).status).toBe(404);
  expect((await put(AGENT, number, { state: 'dancing' })).status).toBe(422);
  expect((await put(AGENT, number, { state: 'viewing', name: 'Me' })).status).toBe(422);
});

it('changes nothing of the ticket', async () => {
  const before = await (await test.as(CLIENT).get(`/api/tickets/${number}`)).text();
  await be(AGENT, 'writing');
  expect(await (await test.as(CLIENT).get(`/api/tickets/${number}`)).text()).toBe(before);
});
