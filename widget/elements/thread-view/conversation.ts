import type { HistoryEntry, Message } from '../../../server/contract/tickets.ts';

/** One line of the conversation. */
export type Entry =
  { kind: 'message'; key: string; message: Message } | { kind: 'history'; key: string; entry: HistoryEntry };

/** Opening, replies and notes are told by the messages themselves. */
const TOLD: readonly HistoryEntry['type'][] = ['status', 'priority', 'category', 'assignee'];

/** Messages and what happened between them, oldest first. */
export function interleave(messages: readonly Message[], history: readonly HistoryEntry[]): Entry[] {
  const changes = history.filter(({ type }) => TOLD.includes(type));
  const entries: Entry[] = [];
  let at = 0;
  const take = (until: string | null): void => {
    for (; at < changes.length; at += 1) {
      const entry = changes[at]!;
      if (until !== null && entry.createdAt >= until) return;
      entries.push({ kind: 'history', key: `h${entry.seq}`, entry });
    }
  };
  for (const message of messages) {
    // What a message brought about has its time, and comes after it.
    take(message.createdAt);
    entries.push({ kind: 'message', key: message.id, message });
  }
  take(null);
  return entries;
}

/**
 * The first message that is new to the reader, as far as can be told: what others wrote after what the reader wrote
 * or saw last. Null when there is nothing before it to set it off from.
 *
 * @param me id of the reader
 * @param seen id of the last message that was on screen before
 */
export function firstUnread(
  messages: readonly Message[],
  me: string,
  seen: string | undefined,
): string | null {
  const last = messages.findLastIndex(({ id, author }) => id === seen || author.id === me);
  return last < 0 ? null : (messages[last + 1]?.id ?? null);
}

/** Long conversations begin folded: what opened the ticket, and what was said last. */
export const FOLD_OVER = 100;
const SHOWN_LAST = 50;

/**
 * @param entries all of them
 * @param keep the key of an entry that must not be folded away
 * @returns how many are folded away after the first one
 */
export function foldedCount(entries: readonly Entry[], keep: string | null): number {
  if (entries.length <= FOLD_OVER) return 0;
  const kept = entries.findIndex(({ key }) => key === keep);
  const last = entries.length - SHOWN_LAST;
  return Math.max(0, (kept < 0 ? last : Math.min(last, kept)) - 1);
}
