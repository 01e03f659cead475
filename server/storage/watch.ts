import { setTimeout as sleep } from 'node:timers/promises';
import type { AttachmentStorage, Clock, Log } from '../deps.ts';

/** How long one look at the storage counts, and how long somebody waits for one. Milliseconds. */
const COUNTS_MS = 10_000;
const WAIT_MS = 2_000;

/**
 * Whether the storage is reached, for who asks often: looked at once in ten seconds at most, and never waited
 * for long.
 *
 * @returns undefined for a storage that is always there
 */
export function watchStorage(
  storage: AttachmentStorage,
  clock: Clock,
  log: Log,
): () => Promise<boolean | undefined> {
  let isReached = true;
  let lookedAt = -Infinity;
  let looking: Promise<boolean> | undefined;
  const look = async () => {
    try {
      await storage.check!('reach');
      isReached = true;
    } catch (error) {
      if (isReached) log.error('attachments_unavailable', { error });
      isReached = false;
    }
    lookedAt = clock.now();
    looking = undefined;
    return isReached;
  };
  return async () => {
    if (!storage.check) return undefined;
    if (clock.now() - lookedAt < COUNTS_MS) return isReached;
    looking ??= look();
    const given = new AbortController();
    try {
      return await Promise.race([looking, sleep(WAIT_MS, false, { signal: given.signal })]);
    } finally {
      given.abort();
    }
  };
}
