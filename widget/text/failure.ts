import { ApiError } from '../api-error.ts';
import { en } from './en.ts';
import type { Text, TextKey } from './text.ts';

/** Why something failed, in a sentence for the person in front of it. */
export function failureText(text: Text, error: unknown): string {
  if (!(error instanceof ApiError)) {
    return text.t('failure.other', { detail: error instanceof Error ? error.message : String(error) });
  }
  const key = `failure.${error.code}`;
  return text.t(key in en ? (key as TextKey) : 'failure.other', {
    detail: error.message,
    seconds: error.retryAfter ?? 60,
  });
}
