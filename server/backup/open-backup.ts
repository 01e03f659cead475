import { createHash } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { buffer } from 'node:stream/consumers';
import { findDamage, openExisting } from '../db/maintain.ts';
import { LIMITS } from '../contract/limits.ts';
import { DATABASE_NAME, keyOf, Manifest, MANIFEST_NAME } from './manifest.ts';
import { readTar, TarError } from './tar.ts';
import { readFileRows, sha256 } from './take-backup.ts';

/** Says in one sentence why a backup cannot be restored. */
export class BackupUnusable extends Error {}

const MANIFEST_MAX_BYTES = 64 * 1024 * 1024;

/**
 * Reads a whole backup and compares every byte with what it should be, before anything is replaced by it.
 *
 * @param copy where the database is written to, for the check and for the restoring; removed when it fails
 * @throws BackupUnusable
 */
export async function openBackup(path: string, copy: string): Promise<Manifest> {
  const file = await open(path, 'r');
  try {
    const { manifest, databaseSha256, files } = await readAll(file, copy);
    if (!manifest || !databaseSha256) throw new BackupUnusable('The backup is not complete.');
    if (databaseSha256 !== manifest.databaseSha256) {
      throw new BackupUnusable('The database in the backup is damaged.');
    }
    checkContents(copy, files, manifest);
    return manifest;
  } catch (error) {
    await rm(copy, { force: true });
    if (error instanceof TarError) throw new BackupUnusable(error.message);
    throw error;
  } finally {
    await file.close();
  }
}

/** The attachments in a backup that `openBackup` has approved of. */
export async function* readAttachments(path: string): AsyncGenerator<{ key: string; bytes: Buffer }> {
  const file = await open(path, 'r');
  try {
    for await (const entry of readTar(file)) {
      const key = keyOf(entry.name);
      if (key !== null) yield { key, bytes: await buffer(entry.bytes()) };
    }
  } finally {
    await file.close();
  }
}

async function readAll(file: FileHandle, copy: string) {
  const files = new Map<string, { size: number; sha256: string }>();
  let manifest: Manifest | undefined;
  let databaseSha256: string | undefined;
  for await (const entry of readTar(file)) {
    const key = keyOf(entry.name);
    if (entry.name === DATABASE_NAME) {
      databaseSha256 = await writeCopy(copy, entry.bytes());
    } else if (entry.name === MANIFEST_NAME && entry.size <= MANIFEST_MAX_BYTES) {
      manifest = parseManifest(await buffer(entry.bytes()));
    } else if (key !== null && entry.size <= LIMITS.fileMaxBytes) {
      files.set(key, { size: entry.size, sha256: sha256(await buffer(entry.bytes())) });
    } else {
      throw new BackupUnusable(`The backup holds something unknown: ${JSON.stringify(entry.name)}.`);
    }
  }
  return { manifest, databaseSha256, files };
}

async function writeCopy(path: string, bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const hash = createHash('sha256');
  const copy = await open(path, 'wx', 0o600);
  try {
    for await (const chunk of bytes) {
      hash.update(chunk);
      await copy.writeFile(chunk);
    }
    await copy.sync();
  } finally {
    await copy.close();
  }
  return hash.digest('hex');
}

function parseManifest(bytes: Buffer): Manifest {
  let given: unknown;
  try {
    given = JSON.parse(bytes.toString());
  } catch {
    throw new BackupUnusable('The manifest of the backup is damaged.');
  }
  const result = Manifest.safeParse(given);
  if (!result.success) throw new BackupUnusable('The backup is of a form that this version does not know.');
  return result.data;
}

function checkContents(
  copy: string,
  files: ReadonlyMap<string, { size: number; sha256: string }>,
  manifest: Manifest,
): void {
  const raw = openExisting(copy);
  try {
    const [damage] = findDamage(raw, true);
    if (damage !== undefined) throw new BackupUnusable(`The database in the backup is damaged: ${damage}.`);
    const known = new Set(manifest.damaged);
    for (const row of readFileRows(raw)) {
      if (known.has(row.uid)) continue;
      const file = files.get(row.uid);
      if (file?.size !== row.size || file.sha256 !== row.sha256) {
        throw new BackupUnusable(`The attachment ${row.uid} in the backup is missing or damaged.`);
      }
    }
  } finally {
    raw.close();
  }
}
