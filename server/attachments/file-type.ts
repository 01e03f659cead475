/** The images that browsers show inline. Everything else is a download. */
export const IMAGE_TYPES = ['image/png', 'image/jpeg', 'image/gif', 'image/webp'] as const;
export type ImageType = (typeof IMAGE_TYPES)[number];

const DOWNLOAD_TYPE = 'application/octet-stream';

/**
 * A file's type by its first bytes; the name and the type that the browser claims are the sender's words.
 *
 * @param head at least the first 12 bytes, where there are that many
 */
export function detectType(head: Uint8Array): ImageType | typeof DOWNLOAD_TYPE {
  const ascii = Buffer.from(head.subarray(0, 12)).toString('latin1');
  if (ascii.startsWith('\x89PNG\r\n\x1a\n')) return 'image/png';
  if (ascii.startsWith('\xff\xd8\xff')) return 'image/jpeg';
  if (/^GIF8[79]a/.test(ascii)) return 'image/gif';
  if (ascii.startsWith('RIFF') && ascii.slice(8, 12) === 'WEBP') return 'image/webp';
  return DOWNLOAD_TYPE;
}

export function isImageType(type: string): type is ImageType {
  return (IMAGE_TYPES as readonly string[]).includes(type);
}
