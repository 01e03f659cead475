import type { Db } from '../deps.ts';

/** How long a count that took long is given out again, in milliseconds: somebody who types asks for it many times. */
const KEPT_MS = 10_000;
const MOST = 100;

interface Kept<T> {
  count: Promise<T>;
  /** null: it is still being counted. */
  doneAt: number | null;
}

const kept = new WeakMap<Db, Map<string, Kept<unknown>>>();

/**
 * Counts what takes long once for all who ask for it at the same time, and shortly after: among hundreds of thousands of
 * hits nobody misses the one of the last seconds.
 *
 * @param key the same for the same question
 */
export function shareCount<T>(db: Db, key: string, count: () => Promise<T>): Promise<T> {
  const counts = (kept.get(db) ?? new Map<string, Kept<unknown>>()) as Map<string, Kept<T>>;
  kept.set(db, counts);
  const now = performance.now();
  for (const [old, { doneAt }] of counts) {
    if ((doneAt !== null && now - doneAt > KEPT_MS) || counts.size > MOST) counts.delete(old);
  }
  const known = counts.get(key);
  if (known) return known.count;
  const entry: Kept<T> = { count: count(), doneAt: null };
  counts.set(key, entry);
  entry.count.then(
    () => void (entry.doneAt = performance.now()),
    () => void (counts.get(key) === entry && counts.delete(key)),
  );
  return entry.count;
}

/** @returns what `promise` resolves to, or null when that takes longer */
export async function within<T>(promise: Promise<T>, milliseconds: number): Promise<T | null> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<null>((resolve) => (timer = setTimeout(resolve, milliseconds, null)));
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}
