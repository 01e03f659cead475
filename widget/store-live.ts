import type { MailEvent, ReadEvent, TicketEvent } from '../server/contract/events.ts';
import type { Session, TicketPage } from '../server/contract/session.ts';
import type { AgentParts, AgentSide } from './agent-side.ts';
import { ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';
import type { Live, LiveState, StreamEvent } from './live.ts';
import { removeTicket, replaceTicket } from './list-more.ts';
import { newsBetween, type News } from './live-news.ts';
import type { StreamSource } from './live-request.ts';
import { liveName, openLive } from './live-session.ts';
import type { ThreadState } from './state.ts';
import type { TicketList } from './store-list.ts';

/** Parts of the store that follow what happens elsewhere. */
export interface LiveParts extends StreamSource, AgentParts {
  tickets: TicketList;
  /** The open conversation. */
  thread: Cell<ThreadState | null>;
  /** Joins what is under way; the other begins anew. */
  openThread: (number: string) => Promise<void>;
  reloadThread: (number: string) => Promise<void>;
  /** Whether it is deleted from here, which needs no telling. */
  isDeleting: (number: string) => boolean;
  onState: (state: LiveState) => void;
  onNews: (news: News) => void;
}

/** A reply and the status it brings come as two events. */
const SETTLE_MS = 60;
/** Between two loads of the same: the more happens, the longer, and short again after a while in which nothing did. */
const FIRST_GAP_MS = 250;
const GAP_MS = 1_000;
const QUIET_MS = 3_000;
/** Nobody looks: only the badges need to know. */
const HIDDEN_GAP_MS = 15_000;

/** Takes what happens elsewhere into list, counts and the open conversation, in place and without haste. */
export class LiveUpdates {
  readonly #parts: LiveParts;
  /** null for clients, and until its code is here. */
  #agents: AgentSide | null = null;
  #state: LiveState = 'waiting';
  #wasOpen = false;
  #live: Live | null = null;
  #name = '';
  /** Up to which event the list has yet to be loaded; null: it is up to date. */
  #listSeq: number | null = null;
  #threadSeq: number | null = null;
  /** Loads of the list that had begun when something was read, here or elsewhere; null: nothing was. */
  #readAt: number | null = null;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #lastLoad = 0;
  #gap = FIRST_GAP_MS;
  #isLoading = false;
  readonly #onSeen = (): void => this.attend();

  constructor(parts: LiveParts) {
    this.#parts = parts;
    parts.tickets.amend = (page) => this.#amend(page);
  }

  /** Listens for this person from now on. */
  follow(session: Session): void {
    const name = liveName(this.#parts, session.actor);
    if (this.#live && name === this.#name) return;
    this.leave();
    this.#name = name;
    this.#live = openLive(this.#parts, session, this.#parts.tickets.position, {
      onEvent: (event) => this.#take(event),
      onGap: () => {
        if (session.permissions.manageTickets) void this.#lookAsAgent();
        this.#want(Infinity, Infinity);
      },
      onOpened: () => {
        // Mails may have gone their way while nobody could hear of it.
        if (this.#wasOpen && session.permissions.manageTickets) this.#want(null, Infinity);
        this.#wasOpen = true;
        this.#agents?.look();
      },
      onState: (state) => {
        this.#state = state;
        this.#agents?.setState(state);
        this.#parts.onState(state);
      },
    });
    document.addEventListener('visibilitychange', this.#onSeen);
    if (session.permissions.manageTickets) void this.#lookAsAgent();
    this.#checkThread();
  }

  /** Nobody is signed in any more, or the element has left the page. */
  leave(): void {
    this.#agents?.stop();
    this.#agents = null;
    this.#state = 'waiting';
    this.#wasOpen = false;
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
    this.#agents?.presence.look();
    this.#schedule();
  }

  /** An agent types. */
  write(): void {
    this.#agents?.presence.write();
  }

  /** What was typed has been sent. */
  rest(): void {
    this.#agents?.presence.rest();
  }

  /** The open ticket is gone: there is nothing left to take leave of. */
  forget(): void {
    this.#threadSeq = null;
    this.#agents?.presence.forget();
  }

  /** With the agents' code, which is tried again with the next gap when it did not come. */
  async #lookAsAgent(): Promise<void> {
    if (this.#agents) return this.#agents.look();
    const live = this.#live;
    const { AgentSide } = await import('./agent-side.ts').catch(() => ({ AgentSide: null }));
    if (!AgentSide || this.#agents || live !== this.#live) return;
    this.#agents = new AgentSide(this.#parts);
    this.#agents.start(this.#state);
  }

  /** The conversation was opened beside the list, and may have been loaded before it. */
  #checkThread(): void {
    const ticket = this.#parts.thread.value?.ticket;
    if (!ticket) return;
    const listed = this.#parts.tickets.find(ticket.number);
    const isCurrent = listed?.version === ticket.version && listed.messageCount === ticket.messageCount;
    if (!isCurrent) this.#want(null, Infinity);
  }

  #take(told: StreamEvent): void {
    const { event, data } = told;
    const { tickets, thread } = this.#parts;
    if (event === 'ticket') {
      const { type, number, seq } = data as TicketEvent;
      const isOpen = number === thread.value?.number;
      if (type !== 'ticket.deleted') return this.#want(seq, isOpen ? seq : null);
      if (isOpen && !this.#parts.isDeleting(number)) this.#close(number);
      removeTicket(tickets, number);
      this.#agents?.look();
      this.#want(seq, null);
    } else if (event === 'read') {
      const { number } = data as ReadEvent;
      const ticket = tickets.find(number);
      if (ticket?.unread) replaceTicket(tickets, { ...ticket, unread: false });
      // Read here, the list is loaded anyway: once is enough.
      this.#readAt = tickets.begun;
      this.#want(null, null);
    } else if (event === 'mail') {
      // Where it stands is told with the messages, and of a bounced address with the ticket.
      if ((data as MailEvent).number === thread.value?.number) this.#want(null, Infinity);
    } else this.#agents?.hear(told);
  }

  /** It is gone for good: nothing is asked for any more, and nothing of it left on screen. */
  #close(number: string): void {
    this.forget();
    const error = new ApiError('deleted', 'The ticket was deleted.', { status: 404 });
    const nothing = { ticket: null, messages: [], history: [] };
    this.#parts.thread.set({ number, status: 'failed', error, ...nothing });
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
    // Somebody waits for an answer in the open conversation.
    const shown = this.#threadIsDue ? FIRST_GAP_MS : this.#gap;
    const gap = document.visibilityState === 'hidden' ? HIDDEN_GAP_MS : shown;
    const delay = Math.max(SETTLE_MS, this.#lastLoad + gap - Date.now());
    this.#timer = setTimeout(() => void this.#load(), delay);
  }

  /** Whoever does not look has not read: loading a conversation marks it as read. */
  get #threadIsDue(): boolean {
    return this.#threadSeq !== null && this.#parts.isAttended();
  }

  async #load(): Promise<void> {
    const live = this.#live;
    const now = Date.now();
    this.#isLoading = true;
    this.#gap = now - this.#lastLoad > QUIET_MS ? FIRST_GAP_MS : Math.min(GAP_MS, this.#gap * 2);
    this.#lastLoad = now;
    // What is read by being loaded must not be counted as unread in between.
    await this.#loadThread();
    // What the person does comes first, and may bring the same.
    await this.#parts.tickets.settled();
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

  /**
   * A reply may overtake the list that is on its way. In front of its reader it is read as soon as it is loaded, and
   * the list that comes after that has the count without it.
   */
  #amend(page: TicketPage): TicketPage {
    const open = this.#parts.thread.value;
    const isUnread = page.tickets.some(({ number, unread }) => unread && number === open?.number);
    if (!isUnread || open?.status !== 'ready' || !this.#parts.isAttended()) return page;
    this.#want(null, Infinity);
    return { ...page, unreadCount: undefined };
  }

  async #loadThread(): Promise<void> {
    if (!this.#threadIsDue) return;
    const wanted = this.#threadSeq ?? 0;
    this.#threadSeq = null;
    const { thread, openThread, reloadThread } = this.#parts;
    const isBehind = (shown: ThreadState | null): shown is ThreadState =>
      shown !== null && shown.error?.code !== 'deleted' && !knows(shown, wanted);
    // A load that is under way may bring it already, or have been too early.
    for (const load of wanted === Infinity ? [reloadThread] : [openThread, reloadThread]) {
      const shown = thread.value;
      if (isBehind(shown)) await load(shown.number).catch(() => undefined);
    }
  }
}

/** Whether a conversation was loaded after this event. */
function knows({ history, messages }: ThreadState, seq: number): boolean {
  const written = history.filter(({ type }) => type === 'created' || type === 'replied' || type === 'noted');
  // The two are loaded side by side: one of them may be older.
  return (history.at(-1)?.seq ?? -1) >= seq && messages.length >= written.length;
}
