import { randomBytes } from 'node:crypto';
import type { Readable } from 'node:stream';
import { invalidField, notFound, SupportError } from '../contract/errors.ts';
import { LIMITS } from '../contract/limits.ts';
import type { Attachment } from '../contract/tickets.ts';
import { isAgentRole } from '../contract/vocabulary.ts';
import { lock } from '../db/lock.ts';
import { transact } from '../db/transact.ts';
import type { Actor, Deps } from '../deps.ts';
import { verified } from '../storage/verify.ts';
import { cleanFileName } from './file-name.ts';
import { detectType } from './file-type.ts';
import { findAttachment, insertAttachment, sumSizes, type ReadableAttachment } from './repository.ts';

/** Bytes that lie in storage and have no row yet. */
export interface StoredFile {
  uid: string;
  name: string;
  size: number;
  sha256: string;
  contentType: string;
}

/**
 * Stores the bytes, durably, before there is a row. A process that dies in between leaves bytes that the
 * sweep finds.
 *
 * @param name as the sender wrote it
 * @throws SupportError `payload_too_large`, `storage_full`
 */
export async function storeFile(
  deps: Deps,
  name: string | undefined,
  bytes: AsyncIterable<Uint8Array>,
  signal?: AbortSignal,
): Promise<StoredFile> {
  const uid = randomBytes(18).toString('base64url');
  const maxBytes = LIMITS.fileMaxBytes;
  const { size, sha256, head } = await deps.storage.put(uid, bytes, { maxBytes, signal });
  return { uid, name: cleanFileName(name), size, sha256, contentType: detectType(head) };
}

export async function discardFile(deps: Deps, file: StoredFile): Promise<void> {
  await deps.storage.delete(file.uid);
}

/** @throws SupportError `payload_too_large` when the user has no room left, before anything is read */
export async function requireRoom(deps: Deps, actor: Actor): Promise<void> {
  if ((await sumSizes(deps.db, actor.userId)) >= LIMITS.storageMaxBytes) throw noRoom();
}

/**
 * Gives the stored bytes their row: from now on the actor may name the file in a message, for 24 h.
 *
 * @throws SupportError `validation_failed` (empty), `payload_too_large` (no room left); the bytes are gone then
 */
export async function addAttachment(deps: Deps, actor: Actor, file: StoredFile): Promise<Attachment> {
  const { uid, name, size, sha256, contentType } = file;
  try {
    if (size === 0) throw invalidField('file', 'Is empty.');
    await transact(deps.db, async (trx) => {
      await lock(trx, `uploads:${actor.userId}`);
      // Counted in the transaction: of several uploads at once, only as many as fit.
      if ((await sumSizes(trx, actor.userId)) + size > LIMITS.storageMaxBytes) throw noRoom();
      await insertAttachment(trx, {
        uid,
        uploader_id: actor.userId,
        name,
        size,
        content_type: contentType,
        sha256,
        created_at: deps.clock.now(),
      });
    });
  } catch (error) {
    // Where nothing can be written, nothing can be removed either: the sweep finds bytes without a row.
    await discardFile(deps, file).catch(() => undefined);
    throw error;
  }
  return { id: uid, name, size, contentType };
}

/**
 * @returns what is known of the file, for whoever may read it
 * @throws SupportError `not_found`
 */
export async function readAttachment(deps: Deps, actor: Actor, uid: string): Promise<ReadableAttachment> {
  const attachment = await findAttachment(deps.db, uid);
  if (!attachment || !mayRead(actor, attachment)) throw notFound();
  return attachment;
}

/** @throws SupportError `not_found` when the bytes are not there any more */
export async function openAttachment(deps: Deps, attachment: ReadableAttachment): Promise<Readable> {
  const bytes = await deps.storage.open(attachment.uid);
  const key = attachment.uid;
  if (bytes)
    return verified(bytes, attachment, () => deps.log.error('attachment_damaged', { attachment: key }));
  deps.log.error('attachment_bytes_missing', { attachment: key });
  throw notFound();
}

/** Until it is sent, a file is its uploader's alone; then it is as readable as its message. */
function mayRead(
  actor: Actor,
  { message_id, uploader_id, requester_id, internal }: ReadableAttachment,
): boolean {
  if (message_id === null) return uploader_id === actor.userId;
  if (isAgentRole(actor.role)) return true;
  return requester_id === actor.userId && internal === 0;
}

function noRoom(): SupportError {
  const max = LIMITS.storageMaxBytes / 1024 / 1024;
  return new SupportError('payload_too_large', `Your files may have ${max} MiB together.`);
}
