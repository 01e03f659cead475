import { createHash } from 'node:crypto';
import { Readable } from 'node:stream';

/**
 * The bytes of a file, compared while they pass with what they were when they came. The last of them is held
 * back until all are known to be right: a damaged file breaks off, and never looks complete.
 *
 * @param onDamaged called once, when they are not
 */
export function verified(
  source: Readable,
  { size, sha256 }: { size: number; sha256: string },
  onDamaged: () => void,
): Readable {
  async function* pass(): AsyncGenerator<Uint8Array> {
    const hash = createHash('sha256');
    let seen = 0;
    let last: Uint8Array | undefined;
    for await (const chunk of source as AsyncIterable<Uint8Array>) {
      hash.update(chunk);
      seen += chunk.byteLength;
      if (seen > size) break;
      if (last) yield last;
      last = chunk;
    }
    if (seen !== size || hash.digest('hex') !== sha256) {
      onDamaged();
      throw new Error('The file in storage is not the one that was sent.');
    }
    if (last) yield last;
  }
  const bytes = Readable.from(pass(), { objectMode: false });
  bytes.once('close', () => source.destroy());
  return bytes;
}
