import type { PresenceEvent, ReadEvent, TicketEvent } from '../server/contract/events.ts';
import type { Session } from '../server/contract/session.ts';
import type { Cell } from './cell.ts';
import type { Live, LiveState, StreamEvent } from './live.ts';
import { newsBetween, type News } from './live-news.ts';
import type { StreamSource } from './live-request.ts';
import { liveName, openLive } from './live-session.ts';
import type { ThreadState } from './state.ts';
import type { TicketList } from './store-list.ts';
import { PresenceTeller, type PresenceParts } from './store-presence.ts';

/** Parts of the store that follow what happens elsewhere. */
export interface LiveParts extends StreamSource, PresenceParts {
  tickets: TicketList;
  /** The open conversation. */
  thread: Cell<ThreadState | null>;
  reloadThread: (number: string) => Promise<void>;
  onState: (state: LiveState) => void;
  onNews: (news: News) => void;
}

/** A reply and the status it brings come as two events. */
const SETTLE_MS = 60;
/** Between two loads of the same, however much happens. */
const GAP_MS = 1_000;
/** Nobody looks: only the badges need to know. */
const HIDDEN_GAP_MS = 15_000;

/** Takes what happens elsewhere into list, counts and the open conversation, in place and without haste. */
export class LiveUpdates {
  readonly #parts: LiveParts;
  readonly #presence: PresenceTeller;
  #live: Live | null = null;
  #name = '';
  /** Up to which event the list has yet to be loaded; null: it is up to date. */
  #listSeq: number | null = null;
  #threadSeq: number | null = null;
  /** Loads of the list that had begun when something was read, here or elsewhere; null: nothing was. */
  #readAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastLoad = 0;
  #isLoading = false;
  readonly #onSeen = (): void => this.attend();

  constructor(parts: LiveParts) {
    this.#parts = parts;
    this.#presence = new PresenceTeller(parts);
  }

  /** Listens for this person from now on. */
  follow(session: Session): void {
    const name = liveName(this.#parts, session.actor);
    if (this.#live && name === this.#name) return;
    this.leave();
    this.#name = name;
    this.#live = openLive(this.#parts, session, this.#parts.tickets.position, {
      onEvent: (event) => this.#take(event),
      onGap: () => this.#want(Infinity, Infinity),
      onState: (state) => this.#parts.onState(state),
    });
    document.addEventListener('visibilitychange', this.#onSeen);
    if (session.permissions.manageTickets) this.#presence.start();
    this.#checkThread();
  }

  /** Nobody is signed in any more, or the element has left the page. */
  leave(): void {
    this.#presence.stop();
    document.removeEventListener('visibilitychange', this.#onSeen);
    this.#live?.stop();
    this.#live = null;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#listSeq = this.#threadSeq = this.#readAt = null;
    this.#parts.onState('waiting');
  }

  /** The page, or the launcher's panel, is looked at again: what had to wait for that is loaded now. */
  attend(): void {
    this.#presence.look();
    this.#schedule();
  }

  /** An agent types. */
  write(): void {
    this.#presence.write();
  }

  /** What was typed has been sent. */
  rest(): void {
    this.#presence.rest();
  }

  /** The conversation was opened beside the list, and may have been loaded before it. */
  #checkThread(): void {
    const ticket = this.#parts.thread.value?.ticket;
    if (!ticket) return;
    const listed = this.#parts.tickets.find(ticket.number);
    const isCurrent = listed?.version === ticket.version && listed.messageCount === ticket.messageCount;
    if (!isCurrent) this.#want(null, Infinity);
  }

  #take({ event, data }: StreamEvent): void {
    const { tickets, thread } = this.#parts;
    if (event === 'ticket') {
      const { type, number, seq } = data as TicketEvent;
      if (type === 'ticket.deleted') tickets.remove(number);
      this.#want(seq, number === thread.value?.number ? seq : null);
    } else if (event === 'read') {
      const { number } = data as ReadEvent;
      const ticket = tickets.find(number);
      if (ticket?.unread) tickets.replace({ ...ticket, unread: false });
      // Read here, the list is loaded anyway: once is enough.
      this.#readAt = tickets.begun;
      this.#want(null, null);
    } else if (event === 'presence') {
      this.#presence.hear(data as PresenceEvent);
    }
  }

  #want(listSeq: number | null, threadSeq: number | null): void {
    if (listSeq !== null) this.#listSeq = Math.max(this.#listSeq ?? 0, listSeq);
    if (threadSeq !== null) this.#threadSeq = Math.max(this.#threadSeq ?? 0, threadSeq);
    this.#schedule();
  }

  #schedule(): void {
    const isListDue = this.#listSeq !== null || this.#readAt !== null;
    if (this.#isLoading || (!isListDue && !this.#threadIsDue)) return;
    clearTimeout(this.#timer);
    const gap = document.visibilityState === 'hidden' ? HIDDEN_GAP_MS : GAP_MS;
    const delay = Math.max(SETTLE_MS, this.#lastLoad + gap - Date.now());
    this.#timer = setTimeout(() => void this.#load(), delay);
  }

  /** Whoever does not look has not read: loading a conversation marks it as read. */
  get #threadIsDue(): boolean {
    return this.#threadSeq !== null && this.#parts.isAttended();
  }

  async #load(): Promise<void> {
    const live = this.#live;
    this.#isLoading = true;
    this.#lastLoad = Date.now();
    // What the person does comes first, and may bring the same.
    await this.#parts.tickets.settled();
    // What is read by being loaded must not be counted as unread in between.
    if (live === this.#live) await this.#loadThread();
    if (live === this.#live) await this.#loadList();
    this.#isLoading = false;
    if (live === this.#live) this.#schedule();
  }

  async #loadList(): Promise<void> {
    const { tickets } = this.#parts;
    const isBehind = (this.#listSeq ?? -1) > (tickets.position ?? -1);
    const isUnreadBehind = this.#readAt !== null && tickets.begun <= this.#readAt;
    this.#listSeq = this.#readAt = null;
    if (!isBehind && !isUnreadBehind) return;
    const [{ tickets: before, status }, filter] = [tickets.list.value, tickets.filter.value];
    // What fails is asked for again by the pulse.
    await tickets.load({ quiet: true }).catch(() => undefined);
    const isSame = status === 'ready' && filter === tickets.filter.value;
    const open = this.#parts.thread.value?.number;
    const news = isSame ? newsBetween(before, tickets.list.value.tickets, open) : null;
    if (news) this.#parts.onNews(news);
    if (tickets.position !== null) this.#live?.resumeFrom(tickets.position);
  }

  async #loadThread(): Promise<void> {
    if (!this.#threadIsDue) return;
    const wanted = this.#threadSeq ?? 0;
    this.#threadSeq = null;
    const { thread, reloadThread } = this.#parts;
    // A load that was under way already may have been too early.
    for (let tries = 0; tries < 2; tries++) {
      const shown = thread.value;
      if (!shown || knows(shown, wanted)) return;
      await reloadThread(shown.number).catch(() => undefined);
      if (wanted === Infinity) return;
    }
  }
}

/** Whether a conversation was loaded after this event. */
function knows({ history, messages }: ThreadState, seq: number): boolean {
  const written = history.filter(({ type }) => type === 'created' || type === 'replied' || type === 'noted');
  // The two are loaded side by side: one of them may be older.
  return (history.at(-1)?.seq ?? -1) >= seq && messages.length >= written.length;
}
