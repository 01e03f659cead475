import type { AttachmentsConfig } from '../config-attachments.ts';
import type { AttachmentStorage } from '../deps.ts';
import { createDiskStorage } from './disk.ts';
import { createS3Storage } from './s3.ts';

/** The storage that `ATTACHMENTS_URL` names. Nothing is opened before it is used. */
export function createStorage(config: AttachmentsConfig): AttachmentStorage {
  return config.kind === 's3' ? createS3Storage(config) : createDiskStorage(config.path);
}
