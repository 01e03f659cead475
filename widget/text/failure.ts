import { ApiError } from '../api-error.ts';
import type { Text } from './text.ts';

/** Why something failed, in a sentence for the person in front of it. */
export function failureText(text: Text, error: unknown): string {
  if (!(error instanceof ApiError)) {
    return text.t('failure.other', { detail: error instanceof Error ? error.message : String(error) });
  }
  // To the person both are the same.
  const key = `failure.${error.code === 'missing_token' ? 'no_token' : error.code}`;
  const known = text.has(key) ? key : 'failure.other';
  const values = { detail: error.message, seconds: error.retryAfter ?? 60 };
  // Before its words are here, one that always is.
  return text.t(text.has(known) ? known : 'failure.unreachable', values);
}
