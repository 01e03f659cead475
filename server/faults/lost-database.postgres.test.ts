import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSupportCenter } from '../support-center.ts';
import { startJobs } from '../jobs/scheduler.ts';
import { createDatabase } from '../testing/postgres/databases.ts';
import { forbidWrites } from '../testing/forbid-writes.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket } from '../testing/tickets.ts';
import { AGENT, CLIENT } from '../testing/users.ts';

let test: TestApp;
let number: string;
beforeEach(async () => {
  test = await createTestApp();
  await test.as(AGENT).get('/api/session');
  ({ number } = await fileTicket(test.as(CLIENT)));
});
afterEach(() => test.close());

const write = () => test.as(CLIENT).post(`/api/tickets/${number}/messages`, { body: 'Still there?' });
const read = () => test.as(CLIENT).get(`/api/tickets/${number}`);

it('where nothing can be written, writing answers 507 and reading goes on; nothing is half done', async () => {
  const writes = await forbidWrites(test.deps.db);
  const refused = await write();
  expect(refused.status).toBe(507);
  expect(await refused.json()).toMatchObject({ code: 'storage_full' });
  expect((await read()).status).toBe(200);
  await writes.lift();
  expect((await write()).status).toBe(201);
  const messages = await test.deps.db.selectFrom('messages').select('id').execute();
  expect(messages).toHaveLength(2);
});

it('while the server takes no connection, requests answer 503 and when to come back; then all goes on', async () => {
  const { url } = await createDatabase();
  const name = new URL(url).pathname.slice(1);
  const say = (own: typeof test.deps.db, statement: string) => sql.raw(statement).execute(own);
  const center = createSupportCenter({
    config: { ...test.deps.config, database: { kind: 'postgres', url, connections: 2 } },
    deps: { clock: test.clock, log: test.deps.log },
  });
  const ask = async (method: 'GET' | 'POST', path: string) =>
    await center.app.request(path, {
      method,
      headers: { authorization: `Bearer ${await test.token(CLIENT)}`, 'content-type': 'application/json' },
      body: method === 'POST' ? JSON.stringify({ body: 'Still there?' }) : undefined,
    });
  expect((await ask('GET', '/api/tickets')).status).toBe(200);
  await say(test.deps.db, `ALTER DATABASE ${name} ALLOW_CONNECTIONS false`);
  await say(test.deps.db, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
  // A connection that was idle tells with its first use.
  await expect.poll(async () => (await ask('GET', '/readyz')).status).toBe(503);
  for (const refused of [
    await ask('GET', '/api/tickets'),
    await ask('POST', '/api/tickets/SUP-1/messages'),
  ]) {
    expect(refused.status).toBe(503);
    expect(refused.headers.get('retry-after')).toBe('5');
    expect(await refused.json()).toMatchObject({ code: 'unreachable', status: 503 });
  }
  await say(test.deps.db, `ALTER DATABASE ${name} ALLOW_CONNECTIONS true`);
  await expect.poll(async () => (await ask('GET', '/api/tickets')).status).toBe(200);
  await center.stop();
});

it('connections that the server ends are replaced, and jobs go on with the next turn', async () => {
  const jobs = startJobs(test.deps);
  await jobs.runDue();
  await test.deps.db.connection().execute(async (own) => {
    await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
      WHERE datname = current_database() AND pid <> pg_backend_pid()`.execute(own);
  });
  test.clock.advance(3_600_000);
  await jobs.runDue();
  expect((await read()).status).toBe(200);
  expect((await write()).status).toBe(201);
  await jobs.stop();
});

it('a statement that takes too long is ended, without what it would hold', async () => {
  const slow = test.deps.db.connection().execute(async (own) => {
    await sql`SET statement_timeout = 20`.execute(own);
    try {
      await sql`SELECT pg_sleep(60)`.execute(own);
    } finally {
      await sql`SET statement_timeout = DEFAULT`.execute(own);
    }
  });
  await expect(slow).rejects.toMatchObject({ code: '57014' });
  expect((await write()).status).toBe(201);
});
