import type { Cell } from './cell.ts';
import { SupportEvent, type SupportEventDetails, type SupportEventName } from './events.ts';
import type { Store } from './store.ts';
import type { Text } from './text/text.ts';

/** Fires a public event. */
export function fire<K extends SupportEventName>(
  host: EventTarget,
  name: K,
  detail: SupportEventDetails[K],
): void {
  host.dispatchEvent(new SupportEvent(name, detail));
}

/**
 * Tells the page, by public events, and the reader, by announcements, what happens in the store.
 *
 * @returns what ends it
 */
export function tellHost(host: EventTarget, store: Store, text: Cell<Text>): Array<() => void> {
  const { phase, session, counts, unreadCount, news, online } = store;
  return [
    phase.watch(({ name }) => {
      if (name === 'ready' && session.value) fire(host, 'support-ready', { session: session.value });
    }),
    news.watch((now) => now && store.announce(text.value.t(now.key, now.values))),
    online.watch((now) => now && store.announce(text.value.t('app.back-online'))),
    counts.watch((now) => now && fire(host, 'support-counts-change', { counts: now })),
    unreadCount.watch((now) => fire(host, 'support-unread-change', { unreadCount: now })),
  ];
}
