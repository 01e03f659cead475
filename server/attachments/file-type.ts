/** The images that browsers show inline. Everything else is a download. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const DOWNLOAD_TYPE = 'application/octet-stream';

/** What a file may be told to be. None of them runs in a browser. */
export const FILE_TYPES = [...IMAGE_TYPES, 'application/pdf', 'text/plain', DOWNLOAD_TYPE] as const;
export type FileType = (typeof FILE_TYPES)[number];

/**
 * A file's type by its first bytes; the name and the type that the browser claims are the sender's words.
 *
 * @param head at least the first 12 bytes, where there are that many
 */
export function detectType(head: Uint8Array): FileType {
  const ascii = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (ascii.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(ascii)) return 'image/gif';
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp';
  if (ascii.startsWith('%PDF-')) return 'application/pdf';
  return isPlainText(head) ? 'text/plain' : DOWNLOAD_TYPE;
}

/** The type to serve it as: never one that is not of ours, whatever stands in the database. */
export function servedType(type: string): FileType {
  return FILE_TYPES.find((one) => one === type) ?? DOWNLOAD_TYPE;
}

export function isImageType(type: string): type is ImageType {
  return (IMAGE_TYPES as readonly string[]).includes(type);
}

/** A log, say. What begins as markup is none: it is not to be shown as anything at all. */
function isPlainText(head: Uint8Array): boolean {
  try {
    // The last character may be cut.
    const text = new TextDecoder('utf-8', { fatal: true }).decode(head, { stream: true });
    return /^\s*[^\s<]/.test(text) && !/[^\P{Cc}\t\n\f\r\u001b]/u.test(text);
  } catch {
    return false;
  }
}
