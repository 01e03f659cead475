import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDiskStorage } from './disk.ts';

const KEY = 'abcdefghijklmnopqrstuvwx';
let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'support-center-disk-'));
});
afterEach(() => rm(root, { recursive: true, force: true }));

async function* chunks(...parts: string[]): AsyncGenerator<Uint8Array> {
  for (const part of parts) yield new TextEncoder().encode(part);
}

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const collected: T[] = [];
  for await (const item of items) collected.push(item);
  return collected;
}

async function files(): Promise<string[]> {
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

describe('createDiskStorage', () => {
  it('gives back what it was given, and says what it was', async () => {
    const storage = createDiskStorage(join(root, 'not', 'there', 'yet'));
    const stored = await storage.put(KEY, chunks('hello ', 'world'), { maxBytes: 11 });
    expect(stored).toEqual({
      size: 11,
      sha256: createHash('sha256').update('hello world').digest('hex'),
      head: new TextEncoder().encode('hello world'),
    });
    const bytes = await buffer((await storage.open(KEY))!);
    expect(bytes.toString()).toBe('hello world');
  });

  it('leaves nothing behind of a file that is too large', async () => {
    const storage = createDiskStorage(root);
    const put = storage.put(KEY, chunks('12345', '67890'), { maxBytes: 9 });
    await expect(put).rejects.toMatchObject({ code: 'payload_too_large' });
    expect(await files()).toEqual([]);
    expect(await storage.open(KEY)).toBeNull();
  });

  it('leaves nothing behind of a source that breaks off, or of an aborted upload', async () => {
    const storage = createDiskStorage(root);
    const breaking = (async function* () {
      yield* chunks('12345');
      throw new Error('connection lost');
    })();
    await expect(storage.put(KEY, breaking, { maxBytes: 100 })).rejects.toThrow('connection lost');
    const signal = AbortSignal.abort(new Error('gone'));
    await expect(storage.put(KEY, chunks('1'), { maxBytes: 100, signal })).rejects.toThrow('gone');
    expect(await files()).toEqual([]);
  });

  it('says that there is no room when the disk is full', async () => {
    const full = (async function* () {
      yield* chunks('1');
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' });
    })();
    const put = createDiskStorage(root).put(KEY, full, { maxBytes: 100 });
    await expect(put).rejects.toMatchObject({ code: 'storage_full' });
    expect(await files()).toEqual([]);
  });

  it('deletes, also what is not there', async () => {
    const storage = createDiskStorage(root);
    await storage.put(KEY, chunks('x'), { maxBytes: 1 });
    await storage.delete(KEY);
    await storage.delete(KEY);
    expect(await storage.open(KEY)).toBeNull();
  });

  it.each(['../../../etc/passwd', '..', '', 'short', `${KEY}/x`, `${KEY}\0`, KEY.repeat(3)])(
    'never turns %j into a path',
    async (key) => {
      const storage = createDiskStorage(root);
      await expect(storage.put(key, chunks('x'), { maxBytes: 1 })).rejects.toThrow('Not a storage key.');
      expect(await storage.open(key)).toBeNull();
      await expect(storage.delete(key)).resolves.toBeUndefined();
    },
  );

  it('lists every key and the remains of uploads that died, so that both can be swept', async () => {
    const storage = createDiskStorage(root);
    expect(await collect(storage.keys())).toEqual([]);
    await storage.put(KEY, chunks('x'), { maxBytes: 1 });
    await storage.put(`zz${KEY}`, chunks('y'), { maxBytes: 1 });
    const part = `${KEY}.0123456789ab.part`;
    await writeFile(join(root, KEY.slice(0, 2), part), 'half');
    await writeFile(join(root, '.DS_Store'), 'not ours');
    const listed = await collect(storage.keys());
    expect(listed.map(({ key }) => key).sort()).toEqual([KEY, part, `zz${KEY}`]);
    for (const { key, modifiedAt } of listed) {
      expect(modifiedAt).toBeGreaterThan(Date.UTC(2020, 0));
      await storage.delete(key);
    }
    expect(await files()).toEqual(['.DS_Store']);
  });
});
