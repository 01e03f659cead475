import type { ErrorCode, FieldError } from '../server/contract/errors.ts';

/**
 * Why a request did not succeed: a code of the contract, or one of ours. `offline`: no network; `unreachable`: no
 * answer, or none that makes sense; `timeout`; `no_token`: the host gave none; `aborted`: given up on purpose;
 * `deleted`: what was shown is gone for good.
 */
export type FailureCode =
  ErrorCode | 'offline' | 'unreachable' | 'timeout' | 'no_token' | 'aborted' | 'deleted';

export class ApiError extends Error {
  override readonly name = 'ApiError';
  readonly code: FailureCode;
  /** HTTP status; 0 when there was no answer. */
  readonly status: number;
  readonly errors: FieldError[];
  /** Seconds, with `rate_limited`. */
  readonly retryAfter: number | null;

  constructor(
    code: FailureCode,
    detail: string,
    more: { status?: number; errors?: FieldError[]; retryAfter?: number | null } = {},
  ) {
    super(detail);
    this.code = code;
    this.status = more.status ?? 0;
    this.errors = more.errors ?? [];
    this.retryAfter = more.retryAfter ?? null;
  }
}

export function aborted(): ApiError {
  return new ApiError('aborted', 'Given up.');
}

/** No answer came: told apart by what the browser knows of its network. */
export function unanswered(): ApiError {
  return navigator.onLine
    ? new ApiError('unreachable', 'No answer.')
    : new ApiError('offline', 'No network.');
}
