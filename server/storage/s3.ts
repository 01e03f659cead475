import { Buffer } from 'node:buffer';
import { randomBytes } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { Readable } from 'node:stream';
import type { S3Config } from '../config-attachments.ts';
import type { AttachmentStorage } from '../deps.ts';
import { PATIENCE, persist, type S3Patience } from './persist.ts';
import { StorageUnavailable } from './problems.ts';
import { KEY, receive, toStorageFull, type Received } from './receive.ts';
import { createS3Client, type S3Requests } from './s3-client.ts';
import { explainFailure, isMissingObject } from './s3-errors.ts';
import { readOn } from './s3-read.ts';
import { readSpool, withSpool } from './spool.ts';

const LIST_PAGE = 1000;

/**
 * Attachments as objects of a bucket, laid out as on disk: `<prefix>/<two characters>/<key>`.
 *
 * A file is written to the temporary folder while it arrives, and sent in one piece once it is whole: its length
 * and hash are known then, signed and checked by the server; a cut one never reaches the bucket, and memory holds
 * a chunk of it at most.
 *
 * @param patience how long to wait for the server, and how often
 */
export function createS3Storage(config: S3Config, patience: S3Patience = PATIENCE): AttachmentStorage {
  const { bucket: Bucket, prefix } = config;
  const folder = prefix === '' ? '' : `${prefix}/`;
  const nameOf = (key: string) => `${folder}${key.slice(0, 2)}/${key}`;
  const client = createS3Client(config, patience);

  /** Sends a request, as often as it takes. @param doing for the message when it fails */
  const request = async <T>(
    doing: string,
    send: (s3: S3Requests, signal: AbortSignal) => Promise<T>,
    options: { signal?: AbortSignal; limitMs?: number; attempts?: number } = {},
  ): Promise<T> => {
    try {
      const s3 = await client.open();
      return await persist((ended) => send(s3, ended), {
        ...patience,
        limitMs: patience.answerMs,
        ...options,
      });
    } catch (error) {
      if (options.signal?.aborted || isMissingObject(error)) throw error;
      throw explainFailure(error, doing, config);
    }
  };

  const upload = async (Key: string, file: FileHandle, { size, sha256 }: Received, signal?: AbortSignal) => {
    const send = async (s3: S3Requests, ended: AbortSignal) => {
      const Body = Readable.from(readSpool(file), { objectMode: false });
      try {
        await s3.put({ Bucket, Key, Body, ContentLength: size }, sha256, ended);
      } finally {
        Body.destroy();
      }
      const stored = await s3.head({ Bucket, Key }, ended).catch((error: unknown) => {
        if (isMissingObject(error)) return undefined;
        throw error;
      });
      const checksum = stored?.ChecksumSHA256 ?? base64(sha256);
      if (stored?.ContentLength !== size || checksum !== base64(sha256)) {
        throw new StorageUnavailable('The S3 server has not stored what it was sent.');
      }
    };
    await request('write', send, { signal, limitMs: patience.uploadMs });
  };

  const remove = async (Key: string, attempts = patience.attempts) => {
    const send = (s3: S3Requests, ended: AbortSignal) => s3.delete({ Bucket, Key }, ended);
    await request('delete', send, { attempts }).catch((error: unknown) => {
      if (!isMissingObject(error)) throw error;
    });
  };

  async function* list() {
    let Marker: string | undefined;
    do {
      const page = await request('list', (s3, ended) =>
        s3.list({ Bucket, Prefix: folder, MaxKeys: LIST_PAGE, Marker }, ended),
      );
      const objects = page.Contents ?? [];
      yield objects;
      Marker = page.IsTruncated ? objects.at(-1)?.Key : undefined;
    } while (Marker !== undefined);
  }

  return {
    async put(key, source, { maxBytes, signal }) {
      if (!KEY.test(key)) throw new Error('Not a storage key.');
      return await withSpool(async (file) => {
        const received = await receive(file, source, { maxBytes, signal });
        try {
          await upload(nameOf(key), file, received, signal);
        } catch (error) {
          // It may have arrived although no answer came. What cannot be removed now is swept.
          await remove(nameOf(key), 1).catch(() => undefined);
          throw error;
        }
        return received;
      }).catch((error: unknown) => {
        throw toStorageFull(error);
      });
    },

    async open(key) {
      if (!KEY.test(key)) return null;
      const Key = nameOf(key);
      const get = (signal: AbortSignal, from?: { offset: number; etag?: string }) =>
        request(
          'read',
          (s3, ended) =>
            s3.get({ Bucket, Key, Range: from && `bytes=${from.offset}-`, IfMatch: from?.etag }, ended),
          { signal },
        );
      try {
        return await readOn(get, patience);
      } catch (error) {
        if (isMissingObject(error)) return null;
        throw error;
      }
    },

    async delete(key) {
      if (KEY.test(key)) await remove(nameOf(key));
    },

    async *keys() {
      for await (const objects of list()) {
        for (const { Key = '', LastModified } of objects) {
          const key = Key.slice(Key.lastIndexOf('/') + 1);
          if (!KEY.test(key) || Key !== nameOf(key) || !LastModified) continue;
          yield { key, modifiedAt: LastModified.getTime() };
        }
      }
    },

    async check(depth) {
      // Not of the form of a key: no sweep, backup or migration takes it for a file.
      const Key = `${folder}probe.${randomBytes(9).toString('hex')}`;
      await request('list', (s3, ended) => s3.list({ Bucket, Prefix: Key, MaxKeys: 1 }, ended));
      if (depth === 'reach') return;
      const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';
      await request('write', (s3, ended) =>
        s3.put({ Bucket, Key, Body: Buffer.alloc(0), ContentLength: 0 }, sha256, ended),
      );
      try {
        await request('read', async (s3, ended) => (await s3.get({ Bucket, Key }, ended)).Body.destroy());
      } finally {
        await remove(Key);
      }
    },

    close: () => client.close(),
  };
}

function base64(hexadecimal: string): string {
  return Buffer.from(hexadecimal, 'hex').toString('base64');
}
