import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterCommit, transact } from '../db/transact.ts';
import type { Deps } from '../deps.ts';
import { deleteOldEvents, deleteOldMails } from '../mail/sweep.ts';

/** Uploads nobody sent, bytes without a row and idempotency keys live this long. */
const KEPT_MS = 24 * 60 * 60 * 1000;

const BATCH = 200;

export interface SweepCounts {
  /** Uploads that were never sent. */
  uploads: number;
  /** Bytes in storage that no row knows of: a process died between the two. */
  orphans: number;
  idempotencyKeys: number;
  /** Mails that came in and became nothing. */
  mails: number;
  /** What the mail provider told. */
  webhookEvents: number;
}

/**
 * Removes what is left over and older than 24 h, or a month in the case of mails.
 *
 * @param signal stops between two batches
 */
export async function sweep(deps: Deps, signal?: AbortSignal): Promise<SweepCounts> {
  const before = deps.clock.now() - KEPT_MS;
  const counts: SweepCounts = {
    uploads: await untilEmpty(() => deleteUploads(deps, before), signal),
    idempotencyKeys: await untilEmpty(() => deleteIdempotencyKeys(deps, before), signal),
    orphans: await deleteOrphans(deps, before, signal),
    mails: await untilEmpty(() => deleteOldMails(deps, BATCH), signal),
    webhookEvents: await untilEmpty(() => deleteOldEvents(deps, BATCH), signal),
  };
  if (Object.values(counts).some((count) => count > 0)) deps.log.info('sweep.done', { ...counts });
  return counts;
}

async function untilEmpty(deleteBatch: () => Promise<number>, signal?: AbortSignal): Promise<number> {
  let total = 0;
  while (!signal?.aborted) {
    const deleted = await deleteBatch();
    total += deleted;
    if (deleted < BATCH) break;
    await nextTurn();
  }
  return total;
}

/** The row goes first: bytes without a row are found again, a row without bytes would be a broken link. */
async function deleteUploads(deps: Deps, before: number): Promise<number> {
  const keys: string[] = [];
  await transact(deps.db, async (trx) => {
    const rows = await trx
      .deleteFrom('attachments')
      .where('id', 'in', (eb) =>
        eb
          .selectFrom('attachments')
          .select('id')
          .where('message_id', 'is', null)
          .where('created_at', '<=', before)
          .orderBy('created_at')
          .limit(BATCH),
      )
      .returning('uid')
      .execute();
    afterCommit(trx, () => keys.push(...rows.map((row) => row.uid)));
  });
  for (const key of keys) await deps.storage.delete(key);
  return keys.length;
}

async function deleteIdempotencyKeys(deps: Deps, before: number): Promise<number> {
  const expired = await deps.db
    .selectFrom('idempotency_keys')
    .select(['user_id', 'route', 'key'])
    .where('created_at', '<=', before)
    .orderBy('created_at')
    .limit(BATCH)
    .execute();
  if (expired.length === 0) return 0;
  await transact(deps.db, async (trx) => {
    for (const { user_id, route, key } of expired) {
      await trx
        .deleteFrom('idempotency_keys')
        .where('user_id', '=', user_id)
        .where('route', '=', route)
        .where('key', '=', key)
        .where('created_at', '<=', before)
        .execute();
    }
  });
  return expired.length;
}

async function deleteOrphans(deps: Deps, before: number, signal?: AbortSignal): Promise<number> {
  const orphans: string[] = [];
  let known = 0;
  let batch: string[] = [];
  const check = async () => {
    const rows = await deps.db.selectFrom('attachments').select('uid').where('uid', 'in', batch).execute();
    const uids = new Set(rows.map((row) => row.uid));
    known += uids.size;
    orphans.push(...batch.filter((key) => !uids.has(key)));
    batch = [];
  };
  for await (const { key, modifiedAt } of deps.storage.keys()) {
    if (signal?.aborted) return 0;
    if (modifiedAt > before) continue;
    batch.push(key);
    if (batch.length === BATCH) await check();
  }
  if (batch.length > 0) await check();
  if (orphans.length > 0 && (await looksForeign(deps, orphans.length, known))) {
    deps.log.error('sweep.refused', { orphans: orphans.length, known });
    return 0;
  }
  for (const key of orphans) await deps.storage.delete(key);
  return orphans.length;
}

/**
 * A server started on a new or a wrong database sees every file as left over. A process that dies leaves
 * a few; when they are the most, or the database has never had a ticket, they are kept.
 */
async function looksForeign(deps: Deps, orphans: number, known: number): Promise<boolean> {
  if (orphans > 20 && orphans > known) return true;
  const entry = await deps.db.selectFrom('history').select('seq').limit(1).executeTakeFirst();
  return entry === undefined;
}
