import type { Session } from '../server/contract/session.ts';
import type { Settings } from '../server/contract/settings.ts';
import type {
  Attachment,
  Counts,
  Message,
  NewMessage,
  NewTicket,
  Person,
  Ticket,
  TicketPatch,
} from '../server/contract/tickets.ts';
import { Api } from './api.ts';
import { aborted, ApiError, unanswered } from './api-error.ts';
import { Cell } from './cell.ts';
import { clearDrafts } from './clear-drafts.ts';
import type { Drafts } from './drafts.ts';
import { desk, loadDesk } from './loader.ts';
import type { Desk } from './store-desk.ts';
import type { Files, UploadOptions } from './store-files.ts';
import { TicketList } from './store-list.ts';
import { Notices } from './store-notices.ts';
import type { Emit } from './store-options.ts';
import type { Thread } from './store-thread.ts';
import { TokenSource } from './token.ts';
import {
  isSameView,
  type Conflict,
  type Draft,
  type ListFilter,
  type ListState,
  type Phase,
  type Route,
  type ThreadState,
  type Toast,
} from './state.ts';

/** What works on the server and on the open conversation: loaded when first needed. */
interface Tools {
  desk: Desk;
  files: Files;
  thread: Thread;
}

export interface StoreParts {
  baseUrl: () => string;
  emit: Emit;
  /** Told of the `sub` of each new token, before it is used. */
  onSubject: (subject: string) => void;
  onFailure: (error: ApiError) => void;
  onSession: (session: Session) => void;
}

/** The half of the store that views work with. Who uses it, and when it starts and ends, is the other half. */
export abstract class StoreBase {
  readonly phase = new Cell<Phase>({ name: 'starting' });
  readonly session = new Cell<Session | null>(null);
  readonly route = new Cell<Route>({ view: 'list' });
  readonly agents = new Cell<Person[] | null>(null);
  readonly thread = new Cell<ThreadState | null>(null);
  readonly filter: Cell<ListFilter>;
  readonly list: Cell<ListState>;
  readonly counts: Cell<Counts | null>;
  readonly unreadCount: Cell<number>;
  readonly toasts: Cell<Toast[]>;
  readonly announcement: Cell<string>;

  protected readonly emit: Emit;
  protected readonly token: TokenSource;
  protected readonly api: Api;
  protected readonly tickets: TicketList;
  /** `sub` of whoever's data is or was here: their drafts go when somebody else comes. */
  protected subject: string | null = null;
  readonly #baseUrl: () => string;
  readonly #notices = new Notices();
  #drafts: Drafts | null = null;
  #tools: Promise<Tools> | null = null;
  /** Number of the conversation that is open or about to be. */
  #open: string | null = null;

  constructor({ baseUrl, emit, onSubject, onFailure, onSession }: StoreParts) {
    this.emit = emit;
    this.#baseUrl = baseUrl;
    this.token = new TokenSource(onSubject);
    this.api = new Api({ baseUrl, token: this.token, onFailure });
    this.tickets = new TicketList(this.api, onSession);
    ({
      filter: this.filter,
      list: this.list,
      counts: this.counts,
      unreadCount: this.unreadCount,
    } = this.tickets);
    ({ toasts: this.toasts, announcement: this.announcement } = this.#notices);
  }

  /** Number of the ticket that is being deleted from here: the event that tells of it is no news. */
  protected deleting: string | null = null;

  abstract navigate(route: Route): void;
  /** The open ticket is gone. */
  protected abstract onGone(): void;

  async loadMore(): Promise<void> {
    await this.tickets.loadMore();
  }

  async loadAgents(): Promise<Person[]> {
    return await (await this.#fetchTools()).desk.loadAgents();
  }
  async openThread(number: string): Promise<void> {
    this.#open = number;
    if (this.thread.value?.number !== number) {
      const ticket = this.tickets.find(number) ?? null;
      this.thread.set({ number, status: 'loading', error: null, ticket, messages: [], history: [] });
    }
    const tools = await this.#fetchTools().catch((error: ApiError) => error);
    if (this.#open !== number) throw aborted();
    if (tools instanceof ApiError) {
      this.thread.set({ number, status: 'failed', error: tools, ticket: null, messages: [], history: [] });
      throw tools;
    }
    // Numbers are never used again.
    if (this.thread.value?.error?.code !== 'deleted') await tools.thread.open(number);
  }
  /** As it is now, whatever is under way. */
  protected async reloadThread(number: string): Promise<void> {
    await (await this.#fetchTools()).thread.reload(number);
  }
  async createTicket(input: NewTicket, idempotencyKey: string): Promise<Ticket> {
    return await (await this.#fetchTools()).desk.createTicket(input, idempotencyKey);
  }
  async reply(number: string, input: NewMessage, key: string, version?: number): Promise<Message> {
    return await (await this.#fetchTools()).desk.reply(number, input, key, version);
  }
  async retryMail(number: string, messageId: string): Promise<void> {
    await (await this.#fetchTools()).desk.retryMail(number, messageId);
  }
  async changeTicket(number: string, patch: TicketPatch): Promise<Conflict | null> {
    return await (await this.#fetchTools()).desk.changeTicket(number, patch);
  }
  async closeTicket(number: string): Promise<void> {
    await (await this.#fetchTools()).desk.closeTicket(number);
  }
  async reopenTicket(number: string, message?: string): Promise<void> {
    await (await this.#fetchTools()).desk.reopenTicket(number, message);
  }
  async deleteTicket(number: string): Promise<void> {
    this.deleting = number;
    try {
      await (await this.#fetchTools()).desk.deleteTicket(number);
    } finally {
      this.deleting = null;
    }
    this.onGone();
    this.writeDraft(`reply:${number}`, null);
    this.writeDraft(`note:${number}`, null);
    if (isSameView(this.route.value, { view: 'ticket', number })) this.navigate({ view: 'list' });
  }
  async loadSettings(): Promise<{ settings: Settings; version: string }> {
    return await (await this.#fetchTools()).desk.loadSettings();
  }
  async saveSettings(settings: Settings, version: string): Promise<{ settings: Settings; version: string }> {
    return await (await this.#fetchTools()).desk.saveSettings(settings, version);
  }
  async upload(file: File, options: UploadOptions): Promise<Attachment> {
    return await (await this.#fetchTools()).files.upload(file, options);
  }
  async attachmentUrl(attachment: Attachment): Promise<string> {
    return await (await this.#fetchTools()).files.url(attachment);
  }

  readDraft(key: string): Draft | null {
    return this.#keeper()?.read(key) ?? null;
  }
  writeDraft(key: string, draft: Draft | null): void {
    // A view that goes because another person came must not leave its text to them.
    const { name } = this.phase.value;
    if (name === 'ready' || name === 'signed-out') this.#keeper()?.write(key, draft);
  }

  toast(toast: Omit<Toast, 'id'>): void {
    this.#notices.toast(toast);
  }
  dismissToast(id: number): void {
    this.#notices.dismiss(id);
  }
  announce(text: string): void {
    this.#notices.announce(text);
  }

  /** Comes with the views that have something to keep. */
  #keeper(): Drafts | null {
    const module = desk();
    if (module) this.#drafts ??= new module.Drafts(() => this.subject);
    return this.#drafts;
  }

  protected clearDrafts(): void {
    if (this.subject !== null) clearDrafts(this.subject);
    this.#drafts = null;
  }

  protected closeThread(): void {
    this.#open = null;
    this.thread.set(null);
    this.#tools?.then(({ thread }) => this.#open === null && thread.close()).catch(() => undefined);
  }

  /** Loaded with the views that need them; what could not be loaded is as a server that does not answer. */
  #fetchTools(): Promise<Tools> {
    const fetched = (this.#tools ??= loadDesk().then(
      ({ Desk, Files, Thread, replaceTicket }) => {
        const { api, agents, tickets, emit } = this;
        const thread = new Thread(api, this.thread, (ticket, read) => {
          replaceTicket(tickets, ticket);
          if (read) quietly(tickets.load());
        });
        const files = new Files(api, this.token, this.#baseUrl);
        return { desk: new Desk({ api, agents, tickets, thread, emit }), files, thread };
      },
      () => {
        this.#tools = null;
        throw unanswered();
      },
    ));
    return fetched;
  }

  /** Everything that was loaded for this user, and what is under way. */
  protected drop(): void {
    this.api.abortAll();
    this.closeThread();
    this.agents.set(null);
    this.#tools?.then(({ files }) => files.reset()).catch(() => undefined);
    this.#tools = null;
    this.#notices.reset();
  }
}

/** What fails is told by the cells. */
export function quietly(promise: Promise<unknown>): void {
  promise.catch(() => undefined);
}
