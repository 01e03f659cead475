import { createHash } from 'node:crypto';
import { LIMITS } from '../contract/limits.ts';
import type { AttachmentStorage } from '../deps.ts';

export interface FileRow {
  uid: string;
  size: number;
  sha256: string;
}

export interface MigratedFiles {
  copied: number;
  /** Already where they should be, byte for byte: an earlier attempt. */
  there: number;
  /** Gone, or not what was sent, in the source. */
  damaged: string[];
}

/** At once: one waits for the other side while others read. */
const TOGETHER = 4;
const SAY_EVERY_MS = 2000;

/** Copies the bytes of every row, and holds each against its hash; those that are there already too. */
export async function migrateFiles(
  rows: readonly FileRow[],
  from: AttachmentStorage,
  to: AttachmentStorage,
  say: (line: string) => void,
): Promise<MigratedFiles> {
  await to.check?.('rights');
  const result: MigratedFiles = { copied: 0, there: 0, damaged: [] };
  const waiting = rows[Symbol.iterator]();
  let said = performance.now();
  let done = 0;
  const work = async () => {
    for (let next = waiting.next(); !next.done; next = waiting.next()) {
      const outcome = await migrateFile(next.value, from, to);
      if (outcome === 'damaged') result.damaged.push(next.value.uid);
      else result[outcome] += 1;
      done += 1;
      if (performance.now() - said < SAY_EVERY_MS) continue;
      said = performance.now();
      say(`files: ${done.toLocaleString('en')} of ${rows.length.toLocaleString('en')}`);
    }
  };
  await Promise.all(Array.from({ length: TOGETHER }, work));
  return result;
}

async function migrateFile(
  { uid, size, sha256 }: FileRow,
  from: AttachmentStorage,
  to: AttachmentStorage,
): Promise<'copied' | 'there' | 'damaged'> {
  if ((await readHash(to, uid)) === sha256) return 'there';
  const bytes = await from.open(uid);
  if (!bytes) return 'damaged';
  const stored = await to.put(uid, bytes as AsyncIterable<Uint8Array>, { maxBytes: LIMITS.fileMaxBytes });
  if (stored.size === size && stored.sha256 === sha256) return 'copied';
  await to.delete(uid);
  return 'damaged';
}

/** @returns null when there is nothing */
async function readHash(storage: AttachmentStorage, uid: string): Promise<string | null> {
  const bytes = await storage.open(uid);
  if (!bytes) return null;
  const hash = createHash('sha256');
  for await (const chunk of bytes) hash.update(chunk as Buffer);
  return hash.digest('hex');
}
