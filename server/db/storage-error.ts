import { SupportError, unreachable } from '../contract/errors.ts';
import { isUnreachable, isUnwritable } from './postgres/errors.ts';

const UNWRITABLE = ['SQLITE_FULL', 'SQLITE_READONLY', 'SQLITE_IOERR', 'SQLITE_CANTOPEN'];

/**
 * Recognises that nothing is wrong with a request but that it cannot be served now: the disk is full, fails or may only
 * be read (`storage_full`); PostgreSQL is not there (`unreachable`).
 *
 * @returns with the driver's error as its cause for the log; undefined for any other error
 */
export function toStorageError(error: unknown): SupportError | undefined {
  const mapped = isFull(error) ? full() : isUnreachable(error) ? unreachable() : undefined;
  if (mapped) mapped.cause = error;
  return mapped;
}

function isFull(error: unknown): boolean {
  if (!(error instanceof Error) || !('code' in error)) return false;
  const code = String(error.code);
  return UNWRITABLE.some((known) => code === known || code.startsWith(`${known}_`)) || isUnwritable(error);
}

function full(): SupportError {
  return new SupportError('storage_full', 'Nothing can be stored at the moment. Please try again later.');
}
