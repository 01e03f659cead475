import { once } from 'node:events';
import { get, type IncomingMessage } from 'node:http';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Attachment, type Ticket } from '../contract/tickets.ts';
import type { AttachmentStorage } from '../deps.ts';
import { sweep } from '../jobs/sweep.ts';
import { listen, type Listening } from '../listen.ts';
import type { S3Patience } from '../storage/persist.ts';
import { createS3Storage } from '../storage/s3.ts';
import { createSupportCenter } from '../support-center.ts';
import { runProgram } from '../testing/data-folder.ts';
import { startS3Server, type S3Fault, type S3Server } from '../testing/s3-server.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { createTestClient } from '../testing/test-client.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { ADMIN, CLIENT, OTHER_CLIENT } from '../testing/users.ts';

const DAY = 24 * 3_600_000;
const QUICK: S3Patience = { attempts: 2, connectMs: 10_000, answerMs: 10_000, uploadMs: 10_000, pauseMs: 1 };
const LARGE = { name: 'trace.bin', content: Buffer.alloc(6 * 1024 * 1024, 'trace') };

let s3: S3Server;
let storage: AttachmentStorage;
let test: TestApp;
beforeEach(async () => {
  s3 = await startS3Server();
  storage = createS3Storage(s3.config(), QUICK);
  test = await createTestApp({ storage, now: Date.now(), config: { attachments: s3.config() } });
});
afterEach(async () => {
  await test.close();
  storage.close?.();
  await s3.close();
});

async function stored(): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.keys()) keys.push(key);
  return keys.sort();
}
async function upload(file = LARGE): Promise<Attachment> {
  const response = await test.as(CLIENT).upload('/api/attachments', file);
  expect(response.status).toBe(201);
  return Attachment.parse(await response.json());
}
async function fileTicket(attachmentIds: string[]): Promise<string> {
  const input = { subject: 'A trace', category: 'technical', priority: 'low', description: 'See file' };
  const response = await test.as(CLIENT).post('/api/tickets', { ...input, attachmentIds });
  return ((await response.json()) as Ticket).number;
}

describe('attachments in S3', () => {
  it('go the way of every attachment: sent, read by who may, deleted with the ticket, swept when never sent', async () => {
    const sent = await upload();
    const kept = await upload({ name: 'never-sent.txt', content: Buffer.from('x') });
    const number = await fileTicket([sent.id]);
    const download = await test.as(ADMIN).get(`/api/attachments/${sent.id}`);
    expect(Buffer.from(await download.arrayBuffer()).equals(LARGE.content)).toBe(true);
    expect((await test.as(OTHER_CLIENT).get(`/api/attachments/${sent.id}`)).status).toBe(404);
    expect(await stored()).toEqual([sent.id, kept.id].sort());
    expect((await test.as(ADMIN).delete(`/api/tickets/${number}`)).status).toBe(204);
    expect(await stored()).toEqual([kept.id]);
    async function* bytes() {
      yield Buffer.from('of a process that died');
    }
    await storage.put('orphan-of-a-process', bytes(), { maxBytes: 100 });
    test.clock.advance(DAY + 60_000);
    expect(await sweep(test.deps)).toMatchObject({ uploads: 1, orphans: 1 });
    expect(await stored()).toEqual([]);
  });

  it('that cannot be stored now are a 503 that gives nothing away, or 507 where there is no room', async () => {
    const busy: S3Fault = { method: 'PUT', does: { status: 503, code: 'SlowDown' } };
    s3.faults.push(busy, busy);
    const failed = await test.as(CLIENT).upload('/api/attachments', LARGE);
    expect(failed.status).toBe(503);
    expect(failed.headers.get('retry-after')).toBe('5');
    const text = await failed.text();
    for (const secret of ['SlowDown', 'S3', s3.bucket, s3.url]) expect(text).not.toContain(secret);
    s3.faults.push({ method: 'PUT', does: { status: 400, code: 'QuotaExceeded' } });
    const full = await test.as(CLIENT).upload('/api/attachments', LARGE);
    expect({ status: full.status, ...((await full.json()) as object) }).toMatchObject({
      status: 507,
      code: 'storage_full',
    });
    expect(await stored()).toEqual([]);
  });

  it('whose bucket is away stay away alone: tickets are read, and the ticket is deleted', async () => {
    const { id } = await upload();
    const number = await fileTicket([id]);
    const away = () => s3.faults.push(...Array<S3Fault>(6).fill({ does: 'cut' }));
    away();
    expect((await test.as(CLIENT).get(`/api/attachments/${id}`)).status).toBe(503);
    away();
    const ready = await test.app.request('/readyz');
    expect(ready.status).toBe(200);
    expect(await ready.json()).toEqual({ status: 'ready', attachments: 'unavailable' });
    expect((await test.as(CLIENT).get(`/api/tickets/${number}`)).status).toBe(200);
    away();
    expect((await test.as(ADMIN).delete(`/api/tickets/${number}`)).status).toBe(204);
    s3.faults.length = 0;
    test.clock.advance(DAY + 60_000);
    expect(await (await test.app.request('/readyz')).json()).toEqual({ status: 'ready' });
    expect(await stored()).toEqual([id]);
    await sweep(test.deps);
    expect(await stored()).toEqual([]);
  });
});

describe('a download over a real connection', () => {
  let server: Listening;
  beforeEach(async () => {
    server = await listen(getRequestListener(test.app.fetch), '127.0.0.1', 0);
  });
  afterEach(() => server.drain(0));

  async function request(id: string) {
    const headers = { authorization: `Bearer ${await test.token(CLIENT)}` };
    const sent = get(`${server.url}/api/attachments/${id}`, { headers });
    sent.on('error', () => {});
    const [response] = (await once(sent, 'response')) as [IncomingMessage];
    response.on('error', () => {});
    return response;
  }

  it('never looks complete when it is cut, or when the bytes are not those that were sent', async () => {
    const { id } = await upload();
    for (const prepare of [
      () =>
        void s3.faults.push(
          { method: 'GET', does: 'cut-midway' },
          ...Array<S3Fault>(4).fill({ does: 'cut' }),
        ),
      async () => {
        s3.faults.length = 0;
        async function* others() {
          yield Buffer.alloc(LARGE.content.length, 'other');
        }
        await storage.put(id, others(), { maxBytes: LARGE.content.length });
      },
    ]) {
      await prepare();
      const response = await request(id);
      let size = 0;
      response.on('data', (chunk: Buffer) => (size += chunk.length));
      await new Promise((resolve) => response.once('close', resolve));
      expect(response.complete).toBe(false);
      expect(size).toBeLessThan(LARGE.content.length);
    }
    expect(test.logs.map(({ event }) => event)).toContain('attachment_damaged');
  });

  it('that its reader leaves lets go of the connection to S3', async () => {
    const { id } = await upload();
    storage.close?.();
    await expect.poll(() => s3.connections(), { timeout: 15_000 }).toBe(0);
    const response = await request(id);
    await once(response, 'data');
    expect(await s3.connections()).toBe(1);
    response.destroy();
    storage.close?.();
    await expect.poll(() => s3.connections(), { timeout: 15_000 }).toBe(0);
  });
});

describe('the programs', () => {
  let folder: string;
  let env: Record<string, string>;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-center-s3-app-'));
    env = {
      ...s3.env,
      DATABASE_URL: `sqlite:${join(folder, 'support.db')}`,
      AUTH_SECRET: 's'.repeat(32),
      AUTH_ISSUER: 'https://host.example',
    };
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('start with a bucket, and not with a wrong setting', { timeout: 60_000 }, async () => {
    const server = await startServerProcess({ folder, env });
    expect(await (await fetch(`${server.url}/readyz`)).json()).toEqual({ status: 'ready' });
    expect(await server.end('SIGTERM')).toBe(0);
    for (const [name, value] of [
      ['AWS_SECRET_ACCESS_KEY', 'hunter2'],
      ['ATTACHMENTS_URL', 's3://nobody-made-this'],
      ['S3_ENDPOINT', 'not an address'],
    ] as const) {
      const start = startServerProcess({ folder, env: { ...env, [name]: value } });
      const error = await start.then(
        () => new Error('It started.'),
        (thrown: unknown) => thrown as Error,
      );
      expect(error.message).toMatch(
        new RegExp(`^The server did not start: support-center: ${name}: [^\\n]+$`),
      );
      expect(error.message).not.toContain('hunter2');
    }
  });

  it('look after a bucket: doctor, backup and restore', { timeout: 60_000 }, async () => {
    const config = createTestConfig({
      logLevel: 'silent',
      database: { kind: 'sqlite', path: join(folder, 'support.db') },
      attachments: s3.config({ prefix: 'other' }),
    });
    const support = createSupportCenter({ config });
    const client = createTestClient(
      (path, init) => support.app.request(path, init),
      async () => `Bearer ${await signToken(CLIENT, config.auth, Date.now())}`,
    );
    const file = Attachment.parse(await (await client.upload('/api/attachments', LARGE)).json());
    await support.stop();
    const here = { ...env, ATTACHMENTS_URL: `s3://${s3.bucket}/other` };
    const health = await runProgram(['doctor'], here);
    expect(health.output).toContain('storage: can be listed, written, read and deleted in');
    expect(health.output).toContain('attachments: 1 are there, byte for byte');
    expect(health.code).toBe(0);
    const backup = join(folder, 'backup.tar');
    expect(await runProgram(['backup', backup], here)).toMatchObject({ code: 0, errors: '' });
    const there = {
      ...env,
      DATABASE_URL: `sqlite:${join(folder, 'restored.db')}`,
      ATTACHMENTS_URL: `s3://${s3.bucket}/restored`,
    };
    expect(await runProgram(['restore', backup], there)).toMatchObject({ code: 0, errors: '' });
    expect((await runProgram(['doctor'], there)).output).toContain('attachments: 1 are there, byte for byte');
    const again = await runProgram(['restore', backup], there);
    expect(again).toMatchObject({ code: 1, errors: expect.stringContaining('--force') });
    expect(await runProgram(['restore', backup, '--force'], there)).toMatchObject({ code: 0 });
    await createS3Storage(s3.config({ prefix: 'restored' })).delete(file.id);
    const damaged = await runProgram(['doctor'], there);
    expect(damaged.output).toContain(`attachments: 1 are gone: ${file.id}`);
    const wrong = await runProgram(['doctor'], { ...there, AWS_SECRET_ACCESS_KEY: 'hunter2' });
    expect(wrong.code).toBe(1);
    expect(wrong.output).toMatch(/PROBLEM {2}storage: AWS_SECRET_ACCESS_KEY: /);
  });
});
