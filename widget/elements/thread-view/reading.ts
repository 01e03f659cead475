import type { Message } from '../../../server/contract/tickets.ts';
import type { SupportStore, ThreadState } from '../../state.ts';
import { firstUnread } from './conversation.ts';

/** The last message that was on screen, by ticket: what comes after it is new when the ticket is opened again. */
const SEEN = new WeakMap<SupportStore, Map<string, string>>();

/** What of the open conversation is new to its reader. */
export class Reading {
  readonly number: string;
  /** Id of the message that the "New" divider stands before. */
  firstNew: string | null = null;
  #known: Set<string> | null = null;

  constructor(number: string) {
    this.number = number;
  }

  /** Whether the conversation was loaded before. */
  get isBegun(): boolean {
    return this.#known !== null;
  }

  /**
   * Takes the conversation as it was loaded.
   *
   * @returns what others wrote since it was last loaded; nothing the first time
   */
  follow(store: SupportStore, { messages, ticket }: ThreadState): Message[] {
    const me = store.session.value?.actor.id ?? '';
    const seen = SEEN.get(store) ?? new Map<string, string>();
    SEEN.set(store, seen);
    const known = this.#known;
    const added = messages.filter(({ id }) => known && !known.has(id));
    const arrived = added.filter(({ author }) => author.id !== me);
    if (known === null && ticket?.unread) {
      this.firstNew = firstUnread(messages, me, seen.get(this.number));
    }
    this.firstNew ??= arrived[0]?.id ?? null;
    // Who has answered has read.
    if (added.length > arrived.length) this.firstNew = null;
    this.#known = new Set(messages.map(({ id }) => id));
    const last = messages.at(-1);
    if (last) seen.set(this.number, last.id);
    return arrived;
  }
}
