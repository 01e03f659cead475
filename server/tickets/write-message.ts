import { randomFillSync } from 'node:crypto';
import { SupportError, type FieldError } from '../contract/errors.ts';
import type { Trx } from '../db/transact.ts';
import type { Actor } from '../deps.ts';
import { insertMessage, linkFile, readFiles } from './message-repository.ts';
import { markRead } from './unread.ts';

export interface WrittenMessage {
  /** `messages.id` */
  id: number;
  body: string;
  attachmentNames: string[];
}

/**
 * Stores a message with its files; its author has read it.
 *
 * @param message.id as `takeMessageId` gave it, if it did
 * @param message.attachmentIds of files that the author has uploaded and not sent yet
 * @throws SupportError `validation_failed` at `attachmentIds.N`
 */
export async function writeMessage(
  trx: Trx,
  ticketId: number,
  message: {
    id?: number;
    author: Actor;
    body: string;
    internal: boolean;
    attachmentIds?: string[];
    now: number;
  },
): Promise<WrittenMessage> {
  const { author, body, internal, attachmentIds = [], now } = message;
  const id = await insertMessage(trx, {
    id: message.id,
    uid: randomUid(),
    ticket_id: ticketId,
    author_id: author.userId,
    author_role: author.role,
    body,
    internal: internal ? 1 : 0,
    created_at: now,
  });
  const errors: FieldError[] = [];
  for (const [index, uid] of attachmentIds.entries()) {
    const linked = await linkFile(trx, uid, { uploaderId: author.userId, ticketId, messageId: id });
    if (!linked) errors.push({ path: `attachmentIds.${index}`, message: 'Is not a file of yours to send.' });
  }
  if (errors.length > 0) {
    throw new SupportError('validation_failed', 'A file cannot be attached. Upload it again.', { errors });
  }
  await markRead(trx, { userId: author.userId, ticketId, messageId: id });
  const files = attachmentIds.length > 0 ? await readFiles(trx, ticketId, [id, id]) : [];
  return { id, body, attachmentNames: files.map((file) => file.name) };
}

const UID_BYTES = 16;
const spare = Buffer.alloc(64 * UID_BYTES);
let used = spare.length;

/** Random bytes are fetched for many at a time: asking for each alone takes far longer. */
function randomUid(): string {
  if (used === spare.length) {
    randomFillSync(spare);
    used = 0;
  }
  const uid = spare.toString('base64url', used, used + UID_BYTES);
  used += UID_BYTES;
  return uid;
}
