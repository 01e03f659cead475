import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Problem } from '../contract/errors.ts';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import type { HistoryEntry, MessagePage, Ticket } from '../contract/tickets.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, readTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../testing/users.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const valid = { subject: 'A', category: 'billing', priority: 'low', description: 'B' };

async function problemOf(response: Response, status: number): Promise<Problem> {
  expect(response.headers.get('content-type')).toContain('application/problem+json');
  return expectStatus(response, status);
}

describe('filing a ticket', () => {
  test('answers it whole, with its place and version', async () => {
    const response = await t.as(CLIENT).post('/api/tickets', {
      ...valid,
      subject: '  Printer \n on  fire ',
      relatedApp: { id: 'app-1', name: 'Shop' },
    });
    expect(response.headers.get('location')).toBe('/api/tickets/SUP-1001');
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await expectStatus<Ticket>(response, 201)).toEqual({
      number: 'SUP-1001',
      subject: 'Printer on fire',
      status: 'open',
      priority: 'low',
      category: 'billing',
      relatedApp: { id: 'app-1', name: 'Shop' },
      requester: { id: CLIENT.sub, name: CLIENT.name, email: CLIENT.email },
      assignee: null,
      followUpOf: null,
      createdAt: '2026-01-15T12:00:00.000Z',
      updatedAt: '2026-01-15T12:00:00.000Z',
      firstRespondedAt: null,
      resolvedAt: null,
      closedAt: null,
      reopenableUntil: null,
      messageCount: 1,
      unread: false,
      version: 1,
    });
    const page = await expectStatus<MessagePage>(
      await t.as(CLIENT).get('/api/tickets/SUP-1001/messages'),
      200,
    );
    expect(page.messages.map(({ body, internal, author }) => ({ body, internal, author }))).toEqual([
      { body: 'B', internal: false, author: { id: CLIENT.sub, name: CLIENT.name, role: 'client' } },
    ]);
  });

  test('never uses a number twice, not even of a deleted ticket', async () => {
    const first = await fileTicket(t.as(CLIENT));
    const second = await fileTicket(t.as(CLIENT));
    await expectStatus(await t.as(ADMIN).delete(`/api/tickets/${second.number}`), 204);
    const third = await fileTicket(t.as(CLIENT));
    expect([first.number, second.number, third.number]).toEqual(['SUP-1001', 'SUP-1002', 'SUP-1003']);
  });

  test('takes the prefix from the configuration', async () => {
    const other = await createTestApp({ config: { ticketPrefix: 'HELP2' } });
    expect((await fileTicket(other.as(CLIENT))).number).toBe('HELP2-1001');
    expect((await readTicket(other.as(CLIENT), 'HELP2-1001')).number).toBe('HELP2-1001');
    await expectStatus(await other.as(CLIENT).get('/api/tickets/SUP-1001'), 404);
    await other.close();
  });

  test('tells the requester and the team by mail, and the history of it', async () => {
    await t.close();
    t = await createTestApp({ settings: { notificationEmail: 'team@support.example' } });
    await fileTicket(t.as(CLIENT));
    const mails = await t.mails();
    expect(mails.map(({ kind, recipient }) => [kind, recipient])).toEqual([
      ['confirmation', CLIENT.email],
      ['newTicket', 'team@support.example'],
    ]);
    const { entries } = await expectStatus<{ entries: HistoryEntry[] }>(
      await t.as(CLIENT).get('/api/tickets/SUP-1001/history'),
      200,
    );
    expect(entries).toEqual([
      {
        seq: 1,
        type: 'created',
        actor: { id: CLIENT.sub, name: CLIENT.name, role: 'client' },
        from: null,
        to: null,
        createdAt: '2026-01-15T12:00:00.000Z',
      },
    ]);
  });

  test('tells the live streams once, after it is stored', async () => {
    const heard: unknown[] = [];
    t.deps.live.subscribe((change) => heard.push(change));
    await fileTicket(t.as(CLIENT));
    await t.as(CLIENT).post('/api/tickets', { ...valid, followUpOf: 'SUP-9' });
    expect(heard).toEqual([
      {
        type: 'ticket.created',
        number: 'SUP-1001',
        seq: 1,
        internal: false,
        requesterId: expect.any(Number),
      },
    ]);
  });

  test.each([
    [{ ...valid, subject: ' \t ' }, ['subject']],
    [{ ...valid, subject: 'x'.repeat(201) }, ['subject']],
    [{ ...valid, description: '' }, ['description']],
    [{ ...valid, description: 'x'.repeat(50_001) }, ['description']],
    [{ ...valid, description: 'a\u0000b' }, ['description']],
    [{ ...valid, category: 'other', priority: 'asap' }, ['category', 'priority']],
    [{ ...valid, surprise: 1 }, ['surprise']],
    [{ ...valid, relatedApp: { id: 'x', name: 'X', url: 'y' } }, ['relatedApp.url']],
    [{ ...valid, attachmentIds: ['a', 'a'] }, ['attachmentIds']],
    [{ ...valid, attachmentIds: ['a', 'b', 'c', 'd', 'e', 'f'] }, ['attachmentIds']],
    [{ ...valid, attachmentIds: ['nothing', 'else'] }, ['attachmentIds.0', 'attachmentIds.1']],
    [{ ...valid, followUpOf: 'SUP-4242' }, ['followUpOf']],
    [{ ...valid, followUpOf: '' }, ['followUpOf']],
    [{}, ['subject', 'category', 'priority', 'description']],
    [[], ['']],
  ])('refuses %j at its fields and stores nothing', async (body, paths) => {
    const problem = await problemOf(await t.as(CLIENT).post('/api/tickets', body), 422);
    expect(problem.code).toBe('validation_failed');
    expect(problem.errors?.map(({ path }) => path)).toEqual(paths);
    expect(await t.deps.db.selectFrom('tickets').select('id').execute()).toEqual([]);
    expect(await t.mails()).toEqual([]);
  });

  test('the longest subject and description fit', async () => {
    const ticket = await fileTicket(t.as(CLIENT), {
      subject: 'x'.repeat(200),
      description: 'ü'.repeat(50_000),
    });
    expect(ticket.subject).toHaveLength(200);
    // An emoji is one character, of two units in JavaScript and of four bytes.
    const emoji = { subject: '😀'.repeat(200), description: '😀'.repeat(50_000) };
    expect((await fileTicket(t.as(CLIENT), emoji)).subject).toBe(emoji.subject);
    await problemOf(await t.as(CLIENT).post('/api/tickets', { ...valid, subject: '😀'.repeat(201) }), 422);
  });
});

describe('a related app', () => {
  const apps = { related_apps: [{ id: 'app-1', name: 'Shop' }] };

  test('of a restricted user must be one of theirs, and is named as the host names it', async () => {
    const client = t.as(CLIENT, apps);
    const ticket = await fileTicket(client, { relatedApp: { id: 'app-1', name: 'Forged' } });
    expect(ticket.relatedApp).toEqual({ id: 'app-1', name: 'Shop' });
    const problem = await problemOf(
      await client.post('/api/tickets', { ...valid, relatedApp: { id: 'app-2', name: 'Shop' } }),
      422,
    );
    expect(problem.errors?.[0]?.path).toBe('relatedApp.id');
  });
});

describe('a follow-up', () => {
  test('links to the old ticket', async () => {
    const old = await fileTicket(t.as(CLIENT));
    const next = await fileTicket(t.as(CLIENT), { followUpOf: old.number });
    expect(next.followUpOf).toBe(old.number);
    await t.as(ADMIN).delete(`/api/tickets/${old.number}`);
    expect((await readTicket(t.as(CLIENT), next.number)).followUpOf).toBeNull();
  });

  test('of somebody else’s ticket is refused as if there were none, but agents may', async () => {
    const { number } = await fileTicket(t.as(OTHER_CLIENT));
    const answers = await Promise.all(
      [number, 'SUP-4242'].map(async (followUpOf) =>
        problemOf(await t.as(CLIENT).post('/api/tickets', { ...valid, followUpOf }), 422),
      ),
    );
    expect(answers[0]).toEqual(answers[1]);
    expect((await fileTicket(t.as(AGENT), { followUpOf: number })).followUpOf).toBe(number);
  });
});

describe('assignment defaults', () => {
  async function withAssignment(assignment: Partial<Settings['assignment']>): Promise<void> {
    await t.close();
    t = await createTestApp({
      settings: { assignment: { ...DEFAULT_SETTINGS.assignment, ...assignment } },
    });
    await t.as(AGENT).get('/api/session');
    await t.as(OTHER_AGENT).get('/api/session');
  }
  const assigneeOf = async (fields = {}) => (await fileTicket(t.as(CLIENT), fields)).assignee?.id;

  test('one agent: assigned, still open, told by mail, and the history says nobody did it', async () => {
    await withAssignment({ mode: 'agent', agentId: AGENT.sub });
    const ticket = await fileTicket(t.as(CLIENT));
    expect([ticket.assignee?.id, ticket.status]).toEqual([AGENT.sub, 'open']);
    expect((await t.mails()).map(({ kind, recipient }) => [kind, recipient])).toContainEqual([
      'assigned',
      AGENT.email,
    ]);
    const { entries } = await expectStatus<{ entries: HistoryEntry[] }>(
      await t.as(CLIENT).get('/api/tickets/SUP-1001/history'),
      200,
    );
    expect(entries.map(({ type, actor, to }) => [type, actor?.id ?? null, to])).toEqual([
      ['created', CLIENT.sub, null],
      ['assignee', null, AGENT.name],
    ]);
  });

  test('per category', async () => {
    await withAssignment({ mode: 'category', byCategory: { billing: OTHER_AGENT.sub } });
    expect(await assigneeOf({ category: 'billing' })).toBe(OTHER_AGENT.sub);
    expect(await assigneeOf({ category: 'general' })).toBeUndefined();
  });

  test('round robin takes turns, also when filed at the same time', async () => {
    await withAssignment({ mode: 'round_robin', agentIds: [AGENT.sub, OTHER_AGENT.sub] });
    const dealt = await Promise.all([1, 2, 3, 4].map(() => assigneeOf()));
    expect(dealt.filter((id) => id === AGENT.sub)).toHaveLength(2);
    expect(dealt.filter((id) => id === OTHER_AGENT.sub)).toHaveLength(2);
  });

  test('somebody who is no agent any more gets none', async () => {
    await withAssignment({ mode: 'round_robin', agentIds: [AGENT.sub, OTHER_AGENT.sub] });
    await t.as({ ...AGENT, role: 'client' }).get('/api/session');
    expect([await assigneeOf(), await assigneeOf()]).toEqual([OTHER_AGENT.sub, OTHER_AGENT.sub]);
  });
});
