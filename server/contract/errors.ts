/** Every error the API answers, by code (contract section 4). Imports nothing. */
export const ERROR_STATUS = {
  invalid_request: 400,
  missing_token: 401,
  invalid_token: 401,
  forbidden: 403,
  support_disabled: 403,
  not_found: 404,
  reopen_window_expired: 409,
  already_closed: 409,
  idempotency_conflict: 409,
  version_mismatch: 412,
  payload_too_large: 413,
  validation_failed: 422,
  version_required: 428,
  rate_limited: 429,
  internal: 500,
  unreachable: 503,
  storage_full: 507,
} as const;
export type ErrorCode = keyof typeof ERROR_STATUS;

/** One invalid field: `path` is dotted (`relatedApp.id`, `attachmentIds.0`), empty for the whole body. */
export interface FieldError {
  path: string;
  message: string;
}

/** RFC 9457 problem details, as `application/problem+json`. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ErrorCode;
  errors?: FieldError[];
}

/**
 * A failure with a code of the contract. Thrown by services and routes; only
 * `onError` in `app.ts` turns it into a status and a problem document.
 */
export class SupportError extends Error {
  override readonly name = 'SupportError';
  readonly code: ErrorCode;
  readonly errors?: FieldError[];
  /** Seconds, for the `Retry-After` header of `rate_limited` and `unreachable`. */
  readonly retryAfter?: number;

  /** @param detail a sentence for the person who reads it; never holds secrets or causes */
  constructor(code: ErrorCode, detail: string, more: { errors?: FieldError[]; retryAfter?: number } = {}) {
    super(detail);
    this.code = code;
    this.errors = more.errors;
    this.retryAfter = more.retryAfter;
  }
}

/** `validation_failed` for one field. */
export function invalidField(path: string, message: string): SupportError {
  return new SupportError('validation_failed', `${path}: ${message}`, { errors: [{ path, message }] });
}

/** `not_found`: the one body for what is missing and for what is somebody else's. */
export function notFound(): SupportError {
  return new SupportError('not_found', 'There is nothing here, or it is not yours to see.');
}

/** For whoever asks again: a database that is started anew is back in about as long. */
const AWAY_SECONDS = 5;

/** `unreachable`: the database, or the place of the attachments, is away. */
export function unreachable(): SupportError {
  return new SupportError('unreachable', 'Support cannot be reached right now. Please try again soon.', {
    retryAfter: AWAY_SECONDS,
  });
}
