import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { access, open, readdir, rename, rm, stat, type FileHandle } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import type { AttachmentStorage } from '../deps.ts';
import { StorageMisconfigured } from './problems.ts';
import { KEY, receive, toStorageFull, type Received } from './receive.ts';
import { makeFolder, syncFolder } from './sync-folder.ts';

/** What a process that died in the middle of an upload leaves behind; `keys` names it, so it gets swept. */
const PART = /^[A-Za-z0-9_-]{16,64}\.[0-9a-f]{12}\.part$/;

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

    async check(depth) {
      // A folder does not come and go; whether it is the right one shows at the start.
      if (depth === 'rights') await requireWritable(root);
    },
  };
}

/**
 * That files can be made in a folder, or that it can be made itself.
 *
 * @throws StorageMisconfigured
 */
async function requireWritable(folder: string): Promise<void> {
  const path = resolve(folder);
  for (let place = path; ; place = dirname(place)) {
    try {
      if (!(await stat(place)).isDirectory()) throw new StorageMisconfigured(`${place} is not a folder`);
      return await access(place, constants.W_OK | constants.X_OK);
    } catch (error) {
      if (isMissing(error) && place !== dirname(place)) continue;
      throw new StorageMisconfigured(
        `ATTACHMENTS_URL: no files can be stored in ${path} (${(error as Error).message}).`,
      );
    }
  }
}

async function writePart(
  path: string,
  source: AsyncIterable<Uint8Array>,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<Received> {
  const handle = await open(path, 'wx', 0o600);
  try {
    const received = await receive(handle, source, { maxBytes, signal });
    await handle.sync();
    return received;
  } finally {
    await handle.close();
  }
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
