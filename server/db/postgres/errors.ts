/** The connection to PostgreSQL is lost, or there is none to be had. */
export class ConnectionLost extends Error {
  override readonly name = 'ConnectionLost';
  readonly code = 'CONNECTION_LOST';
}

/** What the server said, as far as it is needed here: errors of the driver itself have no severity. */
export interface ServerError extends Error {
  severity: string;
  /** SQLSTATE, five characters. */
  code: string;
  constraint?: string;
}

export function isServerError(error: unknown): error is ServerError {
  return error instanceof Error && 'severity' in error && 'code' in error && typeof error.code === 'string';
}

/** Gone before it was over, or refused: the administrator stops it, it starts, it has no connection left. */
const UNAVAILABLE = /^(08|57P0[1-5]|53300)/;
/** The disk is full or fails, or the server may only be read. */
const UNWRITABLE = /^(53100|58030|25006)$/;
/** Undone because of another transaction: the whole work may be done again. */
const CONFLICT = /^(40001|40P01)$/;

/** That nothing can be stored right now. */
export function isUnwritable(error: unknown): boolean {
  return isServerError(error) && UNWRITABLE.test(error.code);
}

/** That there is nobody to ask right now. */
export function isUnreachable(error: unknown): boolean {
  return error instanceof ConnectionLost || (isServerError(error) && UNAVAILABLE.test(error.code));
}

/** A deadlock, or a conflict of transactions: done again it will succeed. */
export function isConflict(error: unknown): boolean {
  return isServerError(error) && CONFLICT.test(error.code);
}

/** @returns the same error, or `ConnectionLost` where it is not the server that speaks */
export function toDatabaseError(error: unknown): unknown {
  if (isServerError(error) || !(error instanceof Error)) return error;
  return new ConnectionLost(error.message, { cause: error });
}
