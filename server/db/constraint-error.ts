/** PostgreSQL's SQLSTATE and SQLite's name of the same. */
const FOREIGN_KEY = ['23503', 'SQLITE_CONSTRAINT_FOREIGNKEY'];

/** Whether a row could not be written because the one it belongs to is gone. */
export function isForeignKeyError(error: unknown): boolean {
  return error instanceof Error && 'code' in error && FOREIGN_KEY.includes(String(error.code));
}
