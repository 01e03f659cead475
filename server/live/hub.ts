import type { LiveHub, LiveListener, News } from '../deps.ts';

/** What only those call who know of other processes (`shared-hub.ts`). */
export interface LocalHub extends LiveHub {
  hear(news: News): void;
  doubt(): void;
}

/** Tells the subscribers of this process about committed changes, in the order of the commits. */
export function createLiveHub(): LocalHub {
  const listeners = new Set<LiveListener>();
  let isEnded = false;
  const tell = (say: (listener: LiveListener) => void) => {
    // A copy: a listener may end its own subscription while it is told.
    for (const listener of [...listeners]) {
      try {
        say(listener);
      } catch {
        // One broken stream must not keep the others, or the request behind the change, from going on.
      }
    }
  };
  return {
    publish: (change) => tell((listener) => listener.changed(change)),
    whisper: (whisper) => tell((listener) => listener.whispered?.(whisper)),
    spread: () => undefined,
    hear: (news) => tell((listener) => listener.heard?.(news)),
    doubt: () => tell((listener) => listener.unsure?.()),
    subscribe(listener) {
      // Wrapped, so that the same listener subscribed twice is two subscriptions.
      const own: LiveListener =
        typeof listener === 'function' ? { changed: (change) => listener(change) } : { ...listener };
      listeners.add(own);
      return () => void listeners.delete(own);
    },
    end() {
      isEnded = true;
      tell((listener) => listener.ended?.());
    },
    get isEnded() {
      return isEnded;
    },
  };
}
