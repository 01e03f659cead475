import type { DatabaseConfig } from '../config-database.ts';
import type { Ticket } from '../contract/tickets.ts';
import { createSupportCenter } from '../support-center.ts';
import { signToken } from './sign-token.ts';
import { createTestClient } from './test-client.ts';
import { createTestClock, TEST_NOW } from './test-clock.ts';
import { createTestConfig } from './test-config.ts';
import { expectStatus } from './tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, type TestUser } from './users.ts';

const HOUR = 3_600_000;

/** A support center that thinks it is `TEST_NOW`, and a bit. */
export function openCenter(database: DatabaseConfig, attachments: string) {
  const config = createTestConfig({
    logLevel: 'silent',
    database,
    attachments: { kind: 'file', path: attachments },
  });
  const clock = createTestClock(TEST_NOW + HOUR);
  const support = createSupportCenter({ config, deps: { clock } });
  const as = (user: TestUser) =>
    createTestClient(
      (path, init) => support.app.request(path, init),
      async () => `Bearer ${await signToken(user, config.auth, clock.now())}`,
    );
  return { support, as, clock };
}

/** What a seeded database has not: files, mails, notes, a deleted ticket, what a client sends twice, settings. */
export async function useEverything({ support, as }: ReturnType<typeof openCenter>): Promise<void> {
  const client = as(CLIENT);
  for (const user of [AGENT, OTHER_AGENT, ADMIN]) await as(user).get('/api/session');
  const { etag } = Object.fromEntries((await as(ADMIN).get('/api/settings')).headers);
  const settings = (await (await as(ADMIN).get('/api/settings')).json()) as Record<string, object>;
  const assignment = {
    mode: 'round_robin',
    agentIds: [AGENT.sub, OTHER_AGENT.sub],
    assignToFirstReplier: true,
  };
  const changed = await as(ADMIN).put('/api/settings', { ...settings, assignment }, { 'if-match': etag! });
  await expectStatus(changed, 200);
  const numbers: string[] = [];
  for (let n = 0; n < 7; n++) {
    const content = `Bytes ${n}: ${'ä€😀'.repeat(n)}`;
    const { id } = (await (
      await client.upload('/api/attachments', { name: `${n}.log`, content })
    ).json()) as {
      id: string;
    };
    const input = {
      subject: `Migrated ${n} – “ÄÖÜ” 😀`,
      category: 'billing',
      priority: 'high',
      description: `#${n}`,
    };
    const sent = await client.post(
      '/api/tickets',
      { ...input, attachmentIds: [id] },
      { 'idempotency-key': `key-${n}` },
    );
    numbers.push((await expectStatus<Ticket>(sent, 201)).number);
    await as(AGENT).post(`/api/tickets/${numbers[n]}/messages`, { body: `Answer ${n}` });
    await as(AGENT).post(`/api/tickets/${numbers[n]}/messages`, { body: `Note ${n}`, internal: true });
  }
  await client.upload('/api/attachments', { name: 'never-sent.txt', content: 'x' });
  // The highest number is gone, and is not given again.
  await as(ADMIN).delete(`/api/tickets/${numbers.at(-1)}`);
  const { db } = support.deps;
  await db.insertInto('unsubscribed_addresses').values({ address: 'nobody@example.com', since: 1 }).execute();
  await db
    .insertInto('suppressed_addresses')
    .values({ address: 'ä@example.com', reason: 'bounced', detail: null, since: 2 })
    .execute();
  const ids = (await db.selectFrom('outbox').select('id').orderBy('id').execute()).map(({ id }) => id);
  // A part of a mail that has a higher number.
  await db
    .updateTable('outbox')
    .set({ state: 'merged', merged_into: ids[3]!, finished_at: 5 })
    .where('id', '=', ids[1]!)
    .execute();
  await support.stop();
}
