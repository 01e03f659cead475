import { createHash, randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { SupportError } from '../contract/errors.ts';
import type { AttachmentStorage } from '../deps.ts';
import { makeFolder, syncFolder } from './sync-folder.ts';

/** Made by the server; checked all the same, because a key becomes part of a path. */
const KEY = /^[A-Za-z0-9_-]{16,64}$/;
/** What a process that died in the middle of an upload leaves behind; `keys` names it, so it gets swept. */
const PART = /^[A-Za-z0-9_-]{16,64}\.[0-9a-f]{12}\.part$/;
/** Bytes of the beginning that tell a file's type. */
const HEAD_BYTES = 64;

/**
 * Attachments as files under `root`, spread over folders named by the first two characters of the key.
 *
 * @param root a folder; made when the first file comes
 */
export function createDiskStorage(root: string): AttachmentStorage {
  const pathOf = (key: string) => join(root, key.slice(0, 2), key);
  /** Whether a folder that another upload, or a process since killed, has made is durable in `root`. */
  const durable = new Set<string>();
  const prepare = async (folder: string) => {
    await makeFolder(folder);
    if (durable.has(folder)) return;
    await syncFolder(root);
    durable.add(folder);
  };
  return {
    async put(key, source, { maxBytes, signal }) {
      if (!KEY.test(key)) throw new Error('Not a storage key.');
      const path = pathOf(key);
      const part = `${path}.${randomBytes(6).toString('hex')}.part`;
      try {
        await prepare(dirname(path));
        const written = await writePart(part, source, maxBytes, signal);
        await rename(part, path);
        await syncFolder(dirname(path));
        return written;
      } catch (error) {
        // On a disk that may not be written this fails too; the sweep finds what stays.
        await rm(part, { force: true }).catch(() => undefined);
        throw toStorageFull(error);
      }
    },

    async open(key) {
      if (!KEY.test(key)) return null;
      let handle: FileHandle;
      try {
        handle = await open(pathOf(key), constants.O_RDONLY);
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
      return handle.createReadStream();
    },

    async delete(key) {
      if (!KEY.test(key) && !PART.test(key)) return;
      await rm(pathOf(key), { force: true });
    },

    async *keys() {
      for (const folder of await list(root)) {
        if (!/^[A-Za-z0-9_-]{2}$/.test(folder)) continue;
        for (const key of await list(join(root, folder))) {
          if (!KEY.test(key) && !PART.test(key)) continue;
          const modifiedAt = await modified(join(root, folder, key));
          if (modifiedAt !== null) yield { key, modifiedAt };
        }
      }
    },
  };
}

async function writePart(
  path: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<{ size: number; sha256: string; head: Uint8Array }> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const hash = createHash('sha256');
    let size = 0;
    let head = Buffer.alloc(0);
    for await (const chunk of source) {
      signal?.throwIfAborted();
      size += chunk.byteLength;
      if (size > maxBytes) throw new SupportError('payload_too_large', tooLarge(maxBytes));
      hash.update(chunk);
      if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
      await handle.writeFile(chunk);
    }
    signal?.throwIfAborted();
    await handle.sync();
    return { size, sha256: hash.digest('hex'), head: new Uint8Array(head) };
  } finally {
    await handle.close();
  }
}

function tooLarge(maxBytes: number): string {
  return `A file may have at most ${Math.floor(maxBytes / 1024 / 1024)} MiB.`;
}

async function list(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function modified(path: string): Promise<number | null> {
  try {
    return (await stat(path)).mtimeMs;
  } catch (error) {
    if (isMissing(error)) return null;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

/** No room on the disk, in the quota or under the limit of the process; a disk that may not be written. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

function toStorageFull(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  if (code !== undefined && FULL.has(code)) {
    return new SupportError('storage_full', 'The support center has no room left for files.');
  }
  return error;
}
