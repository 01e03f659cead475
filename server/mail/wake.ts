import type { Db } from '../deps.ts';

const listeners = new WeakMap<Db, Set<() => void>>();

/**
 * Hears of mails that were queued in this process, so that they go out at once.
 *
 * @returns the function that ends it
 */
export function onMailQueued(db: Db, listener: () => void): () => void {
  const set = listeners.get(db) ?? new Set();
  listeners.set(db, set);
  set.add(listener);
  return () => set.delete(listener);
}

/** Called after the commit that queued a mail. */
export function mailQueued(db: Db): void {
  for (const listener of listeners.get(db) ?? []) listener();
}
