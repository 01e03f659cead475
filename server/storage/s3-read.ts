import { Readable } from 'node:stream';
import { AttemptTimedOut, pause, type S3Patience } from './persist.ts';
import { isWorthRepeating } from './s3-errors.ts';
import { StorageUnavailable } from './problems.ts';

/** The beginning of an answer. */
interface Found {
  Body: Readable;
  ContentLength?: number;
  ETag?: string;
}

/** @param from where an earlier answer broke off, and what it was of */
type Get = (signal: AbortSignal, from?: { offset: number; etag?: string }) => Promise<Found>;

/**
 * The bytes of an object, read as fast as they are taken. Where the connection breaks, a new one goes on from
 * there; where that fails too, the stream fails, and never just ends.
 *
 * @returns a stream whose destruction ends the request
 * @throws what `get` throws, before the first byte
 */
export async function readOn(get: Get, patience: S3Patience): Promise<Readable> {
  const closed = new AbortController();
  const first = await get(closed.signal);
  let current = first.Body;
  const bytes = Readable.from(chunks(), { objectMode: false });
  bytes.once('close', () => {
    closed.abort(new Error('Nobody reads any more.'));
    current.destroy();
  });
  return bytes;

  async function* chunks(): AsyncGenerator<Uint8Array> {
    const size = first.ContentLength;
    let offset = 0;
    let failures = 0;
    for (;;) {
      try {
        for await (const chunk of unlessSilent(current, patience.answerMs)) {
          offset += chunk.byteLength;
          failures = 0;
          yield chunk;
        }
        if (size === undefined || offset === size) return;
        throw new StorageUnavailable(`An object ended after ${offset} of ${size} bytes.`);
      } catch (error) {
        current.destroy();
        failures += 1;
        const isOver = closed.signal.aborted || failures >= patience.attempts;
        if (isOver || size === undefined || !isWorthRepeating(error)) throw error;
        if (offset === size) return;
        await pause(failures, patience.pauseMs, closed.signal);
        current = (await get(closed.signal, { offset, etag: first.ETag })).Body;
      }
    }
  }
}

/** Gives up when nothing comes for too long; how long the reader takes between two chunks does not count. */
async function* unlessSilent(source: Readable, silenceMs: number): AsyncGenerator<Uint8Array> {
  const chunks = source.iterator() as AsyncIterator<Uint8Array>;
  for (;;) {
    const late = new AttemptTimedOut('The S3 server fell silent.');
    const timer = setTimeout(() => source.destroy(late), silenceMs);
    let next: IteratorResult<Uint8Array>;
    try {
      next = await chunks.next();
    } finally {
      clearTimeout(timer);
    }
    if (next.done) return;
    yield next.value;
  }
}
