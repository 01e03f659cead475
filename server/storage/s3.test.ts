import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { AttachmentStorage } from '../deps.ts';
import { startS3Server, type S3Fault, type S3Server } from '../testing/s3-server.ts';
import type { S3Patience } from './persist.ts';
import { createS3Storage } from './s3.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';
const PATIENT: S3Patience = {
  attempts: 3,
  connectMs: 10_000,
  answerMs: 10_000,
  uploadMs: 10_000,
  pauseMs: 1,
};
/** For servers that say nothing; a slow machine may take it for one at times. */
const IMPATIENT: S3Patience = { ...PATIENT, attempts: 8, answerMs: 800, uploadMs: 1500 };
/** Larger than what sockets hold by themselves. */
const LARGE = Buffer.alloc(4 * 1024 * 1024, 'abcdefg');

let s3: S3Server;
let storage: AttachmentStorage;
beforeEach(async () => {
  s3 = await startS3Server();
  storage = createS3Storage(s3.config(), PATIENT);
});
afterEach(async () => {
  storage.close?.();
  await s3.close();
});

async function* once(bytes: string | Uint8Array): AsyncGenerator<Uint8Array> {
  yield typeof bytes === 'string' ? Buffer.from(bytes) : bytes;
}
const put = (bytes: string | Uint8Array = 'hello', signal?: AbortSignal) =>
  storage.put(KEY, once(bytes), { maxBytes: LARGE.length, signal });
const read = async () => await buffer((await storage.open(KEY))!);
async function keys(): Promise<string[]> {
  const found: string[] = [];
  for await (const { key } of storage.keys()) found.push(key);
  return found;
}
const busy: S3Fault['does'] = { status: 503, code: 'SlowDown' };

describe('S3 that goes wrong for a while', () => {
  it.each<[string, S3Fault['does']]>([
    ['is busy', busy],
    ['fails', { status: 500, code: 'InternalError' }],
    ['is asked too often', { status: 429, code: 'TooManyRequests' }],
    ['cuts the connection', 'cut'],
    ['cuts the connection once it has done its work', 'cut-after'],
    ['says nothing', 'silence'],
  ])('is asked again when it %s', async (_what, does) => {
    if (does === 'silence') storage = createS3Storage(s3.config(), IMPATIENT);
    s3.faults.push({ method: 'PUT', does }, { method: 'HEAD', does });
    await put(LARGE);
    s3.faults.push({ method: 'GET', does });
    expect((await read()).equals(LARGE)).toBe(true);
    s3.faults.push({ method: 'GET', does });
    expect(await keys()).toEqual([KEY]);
    s3.faults.push({ method: 'DELETE', does });
    await storage.delete(KEY);
    expect(await keys()).toEqual([]);
    expect(s3.faults).toEqual([]);
  });

  it.each<['cut-midway' | 'silence-midway']>([['cut-midway'], ['silence-midway']])(
    'goes on where a download broke off (%s), as often as it must',
    async (does) => {
      if (does === 'silence-midway') storage = createS3Storage(s3.config(), IMPATIENT);
      await put(LARGE);
      s3.faults.push({ method: 'GET', does }, { method: 'GET', does: 'cut' }, { method: 'GET', does });
      expect((await read()).equals(LARGE)).toBe(true);
      expect(s3.faults).toEqual([]);
    },
  );

  it('is given up after some attempts, in words that give nothing away', async () => {
    await put();
    for (const [doing, work] of [
      ['write', () => put()],
      ['read', () => storage.open(KEY)],
      ['delete', () => storage.delete(KEY)],
      ['list', () => keys()],
    ] as const) {
      s3.faults.push(...Array<S3Fault>(8).fill({ does: busy }));
      const before = s3.requests.length;
      const error = await work().then(
        () => new Error('It worked.'),
        (thrown: unknown) => thrown as Error,
      );
      expect(error).toMatchObject({
        name: 'StorageUnavailable',
        message: `The S3 server does not ${doing} (SlowDown, 503).`,
      });
      expect(s3.requests.length - before).toBeLessThanOrEqual(4);
      s3.faults.length = 0;
    }
  });

  it('never lets a download look complete that is not', async () => {
    await put(LARGE);
    s3.faults.push(
      { method: 'GET', does: 'cut-midway' },
      ...Array<S3Fault>(5).fill({ method: 'GET', does: 'cut' }),
    );
    await expect(read()).rejects.toMatchObject({ name: 'StorageUnavailable' });
  });

  it('leaves nothing behind of a file that arrived although no answer came', async () => {
    s3.faults.push(...Array<S3Fault>(3).fill({ method: 'PUT', does: 'cut-after' }));
    await expect(put()).rejects.toMatchObject({ name: 'StorageUnavailable' });
    expect(await keys()).toEqual([]);
  });

  it('is not waited for when the upload is aborted', async () => {
    s3.faults.push({ method: 'PUT', does: 'silence' });
    const upload = new AbortController();
    const stored = put(LARGE, upload.signal);
    const outcome = expect(stored).rejects.toThrow('The client is gone.');
    await expect.poll(() => s3.requests.length, { timeout: 15_000 }).toBe(1);
    upload.abort(new Error('The client is gone.'));
    await outcome;
    expect(await keys()).toEqual([]);
  });

  it('has its connection freed when nobody reads a download any more', async () => {
    await put(LARGE);
    const stream = (await storage.open(KEY))!;
    for await (const _chunk of stream) break;
    expect(stream.destroyed).toBe(true);
    storage.close?.();
    await expect.poll(() => s3.connections(), { timeout: 15_000 }).toBe(0);
  });
});

describe('S3 that is set up wrongly', () => {
  it.each<[string, () => Parameters<S3Server['config']>[0], RegExp]>([
    [
      'an unknown key',
      () => ({ credentials: { ...s3.keys, accessKeyId: 'NOBODY' } }),
      /^AWS_ACCESS_KEY_ID: [^\n]+$/,
    ],
    [
      'a wrong secret',
      () => ({ credentials: { ...s3.keys, secretAccessKey: 'hunter2' } }),
      /^AWS_SECRET_ACCESS_KEY: (?!.*hunter2)[^\n]+$/,
    ],
    [
      'no such bucket',
      () => ({ bucket: 'somewhere-else' }),
      /^ATTACHMENTS_URL: there is no bucket "somewhere-else"\.$/,
    ],
  ])('says which setting is wrong: %s', async (_what, more, message) => {
    const other = createS3Storage(s3.config(more()), PATIENT);
    for (const work of [
      () => other.check!('reach'),
      () => other.check!('rights'),
      () => other.put(KEY, once('x'), { maxBytes: 1 }),
      () => other.open(KEY),
    ]) {
      const before = s3.requests.length;
      await expect(work()).rejects.toMatchObject({
        name: 'StorageMisconfigured',
        message: expect.stringMatching(message),
      });
      // At once, and for `put` with an attempt to leave nothing behind.
      expect(s3.requests.length - before).toBeLessThanOrEqual(2);
    }
    other.close?.();
  });

  it.each<[string, S3Fault, string]>([
    ['write', { method: 'PUT', does: { status: 403, code: 'AccessDenied' } }, 'may not write in bucket'],
    ['delete', { method: 'DELETE', does: { status: 403, code: 'AccessDenied' } }, 'may not delete in bucket'],
    ['list', { method: 'GET', does: { status: 403, code: 'AccessDenied' } }, 'may not list in bucket'],
    ['sign', { does: { status: 400, code: 'AuthorizationHeaderMalformed' } }, 'AWS_REGION: '],
    ['renew', { does: { status: 400, code: 'ExpiredToken' } }, 'AWS_SESSION_TOKEN: '],
  ])('is found out before it matters: may not %s', async (_what, fault, message) => {
    s3.faults.push(fault);
    await expect(storage.check!('rights')).rejects.toThrow(message);
  });

  it('leaves no trace of its checks', async () => {
    await storage.check!('rights');
    expect(s3.requests.map((request) => request.split(' ')[0])).toEqual(['GET', 'PUT', 'GET', 'DELETE']);
    expect(await keys()).toEqual([]);
  });

  it.each(['QuotaExceeded', 'XMinioStorageFull', 'XMinioAdminBucketQuotaExceeded'])(
    'has no room left: %s',
    async (code) => {
      s3.faults.push({ method: 'PUT', does: { status: 400, code } });
      await expect(put()).rejects.toMatchObject({ code: 'storage_full' });
    },
  );
});

it('refuses bytes that changed on the way, and sends them again', async () => {
  s3.faults.push({ method: 'PUT', does: { status: 400, code: 'XAmzContentSHA256Mismatch' } });
  await put();
  expect(String(await read())).toBe('hello');
});

describe('an address where nobody is', () => {
  let nobody: Server;
  afterEach(() => void nobody.close());
  it('is given up within the time for connections', async () => {
    nobody = createServer();
    await new Promise<void>((resolve) => nobody.listen(0, '127.0.0.1', resolve));
    const { port } = nobody.address() as AddressInfo;
    await new Promise((resolve) => nobody.close(resolve));
    const other = createS3Storage(s3.config({ endpoint: `http://127.0.0.1:${port}` }), PATIENT);
    await expect(other.check!('reach')).rejects.toMatchObject({
      name: 'StorageUnavailable',
      message: 'The S3 server does not list (ECONNREFUSED).',
    });
    other.close?.();
  });
});

it('lists more than a page', async () => {
  const names = Array.from({ length: 2005 }, (_, n) => `${KEY}${String(n).padStart(4, '0')}`);
  await s3.fill(names.map((name) => `center/files/ab/${name}`));
  expect(await keys()).toEqual(names);
  expect(s3.requests).toHaveLength(3);
});
