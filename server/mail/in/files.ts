import { Readable } from 'node:stream';
import { addAttachment, storeFile } from '../../attachments/service.ts';
import { SupportError } from '../../contract/errors.ts';
import { LIMITS } from '../../contract/limits.ts';
import type { Actor, Deps, IncomingFile, IncomingMail } from '../../deps.ts';
import type { InboundMail } from './inbox-repository.ts';

/** Images within the text that are smaller are logos and icons of signatures. */
const INLINE_MIN_BYTES = 8 * 1024;

export interface TakenFiles {
  /** Of the attachments, to be named in the message. */
  ids: string[];
  /** Names of those that are too large or too many, for the reader to know. */
  leftOut: string[];
}

/**
 * Stores the files of a mail as uploads of its author. What the message then does not name is swept like
 * any other upload.
 *
 * @throws Error when one cannot be had now
 */
export async function takeFiles(
  deps: Deps,
  author: Actor,
  row: Pick<InboundMail, 'provider_id'>,
  mail: IncomingMail,
  signal: AbortSignal,
): Promise<TakenFiles> {
  const taken: TakenFiles = { ids: [], leftOut: [] };
  for (const file of mail.files.filter(isWanted)) {
    const name = nameOf(file);
    if (taken.ids.length === LIMITS.filesPerMessage || file.size > LIMITS.fileMaxBytes) {
      taken.leftOut.push(name);
      continue;
    }
    const bytes = await deps.mail.receive!.download(row.provider_id, file.id, signal);
    try {
      const stored = await storeFile(deps, name, Readable.from(bytes), signal);
      taken.ids.push((await addAttachment(deps, author, stored)).id);
    } catch (error) {
      const isRefused =
        error instanceof SupportError && ['payload_too_large', 'validation_failed'].includes(error.code);
      if (!isRefused) throw error;
      taken.leftOut.push(name);
    }
  }
  return taken;
}

function isWanted(file: IncomingFile): boolean {
  return !(file.inline && /^image\//i.test(file.contentType) && file.size < INLINE_MIN_BYTES);
}

function nameOf(file: IncomingFile): string {
  if (file.name) return file.name;
  const kind = /^image\/(png|jpeg|gif|webp)/i.exec(file.contentType)?.[1]?.toLowerCase();
  return kind ? `image.${kind === 'jpeg' ? 'jpg' : kind}` : 'file';
}
