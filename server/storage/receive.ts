import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { SupportError } from '../contract/errors.ts';

/** Made by the server; checked all the same, because a key becomes part of a path. */
export const KEY = /^[A-Za-z0-9_-]{16,64}$/;
/** Bytes of the beginning that tell a file's type. */
const HEAD_BYTES = 512;

/** What is known of bytes once they have all been read. */
export interface Received {
  size: number;
  /** In hexadecimal. */
  sha256: string;
  /** The beginning, which tells the type. */
  head: Uint8Array;
}

/**
 * Writes what arrives to a file, a chunk at a time.
 *
 * @throws SupportError `payload_too_large` past `maxBytes`; what the source or the signal throws
 */
export async function receive(
  file: FileHandle,
  source: AsyncIterable<Uint8Array>,
  { maxBytes, signal }: { maxBytes: number; signal?: AbortSignal },
): Promise<Received> {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  for await (const chunk of source) {
    signal?.throwIfAborted();
    size += chunk.byteLength;
    if (size > maxBytes) throw new SupportError('payload_too_large', tooLarge(maxBytes));
    hash.update(chunk);
    if (head.length < HEAD_BYTES) head = Buffer.concat([head, chunk]).subarray(0, HEAD_BYTES);
    await file.writeFile(chunk);
  }
  signal?.throwIfAborted();
  return { size, sha256: hash.digest('hex'), head: new Uint8Array(head) };
}

function tooLarge(maxBytes: number): string {
  return `A file may have at most ${Math.floor(maxBytes / 1024 / 1024)} MiB.`;
}

export function storageFull(): SupportError {
  return new SupportError('storage_full', 'The support center has no room left for files.');
}

/** No room on the disk, in the quota or under the limit of the process; a disk that may not be written. */
const FULL = new Set(['ENOSPC', 'EDQUOT', 'EFBIG', 'EROFS']);

export function toStorageFull(error: unknown): unknown {
  const code = (error as NodeJS.ErrnoException | null)?.code;
  return code !== undefined && FULL.has(code) ? storageFull() : error;
}
