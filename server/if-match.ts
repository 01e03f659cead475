import { SupportError } from './contract/errors.ts';

/** The `ETag` of a version. */
export function toETag(version: number): string {
  return `"${version}"`;
}

/**
 * Checks an `If-Match` header against the version at hand: `*` or a list of entity tags of which one
 * must be it. A weak tag never matches (RFC 9110, 13.1.1).
 *
 * @throws SupportError `version_required` without a header, `version_mismatch`
 */
export function requireVersion(ifMatch: string | undefined, version: number): void {
  if (ifMatch === undefined || ifMatch.trim() === '') {
    throw new SupportError('version_required', 'Say in If-Match which version you saw: its ETag, or *.');
  }
  const tags = ifMatch.split(',').map((tag) => tag.trim());
  if (tags.includes('*') || tags.includes(toETag(version))) return;
  throw new SupportError('version_mismatch', 'It was changed in the meantime. Load it again, then decide.');
}
