import { ApiError } from '../api-error.ts';
import type { Text, TextKey } from './text.ts';

/** Why something failed, in a sentence for the person in front of it. */
export function failureText(text: Text, error: unknown): string {
  if (!(error instanceof ApiError)) {
    return text.t('failure.other', { detail: error instanceof Error ? error.message : String(error) });
  }
  // To the person both are the same.
  const code = error.code === 'missing_token' ? 'no_token' : error.code;
  const key = `failure.${code}` as TextKey;
  const values = { detail: error.message, seconds: error.retryAfter ?? 60 };
  const phrase = text.t(key, values);
  return phrase === key ? text.t('failure.other', values) : phrase;
}
