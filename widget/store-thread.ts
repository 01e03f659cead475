import type { HistoryEntry, Message, MessagePage, Ticket } from '../server/contract/tickets.ts';
import type { Api } from './api.ts';
import { aborted, type ApiError } from './api-error.ts';
import type { Cell } from './cell.ts';
import type { ThreadState } from './state.ts';

const PAGE_MAX = 100;

interface Loading {
  number: string;
  done: Promise<void>;
  abort: AbortController;
}

/** The open conversation. */
export class Thread {
  readonly thread: Cell<ThreadState | null>;
  readonly #api: Api;
  readonly #onTicket: (ticket: Ticket, read: boolean) => void;
  #loading: Loading | null = null;

  /** @param onTicket told of each ticket that was loaded; `read`: something new in it has just been seen */
  constructor(api: Api, thread: Cell<ThreadState | null>, onTicket: (ticket: Ticket, read: boolean) => void) {
    this.#api = api;
    this.thread = thread;
    this.#onTicket = onTicket;
  }

  /** Gives up what is under way. */
  close(): void {
    this.#loading?.abort.abort();
    this.#loading = null;
  }

  /**
   * Loads what the cell already names. Joins a load of the same number that is under way.
   *
   * @throws ApiError, `aborted` when another ticket was opened meanwhile
   */
  async open(number: string): Promise<void> {
    if (this.#loading?.number === number) return await this.#loading.done;
    if (this.thread.value?.status === 'failed') {
      this.thread.set({ ...this.thread.value, status: 'loading', error: null });
    }
    await this.reload(number);
  }

  /** Loads the thread anew, whatever is under way: after a change, older answers lack it. */
  async reload(number: string): Promise<void> {
    if (this.thread.value?.number !== number) return;
    this.#loading?.abort.abort();
    const abort = new AbortController();
    const loading: Loading = { number, abort, done: this.#load(number, abort.signal) };
    this.#loading = loading;
    try {
      await loading.done;
    } finally {
      if (this.#loading === loading) this.#loading = null;
    }
  }

  /** What an own request answered, before the reload brings the rest. */
  patch(number: string, change: (thread: ThreadState) => Partial<ThreadState>): void {
    const thread = this.thread.value;
    if (thread?.number === number) this.thread.set({ ...thread, ...change(thread) });
  }

  async #load(number: string, signal: AbortSignal): Promise<void> {
    const path = `/tickets/${encodeURIComponent(number)}`;
    try {
      const [ticket, messages, { entries }] = await Promise.all([
        this.#api.get<Ticket>(path, { signal }),
        this.#messages(path, signal),
        this.#api.get<{ entries: HistoryEntry[] }>(`${path}/history`, { signal }),
      ]);
      if (signal.aborted || this.thread.value?.number !== number) throw aborted();
      // Reading the messages marks them as read: the view still wants to know what was new when it opened.
      const opened = this.thread.value.status !== 'ready';
      const unread = ticket.unread || (this.thread.value.ticket?.unread ?? false);
      this.thread.set({
        number,
        status: 'ready',
        error: null,
        ticket: { ...ticket, unread },
        messages,
        history: entries,
      });
      this.#onTicket({ ...ticket, unread: false }, opened && unread);
    } catch (error) {
      this.#fail(number, error as ApiError, signal);
      throw error;
    }
  }

  async #messages(path: string, signal: AbortSignal): Promise<Message[]> {
    const messages: Message[] = [];
    let cursor: string | null = null;
    do {
      const query = new URLSearchParams({ limit: String(PAGE_MAX) });
      if (cursor !== null) query.set('cursor', cursor);
      const page: MessagePage = await this.#api.get<MessagePage>(`${path}/messages`, { query, signal });
      messages.push(...page.messages);
      cursor = page.nextCursor;
    } while (cursor !== null);
    return messages;
  }

  #fail(number: string, error: ApiError, signal: AbortSignal): void {
    const thread = this.thread.value;
    if (signal.aborted || error.code === 'aborted' || thread?.number !== number) return;
    const gone = error.code === 'not_found';
    // What is shown stays when only its renewal failed; what is gone must not.
    if (thread.status === 'ready' && !gone) this.thread.set({ ...thread, error });
    else this.thread.set({ number, status: 'failed', error, ticket: null, messages: [], history: [] });
  }
}
