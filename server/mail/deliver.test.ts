import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { transact } from '../db/transact.ts';
import type { Deps } from '../deps.ts';
import { startResendServer, type ResendAnswer, type ResendServer } from '../testing/resend-server.ts';
import { insertTicket, insertUser } from '../testing/rows.ts';
import { runInThreads } from '../testing/run-in-thread.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { CLIENT } from '../testing/users.ts';
import { createDeliverer } from './deliver.ts';
import { claimDue, enqueue } from './outbox.ts';
import { prepare } from './prepare.ts';
import { createResendTransport } from './resend.ts';
import { mailQueued } from './wake.ts';
import type { Worker } from './worker.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

let server: ResendServer;
let test: TestDeps;
let deliverer: Worker;
let ticketId: number;
beforeEach(async () => {
  server = await startResendServer();
  test = await createTestDeps({ mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url }) });
  deliverer = createDeliverer(test.deps, () => 1);
  ticketId = (await insertTicket(test.deps, await insertUser(test.deps, CLIENT))).id;
});
afterEach(async () => {
  await deliverer.stop();
  await test.close();
  await server.close();
});

async function queue(key: string, deps: Deps = test.deps): Promise<void> {
  await transact(deps.db, async (trx) => {
    await enqueue(trx, {
      ticketId,
      messageId: null,
      kind: 'closed',
      payload: { from: 'a@example.com', to: 'clara@example.com', subject: key, html: '<p>', text: '' },
      idempotencyKey: key,
      now: deps.clock.now(),
      captured: false,
    });
  });
}
const refusal = (statusCode: number, headers?: Record<string, string>): ResendAnswer => ({
  status: statusCode,
  body: { statusCode, name: 'an_error', message: 'No.' },
  headers,
});
const state = async () => (await test.mails())[0]!;

describe('the deliverer', () => {
  it('sends what is queued, each once', async () => {
    for (let n = 0; n < 5; n += 1) await queue(`mail-${n}`);
    await deliverer.drain();
    await deliverer.drain();
    expect(server.received.map((mail) => mail.body['subject']).sort()).toEqual([
      'mail-0',
      'mail-1',
      'mail-2',
      'mail-3',
      'mail-4',
    ]);
    for (const mail of await test.mails()) {
      expect(mail).toMatchObject({ state: 'sent', attempts: 1, error: null, finished_at: test.clock.now() });
      expect(mail.provider_id).toMatch(/^resend-/);
    }
  });

  it('is woken by a commit', async () => {
    const sent = new Promise<void>((resolve) => server.onRequest(() => resolve()));
    await queue('woken');
    mailQueued(test.deps.db);
    await sent;
    await deliverer.drain();
    expect((await state()).state).toBe('sent');
  });

  it('waits twice as long after each 500, and sends with the same key in the end', async () => {
    server.script(refusal(500), refusal(500), refusal(500));
    await queue('again');
    const waits: number[] = [];
    for (let n = 0; n < 3; n += 1) {
      await deliverer.drain();
      const mail = await state();
      expect(mail).toMatchObject({ state: 'queued', attempts: n + 1, finished_at: null });
      expect(mail.error).toContain('500');
      waits.push(mail.next_attempt_at - test.clock.now());
      test.clock.set(mail.next_attempt_at - 1);
      await deliverer.drain();
      expect(server.received).toHaveLength(n + 1);
      test.clock.advance(1);
    }
    expect(waits).toEqual([5000, 10_000, 20_000]);
    await deliverer.drain();
    expect(await state()).toMatchObject({ state: 'sent', attempts: 4, error: null });
    expect(new Set(server.received.map((mail) => mail.headers['idempotency-key']))).toEqual(
      new Set(['again']),
    );
    expect(server.accepted()).toHaveLength(1);
  });

  it('leaves the provider in peace for as long as Retry-After says, with every mail', async () => {
    server.script(refusal(429, { 'retry-after': '90' }), refusal(429, { 'retry-after': '90' }));
    for (let n = 0; n < 6; n += 1) await queue(`mail-${n}`);
    await deliverer.drain();
    const tried = server.received.length;
    expect(tried).toBeLessThanOrEqual(2);
    test.clock.advance(89_000);
    await deliverer.drain();
    expect(server.received).toHaveLength(tried);
    test.clock.advance(1000);
    await deliverer.drain();
    expect(server.accepted()).toHaveLength(6);
  });

  it('gives up on a 4xx at once, and says so in the log', async () => {
    server.script(refusal(422));
    await queue('refused');
    await deliverer.drain();
    expect(await state()).toMatchObject({ state: 'failed', attempts: 1, finished_at: test.clock.now() });
    expect(test.logs).toContainEqual(expect.objectContaining({ level: 'error', event: 'mail.failed' }));
    test.clock.advance(HOUR);
    await deliverer.drain();
    expect(server.received).toHaveLength(1);
  });

  it('gives up before the provider forgets the key', async () => {
    server.script(...Array.from({ length: 100 }, () => refusal(503)));
    await queue('hopeless');
    const start = test.clock.now();
    while ((await state()).state !== 'failed') {
      await deliverer.drain();
      const mail = await state();
      if (mail.state === 'queued') test.clock.set(mail.next_attempt_at);
    }
    const last = await state();
    expect(last.error).toContain('Given up after');
    expect(last.attempts).toBeGreaterThan(20);
    expect(test.clock.now() - start).toBeLessThan(24 * HOUR);
    expect(test.clock.now() - start).toBeGreaterThan(21 * HOUR);
  });

  it('does not repeat a mail of unknown outcome after a day of downtime', async () => {
    await queue('unknown');
    expect(await claimDue(test.deps.db, test.clock.now(), MINUTE)).toBeDefined();
    test.clock.advance(24 * HOUR);
    await deliverer.drain();
    expect(server.received).toHaveLength(0);
    expect((await state()).state).toBe('failed');
  });

  it('does send a mail that was never tried, however old', async () => {
    await queue('old');
    test.clock.advance(72 * HOUR);
    await deliverer.drain();
    expect((await state()).state).toBe('sent');
  });

  it('takes over, with the same key, what a process left when it died between sending and noting it', async () => {
    await queue('lost');
    const { send } = test.deps.mail;
    const signal = new AbortController().signal;
    await transact(test.deps.db, async (trx) => {
      const mail = await prepare(trx, test.deps, (await claimDue(trx, test.clock.now(), MINUTE))!);
      if (typeof mail === 'string') throw new Error(mail);
      await send(JSON.parse(mail.payload), mail.idempotency_key, signal);
    });
    await deliverer.drain();
    expect(server.received).toHaveLength(1);
    test.clock.advance(MINUTE);
    await deliverer.drain();
    expect(server.received).toHaveLength(2);
    expect(server.accepted()).toHaveLength(1);
    expect(await state()).toMatchObject({ state: 'sent', provider_id: 'resend-1', attempts: 2 });
  });

  it('lets several deliverers share one database: every mail once', async () => {
    for (let n = 0; n < 40; n += 1) await queue(`mail-${n}`);
    const order = {
      database: test.database,
      now: test.clock.now(),
      job: 'deliver',
      resendUrl: server.url,
    } as const;
    await runInThreads(3, order);
    expect(server.received).toHaveLength(40);
    expect(server.accepted()).toHaveLength(40);
    for (const mail of await test.mails()) expect(mail).toMatchObject({ state: 'sent', attempts: 1 });
  });

  it('retries what a transport throws', async () => {
    const throwing = { send: () => Promise.reject(new Error('Broken.')) };
    const own = createDeliverer({ ...test.deps, mail: throwing });
    await queue('thrown');
    await own.drain();
    expect(await state()).toMatchObject({ state: 'queued', error: 'Broken.' });
    await own.stop();
  });

  it('forgets a mail whose ticket was deleted while it was on its way', async () => {
    server.onRequest(async () => {
      await test.deps.db.deleteFrom('tickets').where('id', '=', ticketId).execute();
    });
    await queue('deleted');
    await deliverer.drain();
    expect(await test.mails()).toEqual([]);
  });

  it('stops after the sends in flight, and starts no other', async () => {
    const { promise: released, resolve: release } = Promise.withResolvers<void>();
    server.onRequest(() => released);
    // As many as are under way at a time.
    await queue('first');
    await queue('second');
    deliverer.wake();
    await expect.poll(() => server.received.length, { timeout: 20_000 }).toBe(2);
    await queue('third');
    const stopped = deliverer.stop();
    release();
    await stopped;
    expect((await test.mails()).map((mail) => mail.state)).toEqual(['sent', 'sent', 'queued']);
    deliverer.wake();
    await deliverer.drain();
    expect(server.received).toHaveLength(2);
  });
});
