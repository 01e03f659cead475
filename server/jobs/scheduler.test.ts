import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { sql, type Selectable } from 'kysely';
import type { UserRow } from '../db/tables.ts';
import { readSettings } from '../settings/service.ts';
import { startResendServer, type ResendServer } from '../testing/resend-server.ts';
import { insertTicket, insertUser, storeSettings } from '../testing/rows.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { CLIENT } from '../testing/users.ts';
import { createResendTransport } from '../mail/resend.ts';
import { startJobs, type Jobs } from './scheduler.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let server: ResendServer;
let test: TestDeps;
let jobs: Jobs | undefined;
let clara: Selectable<UserRow>;
beforeEach(async () => {
  server = await startResendServer();
  test = await createTestDeps({ mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url }) });
  clara = await insertUser(test.deps, CLIENT);
});
afterEach(async () => {
  await jobs?.stop();
  jobs = undefined;
  await test.close();
  await server.close();
});

describe('the jobs', () => {
  it('catch up at the start, and send what that brings', async () => {
    await insertTicket(test.deps, clara, { status: 'resolved' });
    test.clock.advance(30 * DAY);
    jobs = startJobs(test.deps);
    await jobs.runDue();
    expect(server.accepted()).toMatchObject([{ to: CLIENT.email }]);
    expect((await test.mails()).map(({ kind, state }) => [kind, state])).toEqual([['closed', 'sent']]);
  });

  it('look again every minute', async () => {
    jobs = startJobs(test.deps);
    await jobs.runDue();
    const { id } = await insertTicket(test.deps, clara, { status: 'resolved' });
    const status = async () =>
      (await test.deps.db.selectFrom('tickets').select('status').where('id', '=', id).executeTakeFirst())
        ?.status;
    test.clock.advance(7 * DAY - 1);
    await jobs.runDue();
    expect(await status()).toBe('resolved');
    test.clock.advance(MINUTE);
    await jobs.runDue();
    expect(await status()).toBe('closed');
  });

  it('bring in what another process saved', async () => {
    jobs = startJobs(test.deps);
    await jobs.runDue();
    await storeSettings(test.deps, { enabled: false });
    expect((await readSettings(test.deps.db)).enabled).toBe(true);
    test.clock.advance(MINUTE);
    await jobs.runDue();
    expect((await readSettings(test.deps.db)).enabled).toBe(false);
  });

  it('go on when one of them fails, say so, and try it again', async () => {
    await sql`ALTER TABLE history RENAME TO history_away`.execute(test.deps.db);
    const { id } = await insertTicket(test.deps, clara, { status: 'resolved' });
    const status = async () =>
      (await test.deps.db.selectFrom('tickets').select('status').where('id', '=', id).executeTakeFirst())
        ?.status;
    test.clock.advance(30 * DAY);
    jobs = startJobs(test.deps);
    await jobs.runDue();
    expect(await status()).toBe('resolved');
    expect(test.logs).toContainEqual(expect.objectContaining({ event: 'job.failed', job: 'auto_close' }));
    expect(test.logs).not.toContainEqual(expect.objectContaining({ event: 'job.failed', job: 'sweep' }));
    await sql`ALTER TABLE history_away RENAME TO history`.execute(test.deps.db);
    test.clock.advance(MINUTE);
    await jobs.runDue();
    expect(await status()).toBe('closed');
  });

  it('do nothing more once they are stopped', async () => {
    jobs = startJobs(test.deps);
    await jobs.stop();
    const { id } = await insertTicket(test.deps, clara, { status: 'resolved' });
    test.clock.advance(30 * DAY);
    await jobs.runDue();
    const ticket = await test.deps.db
      .selectFrom('tickets')
      .selectAll()
      .where('id', '=', id)
      .executeTakeFirst();
    expect(ticket?.status).toBe('resolved');
  });
});
