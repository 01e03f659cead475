import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { copyInto, findDamage, openExisting, schemaVersion } from '../db/maintain.ts';
import type { RawDatabase } from '../db/open.ts';
import type { AttachmentStorage, Clock } from '../deps.ts';
import { syncFolder } from '../storage/sync-folder.ts';
import { DATABASE_NAME, entryName, MANIFEST_NAME, type Manifest } from './manifest.ts';
import { createTarWriter, type TarWriter } from './tar.ts';

export interface BackupSource {
  /** The database file. */
  database: string;
  storage: AttachmentStorage;
  clock: Clock;
}

/** How often the database is copied anew because a ticket was deleted in the very moment. */
const ROUNDS = 5;

interface FileRow {
  uid: string;
  size: number;
  sha256: string;
}

/**
 * Writes database and attachments to one file, while the server runs: the database as it is at one moment,
 * and every attachment that it then names. The file appears whole under its name, or not at all.
 *
 * @throws DatabaseUnusable; an Error when the database is damaged or the disk full
 */
export async function takeBackup(source: BackupSource, path: string): Promise<Manifest & { size: number }> {
  const part = `${path}.${process.pid}.part`;
  const copy = `${part}.db`;
  const raw = openExisting(source.database);
  try {
    const file = await open(part, 'wx', 0o600);
    let manifest: Manifest;
    try {
      const tar = createTarWriter(file, source.clock.now());
      manifest = await writeEverything(source, raw, tar, copy);
      await tar.end();
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(part, path);
    await syncFolder(dirname(path));
    return { ...manifest, size: (await stat(path)).size };
  } finally {
    raw.close();
    await rm(part, { force: true });
    await rm(copy, { force: true });
  }
}

async function writeEverything(
  { storage, clock }: BackupSource,
  raw: RawDatabase,
  tar: TarWriter,
  copy: string,
): Promise<Manifest> {
  const written = new Set<string>();
  const damaged = new Set<string>();
  /** @returns the keys that have a row in `database` and no bytes */
  const addFiles = async (database: RawDatabase): Promise<string[]> => {
    const missing: string[] = [];
    for (const row of readFileRows(database)) {
      if (written.has(row.uid) || damaged.has(row.uid)) continue;
      const bytes = await readBytes(storage, row);
      if (bytes === 'missing') missing.push(row.uid);
      else if (bytes === 'damaged') damaged.add(row.uid);
      else {
        await tar.add({ name: entryName(row.uid), size: bytes.length }, [bytes]);
        written.add(row.uid);
      }
    }
    return missing;
  };

  // Most files go in before the database is copied: between its moment and their last there is little time
  // then, and what is deleted in that little time shows by being gone.
  await addFiles(raw);
  for (let round = 1; ; round++) {
    const createdAt = new Date(clock.now()).toISOString();
    await rm(copy, { force: true });
    copyInto(raw, copy);
    const snapshot = openExisting(copy);
    try {
      const missing = await addFiles(snapshot);
      const gone = missing.filter((uid) => !hasRow(raw, uid));
      if (gone.length > 0 && round < ROUNDS) continue;
      for (const uid of missing) damaged.add(uid);
      const damage = findDamage(snapshot, false);
      if (damage.length > 0) throw new Error(`The database is damaged: ${damage[0]}`);
      const manifest: Manifest = {
        format: 1,
        createdAt,
        schemaVersion: schemaVersion(snapshot),
        databaseSha256: '',
        attachments: 0,
        damaged: [],
      };
      const rows = readFileRows(snapshot);
      manifest.damaged = rows.filter(({ uid }) => damaged.has(uid)).map(({ uid }) => uid);
      manifest.attachments = rows.length - manifest.damaged.length;
      snapshot.close();
      manifest.databaseSha256 = await addDatabase(tar, copy);
      const bytes = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
      await tar.add({ name: MANIFEST_NAME, size: bytes.length }, [bytes]);
      return manifest;
    } finally {
      snapshot.close();
    }
  }
}

async function addDatabase(tar: TarWriter, copy: string): Promise<string> {
  const hash = createHash('sha256');
  const { size } = await stat(copy);
  await tar.add({ name: DATABASE_NAME, size }, hashed(createReadStream(copy), hash));
  return hash.digest('hex');
}

async function* hashed(source: AsyncIterable<Buffer>, hash: ReturnType<typeof createHash>) {
  for await (const chunk of source) {
    hash.update(chunk);
    yield chunk;
  }
}

async function readBytes(storage: AttachmentStorage, row: FileRow): Promise<Buffer | 'missing' | 'damaged'> {
  const stream = await storage.open(row.uid);
  if (!stream) return 'missing';
  const bytes = await buffer(stream);
  return bytes.length === row.size && sha256(bytes) === row.sha256 ? bytes : 'damaged';
}

export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

export function readFileRows(raw: RawDatabase): FileRow[] {
  return raw.prepare<[], FileRow>('SELECT uid, size, sha256 FROM attachments ORDER BY id').all();
}

function hasRow(raw: RawDatabase, uid: string): boolean {
  return raw.prepare('SELECT 1 FROM attachments WHERE uid = ?').get(uid) !== undefined;
}
