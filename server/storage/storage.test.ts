import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { AttachmentStorage } from '../deps.ts';
import { startS3Server, type S3Server } from '../testing/s3-server.ts';
import { createDiskStorage } from './disk.ts';
import { createS3Storage } from './s3.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';
const MAX = 10 * 1024 * 1024;

async function* chunks(...parts: Array<string | Uint8Array>): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield typeof part === 'string' ? new TextEncoder().encode(part) : part;
}

async function keysOf(storage: AttachmentStorage): Promise<string[]> {
  const keys: string[] = [];
  for await (const { key } of storage.keys()) keys.push(key);
  return keys.sort();
}

let s3: S3Server;
let root: string;
beforeAll(async () => {
  s3 = await startS3Server();
});
afterAll(() => s3.close());
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'support-center-storage-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

/** What every storage promises (`AttachmentStorage`). */
describe.each<[string, () => AttachmentStorage]>([
  ['on disk', () => createDiskStorage(root)],
  ['in S3', () => createS3Storage(s3.config({ prefix: root.split('-').pop()! }))],
  ['in S3, without a prefix', () => createS3Storage(s3.config({ prefix: '' }))],
])('storage %s', (_where, create) => {
  let storage: AttachmentStorage;
  beforeEach(() => {
    storage = create();
  });
  afterEach(async () => {
    for (const key of await keysOf(storage)) await storage.delete(key);
    storage.close?.();
  });

  it('gives back what it was given, and says what it was', async () => {
    const stored = await storage.put(KEY, chunks('hello ', 'world'), { maxBytes: 11 });
    expect(stored).toEqual({
      size: 11,
      sha256: createHash('sha256').update('hello world').digest('hex'),
      head: new TextEncoder().encode('hello world'),
    });
    expect((await buffer((await storage.open(KEY))!)).toString()).toBe('hello world');
  });

  it('keeps a file of the largest size, and an empty one', async () => {
    const large = randomBytes(MAX);
    const parts = Array.from({ length: 40 }, (_, n) => large.subarray((n * MAX) / 40, ((n + 1) * MAX) / 40));
    const { size, sha256, head } = await storage.put(KEY, chunks(...parts), { maxBytes: MAX });
    expect({ size, sha256 }).toEqual({
      size: MAX,
      sha256: createHash('sha256').update(large).digest('hex'),
    });
    expect(Buffer.from(head)).toEqual(large.subarray(0, 512));
    expect((await buffer((await storage.open(KEY))!)).equals(large)).toBe(true);
    await storage.put(`${KEY}0`, chunks(), { maxBytes: MAX });
    expect(await buffer((await storage.open(`${KEY}0`))!)).toHaveLength(0);
  });

  it('takes many at once', async () => {
    const keys = Array.from({ length: 12 }, (_, n) => `${KEY}${n}`).sort();
    await Promise.all(keys.map((key) => storage.put(key, chunks(key), { maxBytes: 100 })));
    expect(await keysOf(storage)).toEqual(keys);
    const read = await Promise.all(keys.map(async (key) => buffer((await storage.open(key))!)));
    expect(read.map(String)).toEqual(keys);
  });

  it('leaves nothing behind of a file that is too large, breaks off or is aborted', async () => {
    const temporary = async () => (await readdir(tmpdir())).filter((name) => name.endsWith('.part'));
    const before = await temporary();
    const tooLarge = storage.put(KEY, chunks('12345', '67890'), { maxBytes: 9 });
    await expect(tooLarge).rejects.toMatchObject({ code: 'payload_too_large' });
    const breaking = (async function* () {
      yield* chunks('12345');
      throw new Error('connection lost');
    })();
    await expect(storage.put(KEY, breaking, { maxBytes: 100 })).rejects.toThrow('connection lost');
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(storage.put(KEY, chunks('1'), { maxBytes: 100, signal })).rejects.toThrow('gone');
    expect(await keysOf(storage)).toEqual([]);
    expect(await storage.open(KEY)).toBeNull();
    expect((await temporary()).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('says that there is no room when the disk that takes the file is full', async () => {
    const full = (async function* () {
      yield* chunks('1');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    })();
    const put = storage.put(KEY, full, { maxBytes: 100 });
    await expect(put).rejects.toMatchObject({ code: 'storage_full' });
    expect(await keysOf(storage)).toEqual([]);
  });

  it('deletes, also what is not there', async () => {
    await storage.put(KEY, chunks('x'), { maxBytes: 1 });
    await storage.delete(KEY);
    await storage.delete(KEY);
    expect(await storage.open(KEY)).toBeNull();
  });

  it.each(['../../../etc/passwd', '..', '', 'short', `${KEY}/x`, `${KEY}\0`, KEY.repeat(3)])(
    'never turns %j into a name',
    async (key) => {
      await expect(storage.put(key, chunks('x'), { maxBytes: 1 })).rejects.toThrow('Not a storage key.');
      expect(await storage.open(key)).toBeNull();
      await expect(storage.delete(key)).resolves.toBeUndefined();
    },
  );

  it('tells when each file was stored, for the sweep', async () => {
    await storage.put(KEY, chunks('x'), { maxBytes: 1 });
    for await (const { modifiedAt } of storage.keys()) {
      expect(Math.abs(modifiedAt - Date.now())).toBeLessThan(60_000);
    }
    expect(await keysOf(storage)).toEqual([KEY]);
  });
});
