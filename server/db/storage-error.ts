import { SupportError } from '../contract/errors.ts';
import { isUnwritable } from './postgres/errors.ts';

const STORAGE_CODES = ['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'];

/**
 * Recognises that the database cannot be written: a full or read-only disk, or one that fails; a
 * PostgreSQL server that is not there.
 *
 * @returns `storage_full`, with the driver's error as its cause for the log; undefined for any other error
 */
export function toStorageError(error: unknown): SupportError | undefined {
  if (!(error instanceof Error) || !('code' in error)) return undefined;
  const code = String(error.code);
  const isSqlite = STORAGE_CODES.some((known) => code === known || code.startsWith(`${known}_`));
  if (!isSqlite && !isUnwritable(error)) return undefined;
  const mapped = new SupportError(
    'storage_full',
    'Nothing can be stored at the moment. Please try again later.',
  );
  mapped.cause = error;
  return mapped;
}
