import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Message, Ticket } from '../contract/tickets.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

let t: TestApp;
let ticket: Ticket;
beforeEach(async () => {
  t = await createTestApp();
  ticket = await fileTicket(t.as(CLIENT));
});
afterEach(() => t.close());

const paths = () => [
  '/api/tickets',
  '/api/tickets?status=open&include=counts&include=unread&include=session',
  '/api/tickets/counts',
  `/api/tickets/${ticket.number}/messages`,
  '/api/session',
];

/** @returns the tag of a fresh answer, once nothing of it changes by being read */
async function tagOf(user: TestUser, path: string): Promise<string> {
  await t.as(user).get(path);
  const answer = await t.as(user).get(path);
  expect(answer.status).toBe(200);
  return answer.headers.get('etag')!;
}

const ask = (user: TestUser, path: string, tag: string) =>
  t.as(user).get(path, undefined, { 'if-none-match': tag });

const reply = (user: TestUser, body: object) =>
  t.as(user).post(`/api/tickets/${ticket.number}/messages`, body);

describe.each([CLIENT, AGENT])('what $role has seen already', (user) => {
  test('is not sent again', async () => {
    for (const path of paths()) {
      const tag = await tagOf(user, path);
      expect(tag).toMatch(/^W\/"[\w-]+"$/);
      const answer = await ask(user, path, `"other", ${tag}`);
      expect([path, answer.status, await answer.text()]).toEqual([path, 304, '']);
      expect(answer.headers.get('etag')).toBe(tag);
      expect((await ask(user, path, '"other"')).status).toBe(200);
    }
  });

  test('is sent again once it has changed, by whatever', async () => {
    const changes: Array<() => Promise<unknown>> = [
      () => reply(AGENT, { body: 'An answer.' }),
      () => reply(CLIENT, { body: 'A question.' }),
      () => t.as(AGENT).patch(`/api/tickets/${ticket.number}`, { priority: 'urgent' }, { 'if-match': '*' }),
      () => fileTicket(t.as(CLIENT)),
    ];
    for (const change of changes) {
      const path = '/api/tickets?include=counts';
      const tag = await tagOf(user, path);
      await change();
      expect((await ask(user, path, tag)).status).toBe(200);
    }
  });
});

test('a name is new in a list as soon as its owner has another one', async () => {
  const tag = await tagOf(AGENT, '/api/tickets');
  await t.as({ ...CLIENT, name: 'Newly Named' }).get('/api/session');
  const answer = await ask(AGENT, '/api/tickets', tag);
  expect(await expectStatus(answer, 200)).toMatchObject({
    tickets: [{ requester: { name: 'Newly Named' } }],
  });
});

test('a note changes nothing for a client, and everything for an agent', async () => {
  const before = new Map<string, string>();
  for (const path of paths()) before.set(path, await tagOf(CLIENT, path));
  const ofAgent = await tagOf(AGENT, '/api/tickets');
  const note = await expectStatus<Message>(await reply(AGENT, { body: 'Secret.', internal: true }), 201);
  expect(note.internal).toBe(true);
  for (const path of paths()) {
    expect([path, await tagOf(CLIENT, path)]).toEqual([path, before.get(path)]);
    expect((await ask(CLIENT, path, before.get(path)!)).status).toBe(304);
  }
  expect((await ask(AGENT, '/api/tickets', ofAgent)).status).toBe(200);
});

test('what others do changes nothing for a client', async () => {
  const tag = await tagOf(CLIENT, '/api/tickets?include=counts&include=unread');
  await fileTicket(t.as(OTHER_CLIENT));
  expect(await tagOf(CLIENT, '/api/tickets?include=counts&include=unread')).toBe(tag);
});

test('a tag is of one reader, one role and one question', async () => {
  const path = '/api/tickets?include=session';
  const tag = await tagOf(AGENT, path);
  expect((await ask(ADMIN, path, tag)).status).toBe(200);
  expect((await ask({ ...AGENT, role: 'admin' }, path, tag)).status).toBe(200);
  expect((await ask(AGENT, `${path}&status=closed`, tag)).status).toBe(200);
});

test('nobody is told that what they may not see is as it was', async () => {
  const path = `/api/tickets/${ticket.number}/messages`;
  for (const user of [CLIENT, AGENT]) {
    const answer = await ask(OTHER_CLIENT, path, await tagOf(user, path));
    expect(answer.status).toBe(404);
  }
  const tag = await tagOf(AGENT, path);
  await t.as(ADMIN).delete(`/api/tickets/${ticket.number}`);
  expect((await ask(AGENT, path, tag)).status).toBe(404);
});

test('switching support off is heard, whatever was seen before', async () => {
  const tag = await tagOf(CLIENT, '/api/tickets');
  const settings = await t.as(ADMIN).get('/api/settings');
  const saved = await t
    .as(ADMIN)
    .put('/api/settings', { enabled: false }, { 'if-match': settings.headers.get('etag')! });
  expect(saved.status).toBe(200);
  expect((await ask(CLIENT, '/api/tickets', tag)).status).toBe(403);
});
