import { join } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { expect } from 'vitest';
import { openExisting } from '../db/maintain.ts';
import { checkAttachments } from '../doctor/check-attachments.ts';
import { checkDatabase } from '../doctor/check-database.ts';
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
  const raw = openExisting(join(folder, 'data', 'support.db'));
  const storage = createDiskStorage(join(folder, 'data', 'attachments'));
  try {
    const findings = [
      ...checkDatabase(raw, true),
      ...(await checkAttachments(raw, storage, true, Date.now())),
    ];
    expect(findings.filter(({ level }) => level === 'problem')).toEqual([]);
    const inventory: Inventory = { texts: new Map(), mailed: new Set(), files: new Map(), mails: [] };
    const messages = raw
      .prepare<[], { body: string; mails: number }>(
        'SELECT body, (SELECT count(*) FROM outbox WHERE message_id = messages.id) AS mails FROM messages',
      )
      .all();
    for (const { body, mails } of messages) {
      const hash = sha256(body);
      inventory.texts.set(hash, (inventory.texts.get(hash) ?? 0) + 1);
      if (mails > 0) inventory.mailed.add(hash);
    }
    for (const { uid } of raw.prepare<[], { uid: string }>('SELECT uid FROM attachments').all()) {
      inventory.files.set(uid, sha256(await buffer((await storage.open(uid))!)));
    }
    inventory.mails = raw
      .prepare<[], { key: string; state: string }>('SELECT idempotency_key AS key, state FROM outbox')
      .all();
    return inventory;
  } finally {
    raw.close();
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
