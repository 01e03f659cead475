import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { DEFAULT_SETTINGS } from '../contract/settings.ts';
import type { Attachment, MessagePage } from '../contract/tickets.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, readTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../testing/users.ts';

const DAY = 24 * 60 * 60 * 1000;

let t: TestApp;
let number: string;
beforeEach(async () => {
  t = await createTestApp();
  ({ number } = await fileTicket(t.as(CLIENT)));
});
afterEach(() => t.close());

const messagesOf = async (user = CLIENT, query = '') =>
  expectStatus<MessagePage>(await t.as(user).get(`/api/tickets/${number}/messages${query}`), 200);
const kindsOf = async () => (await t.mails()).map(({ kind, recipient }) => `${kind} ${recipient}`);

describe('a reply with If-Match', () => {
  const send = (version: string, fields: object = {}) =>
    t
      .as(AGENT)
      .post(
        `/api/tickets/${number}/messages`,
        { body: 'I saw that.', ...fields },
        { 'if-match': version, 'idempotency-key': 'once' },
      );

  test('does not go out over a newer one, and leaves nothing behind', async () => {
    await reply(t.as(CLIENT), number);
    expect(await expectStatus(await send('"1"'), 412)).toMatchObject({ code: 'version_mismatch' });
    expect((await messagesOf()).messages).toHaveLength(2);
    await expectStatus(await send('"2"'), 201);
    // The same again is the same message, whatever the version is by now.
    await expectStatus(await send('"2"'), 201);
    expect((await messagesOf()).messages).toHaveLength(3);
  });

  test('does not hear of notes', async () => {
    await reply(t.as(OTHER_AGENT), number, { internal: true });
    await expectStatus(await send('"1"'), 201);
  });
});

describe('an agent’s reply', () => {
  test('waits for the user, stamps the first response once, and mails the requester', async () => {
    t.clock.advance(1000);
    const message = await reply(t.as(AGENT), number, { body: 'Use water.' });
    expect(message).toMatchObject({
      author: { id: AGENT.sub, name: AGENT.name, role: 'agent' },
      body: 'Use water.',
      internal: false,
      attachments: [],
      delivery: 'captured',
    });
    const first = await readTicket(t.as(CLIENT), number);
    expect(first).toMatchObject({
      status: 'waiting_user',
      firstRespondedAt: '2026-01-15T12:00:01.000Z',
      updatedAt: '2026-01-15T12:00:01.000Z',
      messageCount: 2,
      assignee: null,
      version: 2,
    });
    t.clock.advance(1000);
    await reply(t.as(AGENT), number);
    expect((await readTicket(t.as(CLIENT), number)).firstRespondedAt).toBe(first.firstRespondedAt);
    expect(await kindsOf()).toEqual([
      `confirmation ${CLIENT.email}`,
      `agentReply ${CLIENT.email}`,
      `agentReply ${CLIENT.email}`,
    ]);
  });

  test.each(['open', 'in_progress', 'resolved', 'closed'])(
    'can leave the ticket %s in the same step, with one mail',
    async (status) => {
      await reply(t.as(AGENT), number, { status });
      expect((await readTicket(t.as(CLIENT), number)).status).toBe(status);
      expect(await kindsOf()).toEqual([`confirmation ${CLIENT.email}`, `agentReply ${CLIENT.email}`]);
    },
  );

  test('reopens a closed ticket without a window', async () => {
    await patchTicket(t.as(AGENT), number, { status: 'closed' });
    t.clock.advance(100 * DAY);
    await reply(t.as(AGENT), number);
    expect(await readTicket(t.as(AGENT), number)).toMatchObject({ status: 'waiting_user', closedAt: null });
  });

  test('makes the first replier the assignee where the settings say so', async () => {
    await t.close();
    t = await createTestApp({
      settings: { assignment: { ...DEFAULT_SETTINGS.assignment, assignToFirstReplier: true } },
    });
    await fileTicket(t.as(CLIENT));
    await reply(t.as(AGENT), number, { internal: true });
    expect((await readTicket(t.as(AGENT), number)).assignee).toBeNull();
    await reply(t.as(AGENT), number);
    await reply(t.as(OTHER_AGENT), number);
    expect((await readTicket(t.as(CLIENT), number)).assignee).toEqual({ id: AGENT.sub, name: AGENT.name });
    expect((await kindsOf()).filter((kind) => kind.startsWith('assigned'))).toEqual([]);
  });

  test('on a ticket of their own waits for them, and mails nobody', async () => {
    const own = await fileTicket(t.as(AGENT));
    const before = (await t.mails()).length;
    await reply(t.as(AGENT), own.number);
    expect((await readTicket(t.as(AGENT), own.number)).status).toBe('waiting_user');
    expect(await t.mails()).toHaveLength(before);
  });
});

describe('a client’s reply', () => {
  test.each([
    ['open', false, 'open'],
    ['open', true, 'open'],
    ['in_progress', false, 'in_progress'],
    ['waiting_user', false, 'open'],
    ['waiting_user', true, 'in_progress'],
    ['resolved', false, 'open'],
    ['resolved', true, 'in_progress'],
    ['closed', false, 'open'],
    ['closed', true, 'in_progress'],
  ])('on %s (assigned: %s) makes it %s', async (status, assigned, after) => {
    await t.as(AGENT).get('/api/session');
    await patchTicket(t.as(AGENT), number, { status, ...(assigned && { assigneeId: AGENT.sub }) });
    await reply(t.as(CLIENT), number);
    expect(await readTicket(t.as(CLIENT), number)).toMatchObject({
      status: after,
      resolvedAt: null,
      closedAt: null,
      reopenableUntil: null,
      firstRespondedAt: null,
    });
    expect((await kindsOf()).includes(`clientReply ${AGENT.email}`)).toBe(assigned);
  });

  test('reopens up to and including seven times 24 hours, and no millisecond longer', async () => {
    await patchTicket(t.as(AGENT), number, { status: 'closed' });
    const closed = await readTicket(t.as(CLIENT), number);
    expect(closed.reopenableUntil).toBe('2026-01-22T12:00:00.000Z');
    t.clock.advance(7 * DAY + 1);
    const mails = (await t.mails()).length;
    const late = await t.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'Still broken' });
    expect(await expectStatus(late, 409)).toMatchObject({ code: 'reopen_window_expired' });
    expect(await readTicket(t.as(CLIENT), number)).toEqual(closed);
    expect(await t.mails()).toHaveLength(mails);
    t.clock.advance(-1);
    await reply(t.as(CLIENT), number);
    expect((await readTicket(t.as(CLIENT), number)).status).toBe('open');
  });

  test('keeps to the window of the settings', async () => {
    await t.close();
    t = await createTestApp({ settings: { reopenWindowDays: 1 } });
    await fileTicket(t.as(CLIENT));
    await patchTicket(t.as(AGENT), number, { status: 'closed' });
    t.clock.advance(DAY + 1);
    await expectStatus(await t.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'x' }), 409);
  });

  test.each([[{ internal: true }], [{ status: 'resolved' }]])('with %j is forbidden', async (fields) => {
    const response = await t.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'x', ...fields });
    expect(await expectStatus(response, 403)).toMatchObject({ code: 'forbidden' });
    expect((await messagesOf()).messages).toHaveLength(1);
  });
});

describe('an internal note', () => {
  test('exists for agents, and in no way for a client', async () => {
    const client = t.as(CLIENT);
    const look = async () => ({
      ticket: await readTicket(client, number),
      messages: await messagesOf(),
      history: await (await client.get(`/api/tickets/${number}/history`)).json(),
      list: await (await client.get('/api/tickets?include=counts&include=unread')).json(),
      mails: await t.mails(),
    });
    const before = await look();
    t.clock.advance(5000);
    const note = await reply(t.as(AGENT), number, { internal: true, body: 'Difficult customer' });
    expect(note).toMatchObject({ internal: true, delivery: null });
    expect(await look()).toEqual(before);

    const seen = await readTicket(t.as(OTHER_AGENT), number);
    expect(seen).toMatchObject({ messageCount: 2, version: 1, updatedAt: before.ticket.updatedAt });
    expect((await messagesOf(ADMIN)).messages.at(-1)).toMatchObject({
      body: 'Difficult customer',
      internal: true,
    });
  });

  test('is told to agents’ streams only', async () => {
    const heard: unknown[] = [];
    t.deps.live.subscribe(({ type, internal }) => heard.push([type, internal]));
    await reply(t.as(AGENT), number, { internal: true });
    expect(heard).toEqual([['message.created', true]]);
  });

  test('does not carry a status', async () => {
    const response = await t
      .as(AGENT)
      .post(`/api/tickets/${number}/messages`, { body: 'x', internal: true, status: 'closed' });
    expect(await expectStatus(response, 422)).toMatchObject({ errors: [{ path: 'status' }] });
  });
});

describe('attachments', () => {
  const upload = async (user = CLIENT, name = 'log.txt') =>
    expectStatus<Attachment>(await t.as(user).upload('/api/attachments', { name, content: 'text' }), 201);

  test('are sent with a message, in the order of upload', async () => {
    const files = [await upload(CLIENT, 'a.txt'), await upload(CLIENT, 'b.txt')];
    const message = await reply(t.as(CLIENT), number, { attachmentIds: files.map(({ id }) => id) });
    expect(message.attachments).toEqual(files);
    expect((await messagesOf(AGENT)).messages.map(({ attachments }) => attachments)).toEqual([[], files]);
  });

  test('are one’s own, unsent, and all there, or nothing is sent', async () => {
    const mine = await upload();
    const theirs = await upload(OTHER_CLIENT);
    const send = (attachmentIds: string[]) =>
      t.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'x', attachmentIds });
    expect(await expectStatus(await send([mine.id, theirs.id]), 422)).toMatchObject({
      errors: [{ path: 'attachmentIds.1' }],
    });
    expect((await messagesOf()).messages).toHaveLength(1);
    await expectStatus(await send([mine.id]), 201);
    expect(await expectStatus(await send([mine.id]), 422)).toMatchObject({
      errors: [{ path: 'attachmentIds.0' }],
    });
  });

  test('of a note are for agents', async () => {
    const file = await upload(AGENT);
    await reply(t.as(AGENT), number, { internal: true, attachmentIds: [file.id] });
    await expectStatus(await t.as(CLIENT).get(`/api/attachments/${file.id}`), 404);
    expect((await t.as(OTHER_AGENT).get(`/api/attachments/${file.id}`)).status).toBe(200);
  });
});
