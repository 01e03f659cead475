import { randomBytes } from 'node:crypto';
import { open, rm, type FileHandle } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Bytes. */
const CHUNK = 64 * 1024;

/**
 * Lends a file without a name: where the system can, it is unlinked as soon as it is open, so that not even a
 * process that is killed leaves anything behind.
 *
 * @param folder default: the system's for temporary files
 */
export async function withSpool<T>(
  work: (file: FileHandle) => Promise<T>,
  folder: string = tmpdir(),
): Promise<T> {
  const path = join(folder, `support-center-${randomBytes(12).toString('hex')}.part`);
  const file = await open(path, 'wx+', 0o600);
  try {
    // Windows lets go of the name only when the file is closed.
    await rm(path, { force: true }).catch(() => undefined);
    return await work(file);
  } finally {
    await file.close();
    await rm(path, { force: true }).catch(() => undefined);
  }
}

/** From its beginning. A stream of the file's own would close it when it ends. */
export async function* readSpool(file: FileHandle): AsyncGenerator<Uint8Array> {
  for (let position = 0; ;) {
    const { bytesRead, buffer } = await file.read(Buffer.allocUnsafe(CHUNK), 0, CHUNK, position);
    if (bytesRead === 0) return;
    position += bytesRead;
    yield buffer.subarray(0, bytesRead);
  }
}
