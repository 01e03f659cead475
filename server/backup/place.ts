import { createHash } from 'node:crypto';
import { readdir, rename, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { AttachmentsConfig } from '../config-attachments.ts';
import { LIMITS } from '../contract/limits.ts';
import type { AttachmentStorage } from '../deps.ts';
import { createStorage } from '../storage/create-storage.ts';
import { makeFolder } from '../storage/sync-folder.ts';

/** Where the attachments of a backup are put. */
export interface AttachmentsPlace {
  /** For messages. */
  name: string;
  isTaken(): Promise<boolean>;
  /** Makes room. @returns where what was there is now; nothing where it can stay */
  moveAside(suffix: string): Promise<string[]>;
  put(key: string, bytes: Buffer): Promise<void>;
  /** Takes back what `put` and `moveAside` did. */
  undo(): Promise<void>;
  close(): void;
}

export function openPlace(config: AttachmentsConfig): AttachmentsPlace {
  const storage = createStorage(config);
  if (config.kind === 's3') {
    return openBucket(`s3://${config.bucket}/${config.prefix}`.replace(/\/$/, ''), storage);
  }
  return openFolder(resolve(config.path), storage);
}

function openFolder(root: string, storage: AttachmentStorage): AttachmentsPlace {
  let aside: string | undefined;
  return {
    name: root,
    isTaken: () => hasFiles(root),
    async moveAside(suffix) {
      if (await hasFiles(root)) {
        await rename(root, `${root}${suffix}`);
        aside = `${root}${suffix}`;
      }
      await makeFolder(root);
      return aside === undefined ? [] : [aside];
    },
    async put(key, bytes) {
      await storage.put(key, once(bytes), { maxBytes: LIMITS.fileMaxBytes });
    },
    async undo() {
      // The folder itself may be a mount.
      const names = await readdir(root).catch(() => []);
      for (const name of names) await rm(join(root, name), { recursive: true });
      if (aside === undefined) return;
      await rm(root, { recursive: true, force: true });
      await rename(aside, root);
    },
    close: () => storage.close?.(),
  };
}

/** Keys are random: nothing of another time is in the way of these, and the sweep takes what no ticket names. */
function openBucket(name: string, storage: AttachmentStorage): AttachmentsPlace {
  const added: string[] = [];
  return {
    name,
    async isTaken() {
      for await (const _key of storage.keys()) return true;
      return false;
    },
    moveAside: async () => [],
    async put(key, bytes) {
      const there = await readHash(storage, key);
      if (there === createHash('sha256').update(bytes).digest('hex')) return;
      await storage.put(key, once(bytes), { maxBytes: LIMITS.fileMaxBytes });
      if (there === null) added.push(key);
    },
    async undo() {
      for (const key of added) await storage.delete(key);
    },
    close: () => storage.close?.(),
  };
}

async function readHash(storage: AttachmentStorage, key: string): Promise<string | null> {
  const bytes = await storage.open(key);
  if (!bytes) return null;
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex');
}

async function hasFiles(folder: string): Promise<boolean> {
  try {
    return (await readdir(folder)).length > 0;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return false;
    throw error;
  }
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}
