import type { Session } from '../server/contract/session.ts';
import type { Message, NewMessage, NewTicket, RelatedApp, Ticket } from '../server/contract/tickets.ts';
import type { Settings } from '../server/contract/settings.ts';
import type { Attachment, Person, TicketPatch } from '../server/contract/tickets.ts';
import { aborted, Api, unanswered } from './api.ts';
import { ApiError } from './api-error.ts';
import { Cell } from './cell.ts';
import type { SupportEventDetails } from './events.ts';
import { desk, loadDesk } from './loader.ts';
import type { Desk } from './store-desk.ts';
import { clearDrafts } from './clear-drafts.ts';
import type { Drafts } from './drafts.ts';
import type { Pulse } from './pulse.ts';
import { enterRunning, leaveRunning } from './running.ts';
import type { Files, UploadOptions } from './store-files.ts';
import { TicketList } from './store-list.ts';
import { Notices } from './store-notices.ts';
import type { Thread } from './store-thread.ts';
import { TokenSource, type TokenOptions } from './token.ts';
import type {
  Conflict,
  Draft,
  ListFilter,
  Phase,
  Route,
  SupportStore,
  ThreadState,
  TicketDefaults,
  Toast,
} from './state.ts';

/** What the host says. */
export interface StoreOptions {
  apiUrl: string;
  token: TokenOptions;
  /** In place of the built-in system, whatever the server says. */
  supportUrl: string | null;
  /** null: those of the token. */
  relatedApps: RelatedApp[] | null;
  ticketDefaults: TicketDefaults;
}

/** What happened: the public events of the same names. */
export type StoreEvents = {
  [
    K in 'ticket-created' | 'ticket-updated' | 'reply-sent' | 'auth-error' | 'error'
  ]: SupportEventDetails[`support-${K}`];
};
export type Emit = <K extends keyof StoreEvents>(type: K, detail: StoreEvents[K]) => void;

const AUTH_FAILURES = new Set<string>(['no_token', 'invalid_token', 'missing_token']);
/** What a host may want to hear of; the rest is between the person and the form. */
const FAULTS = new Set<string>(['internal', 'unreachable', 'timeout', 'storage_full', 'rate_limited']);

/** What works on the server and on the open conversation: loaded when first needed. */
interface Tools {
  desk: Desk;
  files: Files;
  thread: Thread;
}

/** The store behind one `<support-center>`: made once, started and stopped with it. */
export class Store implements SupportStore {
  readonly phase = new Cell<Phase>({ name: 'starting' });
  readonly session = new Cell<Session | null>(null);
  readonly route = new Cell<Route>({ view: 'list' });
  readonly relatedApps = new Cell<RelatedApp[]>([]);
  readonly online = new Cell(true);
  readonly agents = new Cell<Person[] | null>(null);
  readonly thread = new Cell<ThreadState | null>(null);

  /** Set while views have addresses of their own. */
  hrefOf: ((route: Route) => string) | null = null;

  #options: StoreOptions;
  readonly #emit: Emit;
  readonly #token: TokenSource;
  readonly #api: Api;
  #drafts: Drafts | null = null;
  readonly #notices = new Notices();
  readonly #tickets: TicketList;
  #tools: Promise<Tools> | null = null;
  /** Number of the conversation that is open or about to be. */
  #open: string | null = null;
  #pulse: Pulse | null = null;
  #started = false;
  /** `sub` of whoever's data is or was here: their drafts go when somebody else comes. */
  #subject: string | null = null;
  #lastFailure: ApiError | null = null;

  constructor(options: StoreOptions, emit: Emit) {
    this.#options = options;
    this.#emit = emit;
    this.#token = new TokenSource((subject) => this.#meet(subject));
    this.#token.configure(options.token);
    const baseUrl = (): string => this.#options.apiUrl;
    this.#api = new Api({ baseUrl, token: this.#token, onFailure: (error) => this.#onFailure(error) });
    this.#tickets = new TicketList(this.#api, (session) => this.#setSession(session));
  }

  get filter() {
    return this.#tickets.filter;
  }
  get list() {
    return this.#tickets.list;
  }
  get counts() {
    return this.#tickets.counts;
  }
  get unreadCount() {
    return this.#tickets.unreadCount;
  }
  get toasts() {
    return this.#notices.toasts;
  }
  get announcement() {
    return this.#notices.announcement;
  }

  /** What the host said last. */
  get options(): Readonly<StoreOptions> {
    return this.#options;
  }

  /** Takes what the host says now; whatever may mean another server or person starts over. */
  configure(change: Partial<StoreOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...change };
    const moved = this.#token.configure(this.#options.token);
    const given = before.token.getToken !== this.#options.token.getToken;
    this.#setRelatedApps();
    if (!this.#started) return;
    if (before.apiUrl !== this.#options.apiUrl) this.#forget();
    const restart =
      before.apiUrl !== this.#options.apiUrl ||
      before.supportUrl !== this.#options.supportUrl ||
      moved ||
      (given && this.phase.value.name === 'signed-out');
    if (restart) this.#quietly(this.#begin());
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    enterRunning(this);
    const begun = this.#begin();
    this.#quietly(begun);
    // Not in the way of the first answer.
    this.#quietly(begun.catch(() => undefined).then(() => this.#startPulse()));
  }

  /** Gives up whatever is under way and drops what was loaded; drafts, route and filter stay. */
  stop(): void {
    this.#started = false;
    leaveRunning(this);
    this.#pulse?.stop();
    this.#token.forget();
    this.#drop({ keepFilter: true });
    this.phase.set({ name: 'starting' });
  }

  /** Drops everything of this user: tickets, drafts, files, the token, answers in flight. */
  logout(): void {
    this.#clearDrafts();
    this.#subject = null;
    this.#forget();
    this.route.set({ view: 'list' });
    this.phase.set({ name: 'signed-out', error: null });
  }

  ticketHref(number: string): string | null {
    return this.hrefOf?.({ view: 'ticket', number }) ?? null;
  }

  navigate(route: Route): void {
    const before = this.route.value;
    const next: Route =
      route.view === 'new'
        ? { view: 'new', defaults: { ...this.#options.ticketDefaults, ...route.defaults } }
        : route;
    this.route.set(next);
    if (next.view === 'ticket') {
      if (before.view === 'ticket' && before.number !== next.number) this.#closeThread();
      if (this.#active()) this.#quietly(this.openThread(next.number));
    } else {
      this.#closeThread();
    }
  }

  setFilter(change: Partial<ListFilter>): void {
    this.#tickets.setFilter(change, { load: this.#active() });
  }

  clearFilter(): void {
    this.setFilter({ status: null, priority: null, category: null, assignee: null, q: '' });
  }

  async loadMore(): Promise<void> {
    await this.#tickets.loadMore();
  }

  async refresh(): Promise<void> {
    if (this.phase.value.name !== 'ready') return await this.#begin();
    const { value: route } = this.route;
    const loads: Array<Promise<void>> = [this.#tickets.load()];
    if (route.view === 'ticket') loads.push(this.openThread(route.number));
    await Promise.all(loads);
  }

  async retry(): Promise<void> {
    await this.refresh();
  }

  async loadAgents(): Promise<Person[]> {
    return await (await this.#fetchTools()).desk.loadAgents();
  }
  async openThread(number: string): Promise<void> {
    this.#open = number;
    if (this.thread.value?.number !== number) {
      const ticket = this.#tickets.find(number) ?? null;
      this.thread.set({ number, status: 'loading', error: null, ticket, messages: [], history: [] });
    }
    const tools = await this.#fetchTools().catch((error: ApiError) => error);
    if (this.#open !== number) throw aborted();
    if (tools instanceof ApiError) {
      this.thread.set({ number, status: 'failed', error: tools, ticket: null, messages: [], history: [] });
      throw tools;
    }
    await tools.thread.open(number);
  }
  async createTicket(input: NewTicket, idempotencyKey: string): Promise<Ticket> {
    return await (await this.#fetchTools()).desk.createTicket(input, idempotencyKey);
  }
  async reply(number: string, input: NewMessage, idempotencyKey: string): Promise<Message> {
    return await (await this.#fetchTools()).desk.reply(number, input, idempotencyKey);
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
    await (await this.#fetchTools()).desk.deleteTicket(number);
    this.writeDraft(`reply:${number}`, null);
    this.writeDraft(`note:${number}`, null);
    const route = this.route.value;
    if (route.view === 'ticket' && route.number === number) this.navigate({ view: 'list' });
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
    if (module) this.#drafts ??= new module.Drafts(() => this.#subject);
    return this.#drafts;
  }

  #clearDrafts(): void {
    if (this.#subject !== null) clearDrafts(this.#subject);
    this.#drafts = null;
  }

  #closeThread(): void {
    this.#open = null;
    this.thread.set(null);
    this.#tools?.then(({ thread }) => this.#open === null && thread.close()).catch(() => undefined);
  }

  /** Loaded with the views that need them; what could not be loaded is as a server that does not answer. */
  #fetchTools(): Promise<Tools> {
    const fetched = (this.#tools ??= loadDesk().then(
      ({ Desk, Files, Thread }) => {
        const [api, { agents }, tickets, emit] = [this.#api, this, this.#tickets, this.#emit];
        const thread = new Thread(api, this.thread, (ticket, read) => {
          tickets.replace(ticket);
          if (read) this.#quietly(tickets.load());
        });
        const files = new Files(api, this.#token, () => this.#options.apiUrl);
        return { desk: new Desk({ api, agents, tickets, thread, emit }), files, thread };
      },
      () => {
        this.#tools = null;
        throw unanswered();
      },
    ));
    return fetched;
  }

  /**
   * From nothing to `ready`: the token, then one request for the session, the list and its counts.
   *
   * @param quiet leaves on screen what stands there until the answer is in
   */
  async #begin({ quiet = false } = {}): Promise<void> {
    const { supportUrl } = this.#options;
    if (supportUrl) {
      this.#forget();
      this.phase.set({ name: 'external', url: supportUrl });
      return;
    }
    // A page that is in use stays on screen while the same person's data is loaded anew.
    if (!quiet && this.phase.value.name !== 'ready') this.phase.set({ name: 'starting' });
    const route = this.route.value;
    // Side by side with the list: a deep link waits for neither.
    if (route.view === 'ticket') this.#quietly(this.openThread(route.number));
    try {
      await this.#tickets.load();
    } catch (error) {
      const failed = (error as ApiError).code !== 'aborted' && this.phase.value.name === 'starting';
      if (failed) this.phase.set({ name: 'failed', error: error as ApiError });
      throw error;
    }
  }

  #setSession(session: Session): void {
    // A renewed session that says the same renders nothing anew.
    if (JSON.stringify(session) !== JSON.stringify(this.session.value)) this.session.set(session);
    this.#setRelatedApps();
    const { supportUrl } = session.center;
    // Agents and admins keep their desk, and the admin the setting itself.
    if (supportUrl && session.actor.role === 'client') this.phase.set({ name: 'external', url: supportUrl });
    else if (this.phase.value.name !== 'ready') this.phase.set({ name: 'ready' });
  }

  #setRelatedApps(): void {
    this.relatedApps.set(this.#options.relatedApps ?? this.session.value?.relatedApps ?? []);
  }

  /** A token of another person: nothing of the one before may be left. */
  #meet(subject: string): void {
    const before = this.#subject;
    if (before !== null && before !== subject) this.#clearDrafts();
    this.#subject = subject;
    if (before === null || before === subject) return;
    this.#drop();
    this.phase.set({ name: 'starting' });
    // After the request that brought the token has learned that it was given up.
    setTimeout(() => this.#started && this.#quietly(this.#begin()));
  }

  /** The token, and all that was loaded with it. */
  #forget(): void {
    this.#token.forget();
    this.#drop();
  }

  #drop({ keepFilter = false } = {}): void {
    this.#api.abortAll();
    this.#tickets.reset({ keepFilter });
    this.#closeThread();
    this.agents.set(null);
    this.#tools?.then(({ files }) => files.reset()).catch(() => undefined);
    this.#tools = null;
    this.#notices.reset();
    this.session.set(null);
    this.#setRelatedApps();
  }

  #onFailure(error: ApiError): void {
    this.#pulse?.failed(error);
    // Requests that waited for the same token fail by the same error.
    if (error === this.#lastFailure) return;
    this.#lastFailure = error;
    if (error.code === 'support_disabled') {
      this.#drop();
      this.phase.set({ name: 'off' });
    } else if (AUTH_FAILURES.has(error.code)) {
      this.#emit('auth-error', { error });
      // The host or the server says that nobody is signed in; else it may be a passing fault of the host.
      const final = error.status === 401 || error.status === 403 || this.phase.value.name !== 'ready';
      if (final) this.#signOut(error);
    } else if (FAULTS.has(error.code)) {
      this.#emit('error', { error });
    }
  }

  async #startPulse(): Promise<void> {
    if (!this.#started) return;
    const { Pulse } = await import('./pulse.ts');
    this.#pulse ??= new Pulse(this.online, () => this.#beat());
    if (!this.#started) return;
    this.#pulse.start();
    const phase = this.phase.value;
    if (phase.name === 'failed') this.#pulse.failed(phase.error);
  }

  /** Unlike `logout`, keeps the drafts: the person signs in again and goes on. */
  #signOut(error: ApiError): void {
    this.#forget();
    this.phase.set({ name: 'signed-out', error });
  }

  /** Time to look whether something changed: the page is seen again, the network is back. */
  async #beat(): Promise<void> {
    const { name } = this.phase.value;
    if (name === 'signed-out' || name === 'starting' || this.#options.supportUrl) return;
    if (name === 'ready') await this.refresh();
    else await this.#begin({ quiet: true });
  }

  #active(): boolean {
    const { name } = this.phase.value;
    return this.#started && (name === 'ready' || name === 'starting');
  }

  /** What fails is told by the cells. */
  #quietly(promise: Promise<unknown>): void {
    promise.catch(() => undefined);
  }
}
