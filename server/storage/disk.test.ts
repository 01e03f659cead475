import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  it('makes its folder with the first file', async () => {
    const folder = join(root, 'not', 'there', 'yet');
    const storage = createDiskStorage(folder);
    expect(await collect(storage.keys())).toEqual([]);
    await storage.put(KEY, chunks('x'), { maxBytes: 1 });
    expect(await readdir(join(folder, KEY.slice(0, 2)))).toEqual([KEY]);
  });

  it('says at the start that no file can be stored where a file stands in the way', async () => {
    await createDiskStorage(join(root, 'not', 'there', 'yet')).check!('rights');
    expect(await readdir(root)).toEqual([]);
    await writeFile(join(root, 'file'), 'not a folder');
    for (const path of ['file', 'file/below']) {
      await expect(createDiskStorage(join(root, path)).check!('rights')).rejects.toThrow(
        /^ATTACHMENTS_URL: no files can be stored in .*file is not a folder/,
      );
    }
  });

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
