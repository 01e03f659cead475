import type { Db } from '../deps.ts';

const listeners = new WeakMap<Db, Set<() => void>>();
const receivers = new WeakMap<Db, Set<() => void>>();

/**
 * Hears of mails that were queued in this process, so that they go out at once.
 *
 * @returns the function that ends it
 */
export function onMailQueued(db: Db, listener: () => void): () => void {
  return add(listeners, db, listener);
}

/** Called after the commit that queued a mail. */
export function mailQueued(db: Db): void {
  for (const listener of listeners.get(db) ?? []) listener();
}

/** The same for mails that came in. */
export function onMailReceived(db: Db, listener: () => void): () => void {
  return add(receivers, db, listener);
}

/** Called after the commit that noted a mail to fetch. */
export function mailReceived(db: Db): void {
  for (const listener of receivers.get(db) ?? []) listener();
}

function add(map: typeof listeners, db: Db, listener: () => void): () => void {
  const set = map.get(db) ?? new Set();
  map.set(db, set);
  set.add(listener);
  return () => set.delete(listener);
}
