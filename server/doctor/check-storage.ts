import type { AttachmentStorage } from '../deps.ts';
import { StorageMisconfigured, StorageUnavailable } from '../storage/problems.ts';
import { ok, problem, type Finding } from './finding.ts';

/** Whether a bucket is there, and may be listed, written, read and deleted in. */
export async function checkStorage(storage: AttachmentStorage): Promise<Finding[]> {
  if (!storage.check) return [];
  try {
    await storage.check('rights');
    return [ok('storage', 'can be listed, written, read and deleted in')];
  } catch (error) {
    if (error instanceof StorageMisconfigured || error instanceof StorageUnavailable) {
      return [problem('storage', error.message)];
    }
    throw error;
  }
}
