import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { HistoryEntry, Message, MessagePage, Ticket } from '../contract/tickets.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, readTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../testing/users.ts';

let t: TestApp;
let number: string;
beforeEach(async () => {
  t = await createTestApp();
  ({ number } = await fileTicket(t.as(CLIENT)));
});
afterEach(() => t.close());

const messagesOf = async (user = CLIENT, query = '') =>
  expectStatus<MessagePage>(await t.as(user).get(`/api/tickets/${number}/messages${query}`), 200);

describe('reading a conversation', () => {
  test('goes page by page, oldest first', async () => {
    for (let n = 1; n <= 4; n++) await reply(t.as(n % 2 ? AGENT : CLIENT), number, { body: `reply ${n}` });
    await reply(t.as(AGENT), number, { internal: true });
    const bodies: string[] = [];
    let cursor: string | null = null;
    do {
      const page: MessagePage = await messagesOf(CLIENT, `?limit=2${cursor ? `&cursor=${cursor}` : ''}`);
      bodies.push(...page.messages.map(({ body }) => body));
      cursor = page.nextCursor;
    } while (cursor);
    expect(bodies).toEqual(['Smoke comes out of it.', 'reply 1', 'reply 2', 'reply 3', 'reply 4']);
  });

  test.each(['limit=0', 'limit=101', 'limit=x', 'cursor=nonsense', 'cursor=', 'page=2', 'limit=1&limit=2'])(
    '?%s is an invalid request',
    async (query) => {
      const response = await t.as(CLIENT).get(`/api/tickets/${number}/messages?${query}`);
      expect(await expectStatus(response, 400)).toMatchObject({ code: 'invalid_request' });
    },
  );

  test('shows delivery to agents, and no such field to a client', async () => {
    expect((await messagesOf(CLIENT)).messages[0]).not.toHaveProperty('delivery');
    expect((await messagesOf(AGENT)).messages[0]?.delivery).toBe('captured');
  });

  test('names authors as they are now, in the role they had then', async () => {
    await t.as({ ...CLIENT, name: 'Clara Married', role: 'agent' }).get('/api/session');
    expect((await messagesOf(AGENT)).messages[0]?.author).toEqual({
      id: CLIENT.sub,
      name: 'Clara Married',
      role: 'client',
    });
  });
});

test('what is not one’s own is not there, with one body for all of it', async () => {
  const stranger = t.as(OTHER_CLIENT);
  const bodies = [];
  for (const path of [number, 'SUP-9999', 'SUP-0', 'SUP-1001x', '1001', 'sup', 'SUP-99999999999999999999']) {
    for (const end of ['', '/messages', '/history']) {
      bodies.push(await expectStatus(await stranger.get(`/api/tickets/${path}${end}`), 404));
    }
    bodies.push(await expectStatus(await stranger.post(`/api/tickets/${path}/messages`, { body: 'x' }), 404));
    bodies.push(await expectStatus(await stranger.post(`/api/tickets/${path}/reopen`), 404));
    bodies.push(await expectStatus(await stranger.post(`/api/tickets/${path}/close`), 404));
    bodies.push(await expectStatus(await stranger.patch(`/api/tickets/${path}`, { status: 'open' }), 404));
    bodies.push(await expectStatus(await stranger.delete(`/api/tickets/${path}`), 404));
  }
  expect(new Set(bodies.map((body) => JSON.stringify(body))).size).toBe(1);
});

test('the history tells who changed what, and of a note to agents only', async () => {
  await t.as(AGENT).get('/api/session');
  await reply(t.as(AGENT), number, { internal: true });
  await patchTicket(t.as(AGENT), number, { priority: 'urgent', assigneeId: AGENT.sub });
  await reply(t.as(AGENT), number, { status: 'resolved' });
  await reply(t.as(CLIENT), number);
  const historyOf = async (user = CLIENT) => {
    const { entries } = await expectStatus<{ entries: HistoryEntry[] }>(
      await t.as(user).get(`/api/tickets/${number}/history`),
      200,
    );
    return entries.map(({ type, actor, from, to }) => [type, actor?.id, from, to]);
  };
  const open = [
    ['created', CLIENT.sub, null, null],
    ['assignee', AGENT.sub, null, AGENT.name],
    ['priority', AGENT.sub, 'high', 'urgent'],
    ['replied', AGENT.sub, null, null],
    ['status', AGENT.sub, 'open', 'resolved'],
    ['replied', CLIENT.sub, null, null],
    ['status', CLIENT.sub, 'resolved', 'in_progress'],
  ];
  expect(await historyOf()).toEqual(open);
  expect(await historyOf(ADMIN)).toEqual([open[0], ['noted', AGENT.sub, null, null], ...open.slice(1)]);
});

describe('unread', () => {
  const unread = async (user = CLIENT) => (await readTicket(t.as(user), number)).unread;
  const total = async (user = CLIENT) =>
    (await expectStatus<{ unreadCount: number }>(await t.as(user).get('/api/tickets?include=unread'), 200))
      .unreadCount;

  test('is what somebody else has written since one has read', async () => {
    expect([await unread(), await total()]).toEqual([false, 0]);
    await reply(t.as(AGENT), number);
    expect([await unread(), await total()]).toEqual([true, 1]);
    await messagesOf();
    expect([await unread(), await total()]).toEqual([false, 0]);
    await reply(t.as(CLIENT), number);
    expect([await unread(), await unread(AGENT)]).toEqual([false, true]);
  });

  test('a page marks only what it holds', async () => {
    await reply(t.as(AGENT), number);
    await messagesOf(CLIENT, '?limit=1');
    expect(await unread()).toBe(true);
  });

  test('calls agents to tickets of nobody or of their own, and counts their own', async () => {
    await t.as(AGENT).get('/api/session');
    expect([await unread(AGENT), await total(AGENT)]).toEqual([true, 0]);
    await patchTicket(t.as(ADMIN), number, { assigneeId: AGENT.sub });
    expect([await unread(AGENT), await total(AGENT)]).toEqual([true, 1]);
    expect([await unread(OTHER_AGENT), await total(OTHER_AGENT)]).toEqual([false, 0]);
    await messagesOf(AGENT);
    expect([await unread(AGENT), await total(AGENT)]).toEqual([false, 0]);
    await reply(t.as(OTHER_AGENT), number, { internal: true });
    expect([await unread(AGENT), await total(AGENT)]).toEqual([true, 1]);
    await patchTicket(t.as(ADMIN), number, { status: 'closed' });
    expect(await total(AGENT)).toBe(0);
  });
});

test('two replies at once are both kept and counted', async () => {
  await Promise.all([reply(t.as(CLIENT), number), reply(t.as(AGENT), number), reply(t.as(CLIENT), number)]);
  const ticket: Ticket = await readTicket(t.as(CLIENT), number);
  const { messages } = await messagesOf();
  expect([ticket.messageCount, messages.length, ticket.version]).toEqual([4, 4, 4]);
  expect(new Set(messages.map(({ id }: Message) => id)).size).toBe(4);
});
