import type { Context } from 'hono';
import { HTTPException } from 'hono/http-exception';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { Env } from '../auth/env.ts';
import { ERROR_STATUS, SupportError, unreachable, type ErrorCode, type Problem } from '../contract/errors.ts';
import { toStorageError } from '../db/storage-error.ts';
import type { Deps } from '../deps.ts';
import { StorageUnavailable } from '../storage/problems.ts';

/** In `title`: what the code means whatever the request was. `detail` speaks of the request. */
export const PROBLEM_TITLES: Record<ErrorCode, string> = {
  invalid_request: 'The request cannot be read',
  missing_token: 'Not signed in',
  invalid_token: 'The token is not accepted',
  forbidden: 'Not allowed',
  support_disabled: 'Support is switched off',
  not_found: 'Not found',
  reopen_window_expired: 'The ticket can no longer be reopened',
  already_closed: 'The ticket is closed already',
  idempotency_conflict: 'The idempotency key was used for another request',
  version_mismatch: 'Somebody else changed it in the meantime',
  payload_too_large: 'Too large',
  validation_failed: 'Some fields are not valid',
  version_required: 'The version is missing',
  rate_limited: 'Too many requests',
  internal: 'Something went wrong',
  unreachable: 'Out of reach at the moment',
  storage_full: 'No room left',
};

/** Not for what the request asked, and for the operator to see. */
const OURS: ReadonlySet<ErrorCode> = new Set(['internal', 'unreachable', 'storage_full']);

/** The one place where an error becomes a status: of causes, nothing leaves but what a `SupportError` says. */
export function answerError(deps: Deps): (error: Error, c: Context<Env>) => Response {
  return (error, c) => {
    const known = toSupportError(error);
    if (OURS.has(known.code)) {
      deps.log.error('request_failed', { requestId: c.get('requestId'), error });
    }
    return answerProblem(c, known);
  };
}

export function answerProblem(c: Context<Env>, error: SupportError): Response {
  const { code, message: detail, errors } = error;
  const status = ERROR_STATUS[code];
  // What was about to be sent instead is not.
  c.set('isComplete', false);
  const problem: Problem = { type: 'about:blank', title: PROBLEM_TITLES[code], status, detail, code };
  if (errors) problem.errors = errors;
  if (code === 'missing_token') c.header('WWW-Authenticate', 'Bearer');
  if (code === 'invalid_token') c.header('WWW-Authenticate', 'Bearer error="invalid_token"');
  if (error.retryAfter !== undefined) c.header('Retry-After', String(error.retryAfter));
  c.header('Cache-Control', 'no-store');
  c.header('Content-Type', 'application/problem+json');
  return c.body(JSON.stringify(problem), status as ContentfulStatusCode);
}

function toSupportError(error: Error): SupportError {
  if (error instanceof SupportError) return error;
  const storage = toStorageError(error);
  if (storage) return storage;
  if (error instanceof StorageUnavailable) return unreachable();
  if (error instanceof HTTPException && error.status < 500) {
    return new SupportError('invalid_request', 'The request cannot be read.');
  }
  return new SupportError('internal', 'Something went wrong on our side. Try again in a moment.');
}
