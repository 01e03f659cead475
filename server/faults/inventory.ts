import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { sql } from 'kysely';
import { expect } from 'vitest';
import { openSnapshotOf } from '../db/database.ts';
import { checkAttachments } from '../doctor/check-attachments.ts';
import { findDamage } from '../testing/find-damage.ts';
import { databaseOf } from '../testing/server-process.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { AGENT } from '../testing/users.ts';
import { sha256, type Load, type Wish } from './load.ts';

/** What is on disk after a server has ended, by itself or not. */
export interface Inventory {
  /** How often each text is there, by its hash. */
  texts: Map<string, number>;
  /** Hashes of the texts that a mail was written for. */
  mailed: Set<string>;
  /** Hash of the bytes of each attachment, by its id. */
  files: Map<string, string>;
  /** Idempotency keys of all mails, and their states. */
  mails: Array<{ key: string; state: string }>;
}

/** Reads everything, and finds the database whole. */
export async function takeInventory(folder: string): Promise<Inventory> {
  const { db, close } = await openSnapshotOf(await databaseOf(folder));
  const storage = createDiskStorage(join(folder, 'data', 'attachments'));
  try {
    expect(await findDamage(db)).toEqual([]);
    const findings = await checkAttachments(db, storage, true, Date.now());
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
    const inventory: Inventory = { texts: new Map(), mailed: new Set(), files: new Map(), mails: [] };
    const { rows: messages } = await sql<{ body: string; mails: number }>`
      SELECT body, (SELECT count(*) FROM outbox WHERE message_id = messages.id) AS mails FROM messages`.execute(
      db,
    );
    for (const { body, mails } of messages) {
      const hash = sha256(body);
      inventory.texts.set(hash, (inventory.texts.get(hash) ?? 0) + 1);
      if (mails > 0) inventory.mailed.add(hash);
    }
    for (const { uid } of await db.selectFrom('attachments').select('uid').execute()) {
      inventory.files.set(uid, sha256(await buffer((await storage.open(uid))!)));
    }
    inventory.mails = await db.selectFrom('outbox').select(['idempotency_key as key', 'state']).execute();
    return inventory;
  } finally {
    await close();
  }
}

/** Whatever was acknowledged is there, once, byte for byte, with the mail it is due. */
export function expectNothingLost(load: Load, { texts, mailed, files }: Inventory): void {
  const isDueMail = ({ path, user }: Wish) => path === '/api/tickets' || user === AGENT;
  expect({
    refused: load.refused,
    lost: load.acknowledged.filter((wish) => !texts.has(wish.text)),
    doubled: [...texts].filter(([, count]) => count > 1),
    withoutMail: load.acknowledged.filter((wish) => isDueMail(wish) && !mailed.has(wish.text)),
    withoutFile: load.uploaded.filter((file) => files.get(file.id) !== file.sha256),
  }).toEqual({ refused: [], lost: [], doubled: [], withoutMail: [], withoutFile: [] });
}
