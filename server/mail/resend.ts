import { Resend } from 'resend';
import type { MailTransport, SendOutcome } from '../deps.ts';
import { createResendReceiver } from './resend-inbound.ts';

export interface ResendOptions {
  apiKey: string;
  /** Default: Resend's own. */
  baseUrl?: string;
  /** Milliseconds until a send counts as unanswered; the SDK itself would wait for minutes. */
  timeoutMs?: number;
}

const BASE_URL = 'https://api.resend.com';
const TIMEOUT_MS = 15_000;
/** A longer `Retry-After` is asked again in between: the limit may be lifted by then. */
const RETRY_AFTER_MAX_MS = 60 * 60 * 1000;

/**
 * 4xx answers that another attempt may change: it was too early (429 aside, timeouts and the same mail
 * already under way), or the operator is about to correct the API key.
 */
const WORTH_RETRYING = new Set([401, 408, 425, 429]);
const NAMES_WORTH_RETRYING = new Set([
  'invalid_api_key',
  'concurrent_idempotent_requests',
  'rate_limit_exceeded',
  'daily_quota_exceeded',
  'monthly_quota_exceeded',
]);
/** Where an answer names no status: these mean that the mail itself is refused. */
const PERMANENT_NAMES =
  /^(validation_error|invalid_\w+|missing_required_fields?|not_found|method_not_allowed)$/;

/** Sends through Resend. Never throws: whatever is not a clear answer is `retry`. */
export function createResendTransport({ apiKey, baseUrl, timeoutMs }: ResendOptions): MailTransport {
  const url = (baseUrl ?? BASE_URL).replace(/\/+$/, '');
  const client = new Resend(apiKey, { baseUrl: url });
  return {
    receive: createResendReceiver(client, {
      baseUrl: url,
      timeoutMs: timeoutMs ?? TIMEOUT_MS,
      explain: toOutcome,
    }),
    async send(payload, idempotencyKey, signal) {
      const deadline = AbortSignal.any([signal, AbortSignal.timeout(timeoutMs ?? TIMEOUT_MS)]);
      try {
        const answer = await client.emails.send(payload, { idempotencyKey, signal: deadline });
        const providerId: unknown = answer.data?.id;
        if (typeof providerId === 'string' && providerId !== '') return { state: 'sent', providerId };
        return toOutcome(answer.error, answer.headers ?? {}, deadline.aborted);
      } catch (error) {
        return { state: 'retry', error: error instanceof Error ? error.message : String(error) };
      }
    },
  };
}

/** An answer that is not what was asked for. */
export type Refusal = Extract<SendOutcome, { error: string }>;

/** What an error body holds is the provider's to say: none of it is taken for granted. */
function toOutcome(body: unknown, headers: Record<string, string>, timedOut: boolean): Refusal {
  if (timedOut) return { state: 'retry', error: 'No answer in time.' };
  const given = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const status = Number(given['statusCode']) || undefined;
  const name = typeof given['name'] === 'string' ? given['name'] : '';
  const message = typeof given['message'] === 'string' ? given['message'] : 'An answer without a meaning.';
  const error = [status, name, message].filter(Boolean).join(' ').slice(0, 500);
  if (isPermanent(status, name)) return { state: 'failed', error };
  return { state: 'retry', error, retryAfterMs: readRetryAfter(headers) };
}

function isPermanent(status: number | undefined, name: string): boolean {
  if (NAMES_WORTH_RETRYING.has(name)) return false;
  if (status === undefined) return PERMANENT_NAMES.test(name);
  return status >= 400 && status < 500 && !WORTH_RETRYING.has(status);
}

/** Seconds, or a date that counts from the answer's own (RFC 9110, 10.2.3); undefined when neither. */
function readRetryAfter(headers: Record<string, string>): number | undefined {
  const value = headers['retry-after'];
  if (!value) return undefined;
  const seconds = Number(value);
  const ms = Number.isNaN(seconds) ? Date.parse(value) - Date.parse(headers['date'] ?? '') : seconds * 1000;
  return Number.isFinite(ms) && ms > 0 ? Math.min(Math.ceil(ms), RETRY_AFTER_MAX_MS) : undefined;
}
