import { LIMITS } from '../contract/limits.ts';

/** Control characters, and those that turn the reading direction: `invoice‮gnp.exe` reads as a PNG. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/**
 * What may stand in a list of files and in a download's name: no path, nothing unseen, at most 200
 * characters with the extension kept, never empty.
 */
export function cleanFileName(given: string | undefined): string {
  const plain = (given ?? '').normalize('NFC').replace(UNSEEN, '');
  const base = plain.split(/[/\\]/).at(-1)!.replace(/\s+/gu, ' ').trim();
  // A leading dot would hide the file on the reader's disk.
  const name = trimEnd(base.replace(/^[. ]+/, ''));
  return name === '' ? 'file' : trimEnd(shorten(name));
}

/** Windows drops dots and spaces at the end. By hand: `/[. ]+$/` takes the square of the dots in a name. */
function trimEnd(name: string): string {
  let end = name.length;
  while (end > 0 && (name[end - 1] === '.' || name[end - 1] === ' ')) end -= 1;
  return name.slice(0, end);
}

function shorten(name: string): string {
  const max = LIMITS.fileNameMaxLength;
  if (name.length <= max) return name;
  const dot = name.lastIndexOf('.');
  const extension = dot > 0 && name.length - dot <= 20 ? name.slice(dot) : '';
  const stem = name.slice(0, max - extension.length);
  // Not through the middle of a character that takes two units.
  return (stem.isWellFormed() ? stem : stem.slice(0, -1)) + extension;
}

/** RFC 6266 with RFC 5987's `filename*`, and an ASCII `filename` for clients that know only that. */
export function contentDisposition(type: 'inline' | 'attachment', name: string): string {
  const ascii = name.replace(/[^\x20-\x7e]/g, '_').replace(/["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(
    /['()*]/g,
    (char) => `%${char.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `${type}; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
