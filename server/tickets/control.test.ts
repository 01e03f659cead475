import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Attachment, HistoryEntry, MessagePage, Ticket } from '../contract/tickets.ts';
import { STATUSES } from '../contract/vocabulary.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, patchTicket, readTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';

const DAY = 24 * 60 * 60 * 1000;

let t: TestApp;
let number: string;
beforeEach(async () => {
  t = await createTestApp();
  for (const user of [AGENT, OTHER_AGENT]) await t.as(user).get('/api/session');
  ({ number } = await fileTicket(t.as(CLIENT)));
});
afterEach(() => t.close());

const patch = (body: unknown, ifMatch?: string, user = AGENT) =>
  t.as(user).patch(`/api/tickets/${number}`, body, ifMatch === undefined ? {} : { 'if-match': ifMatch });
const act = (action: 'close' | 'reopen', user = AGENT, body?: unknown) =>
  t.as(user).post(`/api/tickets/${number}/${action}`, body);
const kindsOf = async () => (await t.mails()).map(({ kind, recipient }) => `${kind} ${recipient}`);
const historyOf = async () =>
  (
    await expectStatus<{ entries: HistoryEntry[] }>(
      await t.as(AGENT).get(`/api/tickets/${number}/history`),
      200,
    )
  ).entries;

describe('changing a ticket', () => {
  test('answers it with the next version, and tells who did what', async () => {
    t.clock.advance(1000);
    const response = await patch(
      { status: 'in_progress', priority: 'urgent', category: 'account', assigneeId: OTHER_AGENT.sub },
      '"1"',
    );
    expect(response.headers.get('etag')).toBe('"2"');
    expect(await expectStatus(response, 200)).toMatchObject({
      status: 'in_progress',
      priority: 'urgent',
      category: 'account',
      assignee: { id: OTHER_AGENT.sub, name: OTHER_AGENT.name },
      updatedAt: '2026-01-15T12:00:01.000Z',
      version: 2,
    });
    expect((await historyOf()).slice(1).map(({ type, from, to }) => [type, from, to])).toEqual([
      ['assignee', null, OTHER_AGENT.name],
      ['status', 'open', 'in_progress'],
      ['priority', 'high', 'urgent'],
      ['category', 'technical', 'account'],
    ]);
    expect(await kindsOf()).toEqual([`confirmation ${CLIENT.email}`, `assigned ${OTHER_AGENT.email}`]);
  });

  test('assigns to nobody again, and tells an agent nothing of what they do themselves', async () => {
    await patchTicket(t.as(AGENT), number, { assigneeId: AGENT.sub });
    expect((await patchTicket(t.as(AGENT), number, { assigneeId: null })).assignee).toBeNull();
    expect((await historyOf()).at(-1)).toMatchObject({ type: 'assignee', from: AGENT.name, to: null });
    expect(await kindsOf()).toEqual([`confirmation ${CLIENT.email}`]);
  });

  test('to what it is already changes nothing', async () => {
    const before = await readTicket(t.as(AGENT), number);
    t.clock.advance(1000);
    const response = await patch({ status: 'open', priority: 'high', assigneeId: null }, '"1"');
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await expectStatus(response, 200)).toEqual(before);
    expect(await historyOf()).toHaveLength(1);
  });

  test('reaches every status from every other, with its stamps', async () => {
    for (const from of STATUSES) {
      for (const to of STATUSES) {
        await patchTicket(t.as(AGENT), number, { status: from });
        t.clock.advance(1000);
        const now = new Date(t.clock.now()).toISOString();
        const ticket = await patchTicket(t.as(AGENT), number, { status: to });
        const stamp = from === to ? expect.any(String) : now;
        expect(ticket).toMatchObject({
          status: to,
          resolvedAt: to === 'resolved' ? stamp : null,
          closedAt: to === 'closed' ? stamp : null,
          reopenableUntil: to === 'closed' ? expect.any(String) : null,
        });
      }
    }
  });

  test('tells the requester that it is resolved or closed', async () => {
    await patchTicket(t.as(AGENT), number, { status: 'resolved' });
    await patchTicket(t.as(AGENT), number, { status: 'closed' });
    expect((await kindsOf()).slice(1)).toEqual([`resolved ${CLIENT.email}`, `closed ${CLIENT.email}`]);
  });

  test.each([
    [undefined, 428, 'version_required'],
    ['"2"', 412, 'version_mismatch'],
    ['W/"1"', 412, 'version_mismatch'],
    ['1', 412, 'version_mismatch'],
    ['""', 412, 'version_mismatch'],
  ])('with If-Match %s is refused with %i', async (ifMatch, status, code) => {
    expect(await expectStatus(await patch({ priority: 'low' }, ifMatch), status)).toMatchObject({ code });
    expect((await readTicket(t.as(AGENT), number)).priority).toBe('high');
  });

  test.each(['*', '"1"', '"7", "1"'])('with If-Match %s is done', async (ifMatch) => {
    await expectStatus(await patch({ priority: 'low' }, ifMatch), 200);
  });

  test('of two agents at once, the second is told', async () => {
    const answers = await Promise.all([
      patch({ priority: 'low' }, '"1"'),
      patch({ priority: 'urgent' }, '"1"', OTHER_AGENT),
    ]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 412]);
  });

  test('a note between reading and changing does not get in the way, a reply does', async () => {
    await reply(t.as(OTHER_AGENT), number, { internal: true });
    await expectStatus(await patch({ priority: 'low' }, '"1"'), 200);
    await reply(t.as(CLIENT), number);
    await expectStatus(await patch({ priority: 'normal' }, '"2"'), 412);
  });

  test.each([
    [{}, ''],
    [{ status: 'done' }, 'status'],
    [{ status: null }, 'status'],
    [{ assigneeId: '' }, 'assigneeId'],
    [{ assigneeId: 'nobody-we-know' }, 'assigneeId'],
    [{ assigneeId: CLIENT.sub }, 'assigneeId'],
    [{ priority: 'low', subject: 'New' }, 'subject'],
  ])('to %j is refused at its field', async (body, path) => {
    expect(await expectStatus(await patch(body, '*'), 422)).toMatchObject({ errors: [{ path }] });
    expect((await readTicket(t.as(AGENT), number)).version).toBe(1);
  });

  test('is not for its owner, who is told so before anything else', async () => {
    for (const body of [{ status: 'closed' }, {}, '{']) {
      expect(await expectStatus(await patch(body, undefined, CLIENT), 403)).toMatchObject({
        code: 'forbidden',
      });
    }
  });
});

describe('closing', () => {
  test('closes, mails, and says so when it is closed already', async () => {
    const ticket = await expectStatus<Ticket>(await act('close'), 200);
    expect(ticket).toMatchObject({
      status: 'closed',
      closedAt: '2026-01-15T12:00:00.000Z',
      reopenableUntil: '2026-01-22T12:00:00.000Z',
      version: 2,
    });
    expect(await kindsOf()).toContain(`closed ${CLIENT.email}`);
    expect(await expectStatus(await act('close'), 409)).toMatchObject({ code: 'already_closed' });
    expect(await expectStatus(await act('close', CLIENT), 403)).toMatchObject({ code: 'forbidden' });
  });

  test('takes a message along as its last reply, and nothing that it does not know', async () => {
    expect(await expectStatus(await act('close', AGENT, { surprise: 1 }), 422)).toMatchObject({
      errors: [{ path: 'surprise' }],
    });
    const ticket = await expectStatus<Ticket>(await act('close', AGENT, { message: 'Here you are.' }), 200);
    expect(ticket).toMatchObject({ status: 'closed', messageCount: 2, firstRespondedAt: ticket.closedAt });
    const { messages } = await expectStatus<MessagePage>(
      await t.as(CLIENT).get(`/api/tickets/${number}/messages`),
      200,
    );
    expect(messages.at(-1)).toMatchObject({ body: 'Here you are.', internal: false });
  });
});

describe('reopening', () => {
  test.each([
    ['closed', false, 'open'],
    ['closed', true, 'in_progress'],
    ['resolved', true, 'in_progress'],
  ])(
    'gives a %s ticket (assigned: %s) back as %s, to owner and agent alike',
    async (status, assigned, after) => {
      for (const user of [CLIENT, AGENT]) {
        await patchTicket(t.as(AGENT), number, { status, assigneeId: assigned ? OTHER_AGENT.sub : null });
        expect(await expectStatus(await act('reopen', user), 200)).toMatchObject({
          status: after,
          closedAt: null,
        });
      }
    },
  );

  test('has a window for the owner, and none for an agent', async () => {
    await act('close');
    t.clock.advance(7 * DAY + 1);
    expect(await expectStatus(await act('reopen', CLIENT, { message: 'Again' }), 409)).toMatchObject({
      code: 'reopen_window_expired',
    });
    expect((await readTicket(t.as(CLIENT), number)).messageCount).toBe(1);
    expect(await expectStatus(await act('reopen', AGENT), 200)).toMatchObject({ status: 'open' });
  });

  test('takes a message along as a reply, in the same step', async () => {
    await patchTicket(t.as(AGENT), number, { assigneeId: AGENT.sub, status: 'closed' });
    const ticket = await expectStatus<Ticket>(await act('reopen', CLIENT, { message: 'It is back.' }), 200);
    expect(ticket).toMatchObject({ status: 'in_progress', messageCount: 2, version: 3 });
    const page = await expectStatus<MessagePage>(
      await t.as(AGENT).get(`/api/tickets/${number}/messages`),
      200,
    );
    expect(page.messages.at(-1)).toMatchObject({ body: 'It is back.', author: { id: CLIENT.sub } });
    expect(await kindsOf()).toContain(`clientReply ${AGENT.email}`);
  });

  test('by an agent with a message does not wait for the user', async () => {
    await act('close');
    expect(await expectStatus(await act('reopen', AGENT, { message: 'We look again.' }), 200)).toMatchObject({
      status: 'open',
      messageCount: 2,
    });
  });

  test('of a ticket that is worked on leaves it as it is', async () => {
    const before = await readTicket(t.as(CLIENT), number);
    for (const user of [CLIENT, AGENT]) {
      expect(await expectStatus(await act('reopen', user), 200)).toMatchObject({
        status: 'open',
        version: 1,
      });
    }
    await patchTicket(t.as(AGENT), number, { status: 'waiting_user' });
    expect(await expectStatus(await act('reopen', AGENT), 200)).toMatchObject({ status: 'waiting_user' });
    expect(before.version).toBe(1);
  });

  test.each([[{ message: '' }], [{ message: 1 }], [{ text: 'x' }]])('with %j is refused', async (body) => {
    await expectStatus(await act('reopen', CLIENT, body), 422);
  });
});

describe('deleting', () => {
  test('is for admins only', async () => {
    for (const user of [CLIENT, AGENT]) {
      await expectStatus(await t.as(user).delete(`/api/tickets/${number}`), 403);
    }
    await readTicket(t.as(CLIENT), number);
  });

  test('leaves nothing but who did it and when', async () => {
    const file = await expectStatus<Attachment>(
      await t.as(CLIENT).upload('/api/attachments', { name: 'secret.txt', content: 'secret' }),
      201,
    );
    await reply(t.as(CLIENT), number, { attachmentIds: [file.id], body: 'secret' });
    await reply(t.as(AGENT), number, { internal: true, body: 'secret' });
    await t
      .as(CLIENT)
      .post(
        '/api/tickets',
        { subject: 'x', description: 'x', priority: 'low', category: 'general' },
        { 'idempotency-key': 'other' },
      );
    const heard: unknown[] = [];
    t.deps.live.subscribe(({ type, number, seq }) => heard.push({ type, number, seq }));

    await expectStatus(await t.as(ADMIN).delete(`/api/tickets/${number}`), 204);

    const rowsOf = async (table: 'messages' | 'attachments' | 'outbox' | 'ticket_reads') =>
      (await t.deps.db.selectFrom(table).select('ticket_id').where('ticket_id', '=', 1001).execute()).length;
    expect(
      await Promise.all((['messages', 'attachments', 'outbox', 'ticket_reads'] as const).map(rowsOf)),
    ).toEqual([0, 0, 0, 0]);
    const left = await t.deps.db.selectFrom('history').selectAll().where('ticket_id', '=', 1001).execute();
    expect(left).toMatchObject([{ type: 'deleted', from_value: null, to_value: null, actor_role: 'admin' }]);
    expect(heard).toEqual([{ type: 'ticket.deleted', number, seq: left[0]?.seq }]);
    expect(await t.deps.storage.open(file.id)).toBeNull();
    await expectStatus(await t.as(CLIENT).get(`/api/attachments/${file.id}`), 404);
    await expectStatus(await t.as(CLIENT).get(`/api/tickets/${number}`), 404);
    await expectStatus(await t.as(ADMIN).delete(`/api/tickets/${number}`), 404);
    const found = await t.as(AGENT).get('/api/tickets?q=printer&include=counts');
    expect(await expectStatus(found, 200)).toMatchObject({ tickets: [], counts: { open: 0 } });
    const all = await t.as(AGENT).get('/api/tickets/counts');
    expect(await expectStatus(all, 200)).toMatchObject({ counts: { open: 1, closed: 0 } });
  });
});
