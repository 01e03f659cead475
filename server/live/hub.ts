import type { Change, LiveHub } from '../deps.ts';

/** Tells the subscribers of this process about committed changes, in the order of the commits. */
export function createLiveHub(): LiveHub {
  const listeners = new Set<(change: Change) => void>();
  return {
    publish(change) {
      // A copy: a listener may end its own subscription while it is told.
      for (const listener of [...listeners]) {
        try {
          listener(change);
        } catch {
          // One broken stream must not keep the others, or the request behind the change, from going on.
        }
      }
    },
    subscribe(listener) {
      // Wrapped, so that the same function subscribed twice is two subscriptions.
      const own = (change: Change) => listener(change);
      listeners.add(own);
      return () => void listeners.delete(own);
    },
  };
}
