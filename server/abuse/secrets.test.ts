import { afterEach, beforeEach, expect, it } from 'vitest';
import type { MailTransport } from '../deps.ts';
import { createDeliverer } from '../mail/deliver.ts';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';
import { badTokens } from './bad-tokens.ts';
import { fill, routesBehindToken, VERBS } from './route-table.ts';

/** What must stand in no log line and no error: each is said once, in its own place. */
const TEXTS = [
  'zxq7subject',
  'zxq7text',
  'zxq7reply',
  'zxq7note',
  'zxq7search',
  'zxq7file',
  'zxq7app',
  'zxq7bytes',
];
const SECRETS = {
  secret: '0123456789abcdef0123456789abcdef',
  metrics: 'zxq7metricstoken',
  key: 'zxq7idempotency',
};

let test: TestApp;
beforeEach(async () => {
  const refusing: MailTransport = { send: async () => Promise.reject(new Error('The network is down.')) };
  test = await createTestApp({
    mail: refusing,
    config: { metricsToken: SECRETS.metrics, logLevel: 'debug' },
  });
});
afterEach(() => test.close());

/** Does everything there is to do, right and wrong. @returns every token used and every problem answered */
async function useEverything(): Promise<{ tokens: string[]; problems: string[] }> {
  const uploaded = await test.as(CLIENT).upload('/api/attachments', {
    name: 'zxq7file.png',
    content: Buffer.concat([PNG, Buffer.from('zxq7bytes')]),
  });
  const { id } = (await uploaded.json()) as { id: string };
  const { number } = await fileTicket(test.as(CLIENT), {
    subject: 'zxq7subject',
    description: 'zxq7text',
    attachmentIds: [id],
    relatedApp: { id: 'zxq7app', name: 'zxq7app' },
  });
  await reply(test.as(AGENT), number, { body: 'zxq7reply' });
  await reply(test.as(AGENT), number, { body: 'zxq7note', internal: true });
  await patchTicket(test.as(ADMIN), number, { assigneeId: AGENT.sub, status: 'resolved' });
  await test.as(CLIENT).get('/api/tickets?q=zxq7search');
  await createDeliverer(test.deps).drain();

  const tokens = Object.values(await badTokens(ADMIN, test.deps.config.auth, test.clock.now()));
  const good = await test.token(CLIENT);
  const problems: string[] = [];
  const ask = async (path: string, init: RequestInit) => {
    const response = await test.app.request(path, init);
    if (response.headers.get('content-type')?.includes('problem')) problems.push(await response.text());
    else await response.body?.cancel();
  };
  const broken = [
    '{"body":"zxq7text',
    '{"body":"zxq7text","zxq7note":1}',
    '{"body":7,"subject":"zxq7subject","description":null}',
    '["zxq7text"]',
  ];
  for (const { method, path } of routesBehindToken(test.app)) {
    const target = fill(path, (name) => (name === 'number' ? number : id));
    for (const body of method === 'GET' || method === 'DELETE' ? [undefined] : broken) {
      const headers = {
        authorization: `Bearer ${good}`,
        'content-type': 'application/json',
        'if-match': '"7"',
        'idempotency-key': SECRETS.key,
      };
      await ask(`${target}?q=zxq7search&token=${good}`, { method, headers, body });
      await ask(target, { method, headers, body });
    }
  }
  for (const token of tokens) await ask('/api/session', { headers: { authorization: `Bearer ${token}` } });
  for (const verb of VERBS)
    await ask('/metrics', { method: verb, headers: { authorization: 'Bearer zxq7wrong' } });
  // And when something breaks: the error, its cause and its stack are all that is logged.
  await test.deps.db.schema.alterTable('messages').renameTo('messages_away').execute();
  await ask(`/api/tickets/${number}/messages`, {
    method: 'POST',
    headers: { authorization: `Bearer ${good}`, 'content-type': 'application/json' },
    body: JSON.stringify({ body: 'zxq7text' }),
  });
  return { tokens: [...tokens, good], problems };
}

it('no log line holds a token, a key or a word that anybody wrote', async () => {
  const { tokens } = await useEverything();
  const log = JSON.stringify(test.logs);
  expect(test.logs.some(({ event }) => event === 'request_failed')).toBe(true);
  expect(test.logs.length).toBeGreaterThan(50);
  for (const word of [...TEXTS, ...Object.values(SECRETS), CLIENT.email])
    expect(log, word).not.toContain(word);
  for (const token of tokens) {
    for (const part of token.split('.').filter((one) => one.length > 20))
      expect(log.includes(part), part).toBe(false);
  }
});

it('no problem repeats a token, a key, a text, or how we are made', async () => {
  const { tokens, problems } = await useEverything();
  expect(problems.length).toBeGreaterThan(50);
  for (const problem of problems) {
    for (const secret of [...Object.values(SECRETS), ...tokens])
      expect(problem.includes(secret), problem).toBe(false);
    // A field that nobody knows is named by its name, which is the sender's own; what stands in it never is.
    for (const text of TEXTS.filter((one) => one !== 'zxq7note')) expect(problem).not.toContain(text);
    expect(problem).not.toMatch(/sqlite|SELECT |INSERT |node_modules|\.ts\b|at \w+ \(/i);
  }
});

it('the database keeps no token and no secret', async () => {
  const { tokens } = await useEverything();
  const { sql } = await import('kysely');
  const tables = await test.deps.db.introspection.getTables();
  expect(tables.length).toBeGreaterThan(10);
  for (const { name } of tables) {
    const content = JSON.stringify((await sql`SELECT * FROM ${sql.table(name)}`.execute(test.deps.db)).rows);
    for (const secret of [SECRETS.secret, SECRETS.metrics, ...tokens])
      expect(content.includes(secret), name).toBe(false);
  }
});
