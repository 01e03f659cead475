import { setTimeout as sleep } from 'node:timers/promises';
import { isWorthRepeating } from './s3-errors.ts';

/** How patient requests to the S3 server are. Milliseconds. */
export interface S3Patience {
  /** Times that one thing is tried. */
  attempts: number;
  /** Until a connection stands. */
  connectMs: number;
  /** Until an answer begins; also the longest silence within one. */
  answerMs: number;
  /** For sending a file of the largest size. */
  uploadMs: number;
  /** Before the second attempt; doubled before each further one, and scattered. */
  pauseMs: number;
}

export const PATIENCE: S3Patience = {
  attempts: 4,
  connectMs: 3_000,
  answerMs: 15_000,
  uploadMs: 60_000,
  pauseMs: 200,
};

/** The server did not answer in time. */
export class AttemptTimedOut extends Error {
  override readonly name = 'TimeoutError';
}

export interface PersistOptions extends Pick<S3Patience, 'attempts' | 'pauseMs'> {
  /** For one attempt. Milliseconds. */
  limitMs: number;
  signal?: AbortSignal;
}

/**
 * Tries until it works, fails for good, or was tried often enough.
 *
 * @param attempt gets a signal that ends it: too slow, or not wanted any more
 * @throws what the last attempt threw, or the reason of `signal`
 */
export async function persist<T>(
  attempt: (signal: AbortSignal) => Promise<T>,
  { attempts, pauseMs, limitMs, signal }: PersistOptions,
): Promise<T> {
  for (let n = 1; ; n++) {
    signal?.throwIfAborted();
    try {
      return await within(limitMs, attempt, signal);
    } catch (error) {
      signal?.throwIfAborted();
      if (n >= attempts || !isWorthRepeating(error)) throw error;
      await pause(n, pauseMs, signal);
    }
  }
}

/** Waits before attempt `n + 1`: between half and all of the doubled pause, so that many do not come back at once. */
export async function pause(n: number, pauseMs: number, signal?: AbortSignal): Promise<void> {
  const longest = pauseMs * 2 ** (n - 1);
  await sleep(longest * (0.5 + Math.random() / 2), undefined, { signal });
}

async function within<T>(
  limitMs: number,
  attempt: (signal: AbortSignal) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  const ended = new AbortController();
  const late = new AttemptTimedOut('The S3 server did not answer in time.');
  const timer = setTimeout(() => ended.abort(late), limitMs);
  const stop = () => ended.abort(signal?.reason);
  signal?.addEventListener('abort', stop, { once: true });
  try {
    return await attempt(ended.signal);
  } catch (error) {
    throw ended.signal.aborted ? (ended.signal.reason as Error) : error;
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener('abort', stop);
  }
}
