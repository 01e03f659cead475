import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';
import { fill, pathsOf, readAnswer, routesBehindToken, VERBS } from './route-table.ts';

/** Stands in everything of the first client's, and may stand in no answer to the second. */
const MARK = 'zxq7marked';
const OWNER: TestUser = { ...CLIENT, sub: `${MARK}-sub`, name: `${MARK} name`, email: `${MARK}@example.com` };

let test: TestApp;
/** What there is of the owner's, by the name of the route's parameter; and what there never was. */
let mine: Record<string, string>;
let unsent: string;
const missing: Record<string, string> = { number: 'SUP-999999', id: 'AAAAAAAAAAAAAAAAAAAAAAAA' };

beforeAll(async () => {
  test = await createTestApp();
  const upload = async (user: TestUser) =>
    (
      await expectStatus<{ id: string }>(
        await test.as(user).upload('/api/attachments', { name: `${MARK}.png`, content: PNG }),
        201,
      )
    ).id;
  const fileId = await upload(OWNER);
  const relatedApp = { id: `${MARK}-app`, name: `${MARK} app` };
  const { number } = await fileTicket(test.as(OWNER), {
    subject: `${MARK} subject`,
    description: `${MARK} text`,
    attachmentIds: [fileId],
    relatedApp,
  });
  await reply(test.as(AGENT), number, { body: `${MARK} reply` });
  await reply(test.as(AGENT), number, { body: `${MARK} note`, internal: true });
  mine = { number, id: fileId };
  unsent = await upload(OWNER);
  await fileTicket(test.as(OTHER_CLIENT), { subject: 'Of my own' });
});
afterAll(() => test.close());

/** Everything a request of a stranger could have changed. */
async function stored(): Promise<string> {
  const tables = [
    'tickets',
    'messages',
    'attachments',
    'history',
    'outbox',
    'ticket_reads',
    'settings',
  ] as const;
  const rows = [];
  for (const table of tables) rows.push(await test.deps.db.selectFrom(table).selectAll().execute());
  return JSON.stringify(rows);
}

const BODIES: unknown[] = [
  undefined,
  {},
  { body: 'Hello?' },
  { body: 'Hello?', internal: true },
  { message: 'Open it again' },
  { status: 'closed' },
  { role: 'admin', actor: { role: 'admin' } },
  'not json',
];

const ask = async (user: TestUser, method: string, path: string, body?: unknown) =>
  readAnswer(
    await test.app.request(path, {
      method,
      headers: {
        authorization: `Bearer ${await test.token(user)}`,
        'if-match': '*',
        ...(body !== undefined && { 'content-type': 'application/json' }),
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    }),
  );

describe('another client’s things', () => {
  it('answer as if they were missing, by every route and every verb, and nothing changes', async () => {
    const before = await stored();
    const owned = pathsOf(routesBehindToken(test.app)).filter((path) => path.includes(':'));
    expect(owned.length).toBeGreaterThanOrEqual(6);
    for (const path of owned) {
      for (const method of VERBS) {
        for (const body of method === 'GET' || method === 'HEAD' ? [undefined] : BODIES) {
          const what = `${method} ${path} ${JSON.stringify(body)}`;
          const theirs = await ask(
            OTHER_CLIENT,
            method,
            fill(path, (name) => mine[name] ?? missing[name] ?? 'x'),
            body,
          );
          const none = await ask(
            OTHER_CLIENT,
            method,
            fill(path, (name) => missing[name] ?? 'x'),
            body,
          );
          expect(theirs, what).toEqual(none);
          // 400 and 422: refused before anybody looks for the ticket. 403: nothing for clients at all.
          expect([400, 403, 404, 422], `${what}: ${theirs.status}`).toContain(theirs.status);
          if (theirs.status === 404 && method !== 'HEAD') {
            expect(JSON.parse(theirs.text), what).toMatchObject({ code: 'not_found', status: 404 });
          }
        }
      }
    }
    expect(await stored()).toBe(before);
  });

  it.each(['GET', 'PATCH', 'DELETE', 'POST'] as const)(
    'are 404 to a well-formed %s of the contract',
    async (method) => {
      const requests: Record<typeof method, Array<[path: string, body?: unknown]>> = {
        GET: [[''], ['/messages'], ['/history']],
        PATCH: [['', { status: 'closed' }]],
        DELETE: [['']],
        POST: [
          ['/messages', { body: 'Hello?' }],
          ['/close'],
          ['/reopen', {}],
          ['/reopen', { message: 'Hi' }],
        ],
      };
      for (const [path, body] of requests[method]) {
        const { status, text } = await ask(
          OTHER_CLIENT,
          method,
          `/api/tickets/${mine['number']}${path}`,
          body,
        );
        expect(status, path).toBe(404);
        expect(text).not.toContain(MARK);
      }
    },
  );

  it('stand in no answer of any route', async () => {
    for (const path of pathsOf(routesBehindToken(test.app))) {
      const target = fill(path, (name) => mine[name] ?? 'x');
      for (const query of [
        '',
        `?q=${MARK}`,
        `?assignee=${AGENT.sub}`,
        '?include=session&include=counts&include=unread',
      ]) {
        const { text } = await ask(OTHER_CLIENT, 'GET', target + query);
        expect(text, `${target}${query}`).not.toContain(MARK);
      }
    }
  });

  it('cannot be attached, followed up on or searched by their ids', async () => {
    const post = (body: object) => ask(OTHER_CLIENT, 'POST', '/api/tickets', body);
    const ticket = { subject: 'Mine', category: 'general', priority: 'low', description: 'Mine' };
    const answers = async (field: string, ids: unknown[]) =>
      Promise.all(ids.map((id) => post({ ...ticket, [field]: id })));
    const files = await answers('attachmentIds', [[mine['id']], [unsent], [missing['id']]]);
    const followed = await answers('followUpOf', [mine['number'], missing['number'], 'nonsense']);
    for (const group of [files, followed]) {
      for (const answer of group) {
        expect(answer.status).toBe(422);
        expect(answer.text).toBe(group[0]!.text);
      }
    }
    const found = await ask(OTHER_CLIENT, 'GET', `/api/tickets?q=${mine['number']}`);
    expect(JSON.parse(found.text)).toEqual({ tickets: [], nextCursor: null });
    const counts = await ask(OTHER_CLIENT, 'GET', `/api/tickets/counts?q=${MARK}`);
    expect(JSON.parse(counts.text)).toEqual({
      counts: { open: 0, in_progress: 0, waiting_user: 0, resolved: 0, closed: 0 },
    });
  });

  it('are not reached through cursors made by hand', async () => {
    const cursor = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
    for (const sort of ['newest', 'oldest', 'updated', 'priority']) {
      for (const id of [0, 1, 1000, 1001, 1002, 2 ** 50]) {
        const at = cursor([sort, id, 2 ** 50, 'urgent']);
        const { text } = await ask(OTHER_CLIENT, 'GET', `/api/tickets?sort=${sort}&cursor=${at}`);
        expect(text).not.toContain(MARK);
      }
    }
    const note = await test.deps.db
      .selectFrom('messages')
      .select('uid')
      .where('internal', '=', 1)
      .executeTakeFirstOrThrow();
    const at = cursor(['messages', note.uid]);
    const own = await ask(OWNER, 'GET', `/api/tickets/${mine['number']}/messages?cursor=${at}`);
    expect(own.status).toBe(400);
    expect((await ask(AGENT, 'GET', `/api/tickets/${mine['number']}/messages?cursor=${at}`)).status).toBe(
      200,
    );
  });
});

describe('a role', () => {
  const WORK: Array<[method: string, path: string, body?: unknown]> = [
    ['GET', '/api/agents'],
    ['GET', '/api/settings'],
    ['PUT', '/api/settings', { enabled: false }],
    ['PATCH', '/api/tickets/:number', { status: 'closed' }],
    ['POST', '/api/tickets/:number/close'],
    ['POST', '/api/tickets/:number/messages', { body: 'x', internal: true }],
    ['POST', '/api/tickets/:number/messages', { body: 'x', status: 'closed' }],
    ['DELETE', '/api/tickets/:number'],
  ];

  it('is the token’s alone: the owner works nothing, an agent administers nothing', async () => {
    const before = await stored();
    for (const [method, path, body] of WORK) {
      const target = fill(path, (name) => mine[name]!);
      expect((await ask(OWNER, method, target, body)).status, `${method} ${path}`).toBe(403);
    }
    for (const [method, path, body] of WORK.slice(1, 3).concat(WORK.slice(-1))) {
      const target = fill(path, (name) => mine[name]!);
      expect((await ask(AGENT, method, target, body)).status, `${method} ${path}`).toBe(403);
    }
    expect(await stored()).toBe(before);
  });

  it('named anywhere else is refused or ignored', async () => {
    const authorization = `Bearer ${await test.token(OWNER)}`;
    const claims = {
      'x-role': 'admin',
      'x-user-role': 'admin',
      role: 'admin',
      cookie: 'role=admin',
      'x-forwarded-user': ADMIN.sub,
    };
    const session = await test.app.request('/api/session', { headers: { authorization, ...claims } });
    expect(await session.json()).toMatchObject({ actor: { id: OWNER.sub, role: 'client' } });
    expect((await ask(OWNER, 'GET', '/api/tickets?role=admin')).status).toBe(400);
    const ticket = { subject: 'x', category: 'general', priority: 'low', description: 'x' };
    for (const more of [
      { role: 'admin' },
      { requesterId: AGENT.sub },
      { requester: ADMIN },
      { status: 'closed' },
      { assigneeId: AGENT.sub },
      { internal: true },
      { version: 7 },
      { createdAt: 0 },
    ]) {
      const { status } = await ask(OWNER, 'POST', '/api/tickets', { ...ticket, ...more });
      expect(status, JSON.stringify(more)).toBe(422);
    }
    const polluted = JSON.stringify({ ...ticket }).replace('{', '{"__proto__":{"role":"admin"},');
    expect((await ask(OWNER, 'POST', '/api/tickets', polluted)).status).toBe(422);
    expect(({} as Record<string, unknown>)['role']).toBeUndefined();
  });
});
