import { existsSync } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { claimForOneself } from '../db/maintain.ts';
import { openDatabase } from '../db/open.ts';
import type { AttachmentsConfig } from '../config-attachments.ts';
import type { Clock } from '../deps.ts';
import { RETRY_FOR_MS } from '../mail/backoff.ts';
import { makeFolder, syncFolder } from '../storage/sync-folder.ts';
import type { Manifest } from './manifest.ts';
import { BackupUnusable, openBackup, readAttachments } from './open-backup.ts';
import { openPlace, type AttachmentsPlace } from './place.ts';
import { readFileRows } from './take-backup.ts';

export interface RestoreTarget {
  /** The database file. */
  database: string;
  attachments: AttachmentsConfig;
  clock: Clock;
}

export interface Restored extends Manifest {
  /** Where what was there before is now. */
  movedAside: string[];
  /** Mails that waited in the backup and are too old to be sent again. */
  mailsHeldBack: number;
}

/**
 * Puts a backup in its place. Everything in it is read and checked first; what was there before is moved
 * aside, never deleted.
 *
 * @param force also where there is a database or an attachment already
 * @throws BackupUnusable when the backup is damaged or the place is taken
 */
export async function restoreBackup(path: string, target: RestoreTarget, force: boolean): Promise<Restored> {
  const place = openPlace(target.attachments);
  try {
    return await restoreInto(path, target, place, force);
  } finally {
    place.close();
  }
}

async function restoreInto(
  path: string,
  { database, clock }: RestoreTarget,
  place: AttachmentsPlace,
  force: boolean,
): Promise<Restored> {
  requirePlace(existsSync(database), database, force);
  requirePlace(await place.isTaken(), place.name, force);
  requireNobody(database);
  await makeFolder(dirname(database));
  const copy = `${database}.${process.pid}.restoring`;
  const manifest = await openBackup(path, copy);
  const undo: Array<() => Promise<void>> = [];
  try {
    requireNobody(database);
    const movedAside = [];
    const suffix = `.before-${new Date(clock.now()).toISOString().replace(/[-:]|\.\d+/g, '')}`;
    // The log of the old database would be taken for one of the new.
    for (const old of [database, `${database}-wal`, `${database}-shm`]) {
      if (!existsSync(old)) continue;
      const aside = `${old}${suffix}`;
      await rename(old, aside);
      undo.push(() => rename(aside, old));
      movedAside.push(aside);
    }
    const { mailsHeldBack, keys } = await prepareDatabase(copy, clock.now());
    undo.push(() => place.undo());
    movedAside.push(...(await place.moveAside(suffix)));
    // A ticket deleted while the backup was made may have left bytes in it: these are not put back.
    for await (const { key, bytes } of readAttachments(path)) {
      if (keys.has(key)) await place.put(key, bytes);
    }
    await rename(copy, database);
    await syncFolder(dirname(database));
    return { ...manifest, movedAside, mailsHeldBack };
  } catch (error) {
    for (const step of undo.reverse()) await step().catch(() => undefined);
    throw error;
  } finally {
    for (const rest of [copy, `${copy}-wal`, `${copy}-shm`]) await rm(rest, { force: true });
  }
}

function requirePlace(isTaken: boolean, path: string, force: boolean): void {
  if (isTaken && !force) {
    throw new BackupUnusable(`There is data at ${path} already; --force moves it aside.`);
  }
}

function requireNobody(database: string): void {
  if (existsSync(database) && !claimForOneself(database)) {
    throw new BackupUnusable(`${database} is in use: stop the server first.`);
  }
}

/** Brings it to the version of this program, and holds back the mails that may have been sent since. */
async function prepareDatabase(
  copy: string,
  now: number,
): Promise<{ mailsHeldBack: number; keys: ReadonlySet<string> }> {
  const { db, raw, close } = openDatabase(copy);
  try {
    // Within a day the provider knows their keys still, and drops the second one.
    const { numUpdatedRows } = await db
      .updateTable('outbox')
      .set({ state: 'failed', error: 'Restored from a backup: may have been sent.', finished_at: now })
      .where('finished_at', 'is', null)
      .where('created_at', '<', now - RETRY_FOR_MS)
      .executeTakeFirst();
    const keys = new Set(readFileRows(raw).map(({ uid }) => uid));
    return { mailsHeldBack: Number(numUpdatedRows), keys };
  } finally {
    await close();
  }
}
