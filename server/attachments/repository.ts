import type { Selectable } from 'kysely';
import type { AttachmentRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** An attachment with what decides who may read it. */
export type ReadableAttachment = Pick<
  Selectable<AttachmentRow>,
  'uid' | 'uploader_id' | 'message_id' | 'name' | 'size' | 'content_type' | 'sha256'
> & {
  /** null while it is not linked. */
  requester_id: number | null;
  internal: number | null;
};

export async function findAttachment(db: Db | Trx, uid: string): Promise<ReadableAttachment | undefined> {
  return await db
    .selectFrom('attachments')
    .leftJoin('messages', 'messages.id', 'attachments.message_id')
    .leftJoin('tickets', 'tickets.id', 'attachments.ticket_id')
    .select([
      'attachments.uid',
      'attachments.uploader_id',
      'attachments.message_id',
      'attachments.name',
      'attachments.size',
      'attachments.content_type',
      'attachments.sha256',
      'tickets.requester_id',
      'messages.internal',
    ])
    .where('attachments.uid', '=', uid)
    .executeTakeFirst();
}

/** @returns bytes of everything the user has uploaded and that is still there */
export async function sumSizes(db: Db | Trx, uploaderId: number): Promise<number> {
  const row = await db
    .selectFrom('attachments')
    .select((eb) => eb.fn.coalesce(eb.fn.sum<number>('size'), eb.lit(0)).as('bytes'))
    .where('uploader_id', '=', uploaderId)
    .executeTakeFirstOrThrow();
  return Number(row.bytes);
}

export async function insertAttachment(
  trx: Trx,
  row: Pick<
    Selectable<AttachmentRow>,
    'uid' | 'uploader_id' | 'name' | 'size' | 'content_type' | 'sha256' | 'created_at'
  >,
): Promise<void> {
  await trx.insertInto('attachments').values(row).execute();
}
