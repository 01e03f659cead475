import type { FileHandle } from 'node:fs/promises';

/**
 * The part of POSIX ustar that a backup needs: plain files with short names. Every `tar` reads it.
 * IEEE Std 1003.1, pax, "ustar Interchange Format".
 */
const BLOCK = 512;
const CHUNK = 1024 * 1024;
/** What eleven octal digits hold. */
const OCTAL_MAX = 8 ** 11 - 1;

export interface TarEntry {
  name: string;
  /** Bytes. */
  size: number;
}

export class TarError extends Error {}

export interface TarWriter {
  /** @param bytes exactly `entry.size` of them */
  add(entry: TarEntry, bytes: Iterable<Uint8Array> | AsyncIterable<Uint8Array>): Promise<void>;
  /** Writes the end of the archive. */
  end(): Promise<void>;
}

/** @param modifiedAt of all entries, milliseconds since 1970 UTC */
export function createTarWriter(file: FileHandle, modifiedAt: number): TarWriter {
  return {
    async add(entry, bytes) {
      await file.writeFile(header(entry, modifiedAt));
      let written = 0;
      for await (const chunk of bytes) {
        written += chunk.byteLength;
        await file.writeFile(chunk);
      }
      if (written !== entry.size) throw new TarError(`${entry.name} changed while it was read.`);
      const rest = written % BLOCK;
      if (rest > 0) await file.writeFile(Buffer.alloc(BLOCK - rest));
    },
    async end() {
      await file.writeFile(Buffer.alloc(2 * BLOCK));
    },
  };
}

/**
 * Reads an archive from its beginning. The bytes of an entry have to be read before the next one is asked for.
 *
 * @throws TarError when it is none, or ends before its end
 */
export async function* readTar(
  file: FileHandle,
): AsyncGenerator<TarEntry & { bytes(): AsyncGenerator<Uint8Array> }> {
  let position = 0;
  const read = async (length: number) => {
    const buffer = Buffer.alloc(length);
    let filled = 0;
    while (filled < length) {
      const { bytesRead } = await file.read(buffer, filled, length - filled, position + filled);
      if (bytesRead === 0) throw new TarError('The archive ends too early: it is not complete.');
      filled += bytesRead;
    }
    position += length;
    return buffer;
  };
  for (;;) {
    const block = await read(BLOCK);
    if (block.every((byte) => byte === 0)) return;
    const { name, size } = parseHeader(block);
    const begin = position;
    yield {
      name,
      size,
      async *bytes() {
        let left = size;
        while (left > 0) {
          const chunk = await read(Math.min(CHUNK, left));
          left -= chunk.byteLength;
          yield chunk;
        }
      },
    };
    position = begin + Math.ceil(size / BLOCK) * BLOCK;
  }
}

function header({ name, size }: TarEntry, modifiedAt: number): Buffer {
  const block = Buffer.alloc(BLOCK);
  if (Buffer.byteLength(name) > 100) throw new TarError(`${name} is too long a name.`);
  block.write(name, 0);
  block.write('0000600\0', 100);
  block.write('0000000\0', 108);
  block.write('0000000\0', 116);
  writeSize(block, size);
  block.write(`${octal(Math.floor(modifiedAt / 1000), 11)}\0`, 136);
  block.write('0', 156);
  block.write('ustar\0', 257);
  block.write('00', 263);
  block.write(`${octal(checksum(block), 6)}\0 `, 148);
  return block;
}

/** Past 8 GiB in the binary form that GNU and BSD tar share. */
function writeSize(block: Buffer, size: number): void {
  if (size <= OCTAL_MAX) {
    block.write(`${octal(size, 11)}\0`, 124);
    return;
  }
  block[124] = 0x80;
  block.writeBigUInt64BE(BigInt(size), 128);
}

function parseHeader(block: Buffer): TarEntry {
  const stated = parseInt(text(block, 148, 8), 8);
  if (text(block, 257, 5) !== 'ustar' || stated !== checksum(block)) {
    throw new TarError('This is no backup of support-center, or it is damaged.');
  }
  if (text(block, 156, 1) !== '0') throw new TarError('The archive holds something that is no plain file.');
  const isBinary = (block[124]! & 0x80) !== 0;
  const size = isBinary ? Number(block.readBigUInt64BE(128)) : parseInt(text(block, 124, 12), 8);
  if (!Number.isSafeInteger(size) || size < 0) throw new TarError('The archive is damaged.');
  return { name: text(block, 0, 100), size };
}

/** The sum of the bytes of the header, its own field read as spaces. */
function checksum(block: Buffer): number {
  let sum = 8 * 0x20;
  for (let index = 0; index < BLOCK; index++) {
    if (index < 148 || index >= 156) sum += block[index]!;
  }
  return sum;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}

function text(block: Buffer, start: number, length: number): string {
  const field = block.subarray(start, start + length).toString('latin1');
  const end = field.indexOf('\0');
  return (end === -1 ? field : field.slice(0, end)).trim();
}
