import type { PresentPerson } from '../server/contract/events.ts';
import type { Session } from '../server/contract/session.ts';
import type { RelatedApp } from '../server/contract/tickets.ts';
import type { ApiError } from './api-error.ts';
import { Cell } from './cell.ts';
import { enterRunning, leaveRunning, runningStores } from './running.ts';
import type { ListFilter, QuarantineState, Route, SupportStore } from './state.ts';
import { quietly, StoreBase } from './store-base.ts';
import type { News } from './live-news.ts';
import type { StoreLate } from './store-late.ts';
import type { Emit, StoreOptions } from './store-options.ts';
import { sourceOf } from './token.ts';

const AUTH_FAILURES = /^(no|invalid|missing)_token$/;
/** What a host may want to hear of; the rest is between the person and the form. */
const FAULTS = /^(internal|unreachable|timeout|storage_full|rate_limited)$/;

/** The store behind one `<support-center>`: made once, started and stopped with it. */
export class Store extends StoreBase implements SupportStore {
  readonly relatedApps = new Cell<RelatedApp[]>([]);
  readonly online = new Cell(true);
  readonly presence = new Cell<PresentPerson[]>([]);
  readonly quarantine = new Cell<QuarantineState | null>(null);
  /** What has come up in the list while nobody asked, to be said to those who do not see it. */
  readonly news = new Cell<News | null>(null);

  /** Set while views have addresses of their own. */
  hrefOf: ((route: Route) => string) | null = null;

  #options: StoreOptions;
  #late: StoreLate | null = null;
  #attended = true;
  #started = false;
  #lastFailure: ApiError | null = null;

  constructor(options: StoreOptions, emit: Emit) {
    super({
      baseUrl: () => this.#options.apiUrl,
      emit,
      onSubject: (subject) => this.#meet(subject),
      onFailure: (error) => this.#onFailure(error),
      onSession: (session) => this.#setSession(session),
    });
    this.#options = options;
    this.token.configure(options.token);
  }

  /** What the host said last. */
  get options(): Readonly<StoreOptions> {
    return this.#options;
  }

  /** Takes what the host says now; whatever may mean another server or person starts over. */
  configure(change: Partial<StoreOptions>): void {
    const before = this.#options;
    this.#options = { ...before, ...change };
    this.api.language = this.#options.locale;
    const moved = this.token.configure(this.#options.token);
    const given = before.token.getToken !== this.#options.token.getToken;
    this.#setRelatedApps();
    if (!this.#started) return;
    if (before.apiUrl !== this.#options.apiUrl) this.#forget();
    const restart =
      before.apiUrl !== this.#options.apiUrl ||
      before.supportUrl !== this.#options.supportUrl ||
      moved ||
      (given && this.phase.value.name === 'signed-out');
    if (restart) quietly(this.#begin());
  }

  start(): void {
    if (this.#started) return;
    this.#started = true;
    enterRunning(this);
    const begun = this.#begin();
    quietly(begun);
    // Not in the way of the first answer.
    quietly(begun.catch(() => undefined).then(() => this.#startLate()));
  }

  /** Gives up whatever is under way and drops what was loaded; drafts, route and filter stay. */
  stop(): void {
    this.#started = false;
    leaveRunning(this);
    this.#late?.pulse.stop();
    this.token.forget();
    this.#drop({ keepFilter: true });
    this.phase.set({ name: 'starting' });
  }

  /** Drops everything of this user: tickets, drafts, files, the token, answers in flight. */
  logout(): void {
    for (const one of this.#peers()) one.#leave();
    this.#leave();
  }

  #leave(): void {
    this.clearDrafts();
    this.subject = null;
    this.#forget();
    this.route.set({ view: 'list' });
    this.phase.set({ name: 'signed-out', error: null });
  }

  /** Whether the views are in front of the person: those in a closed panel are not. */
  setAttended(on: boolean): void {
    if (this.#attended === on) return;
    this.#attended = on;
    this.#late?.live.attend();
  }

  protected override onGone(): void {
    this.#late?.live.forget();
  }

  noteTyping(): void {
    this.#late?.live.write();
  }

  override async reply(...given: Parameters<StoreBase['reply']>): ReturnType<StoreBase['reply']> {
    const message = await super.reply(...given);
    this.#late?.live.rest();
    return message;
  }

  ticketHref(number: string): string | null {
    return this.hrefOf?.({ view: 'ticket', number }) ?? null;
  }

  navigate(route: Route): void {
    const before = this.route.value;
    let next = route;
    if (route.view === 'new') {
      next = { view: 'new', defaults: { ...this.#options.ticketDefaults, ...route.defaults } };
    } else if (this.#isClosed(route)) {
      // Whoever may not change them is not led before a closed door.
      next = { view: 'list' };
    }
    this.route.set(next);
    if (next.view === 'ticket') {
      if (before.view === 'ticket' && before.number !== next.number) this.closeThread();
      if (this.#active()) quietly(this.openThread(next.number));
    } else {
      this.closeThread();
    }
  }

  #isClosed({ view }: Route): boolean {
    const { manageSettings, manageTickets } = this.session.value?.permissions ?? {};
    return (
      (view === 'settings' && manageSettings === false) || (view === 'quarantine' && manageTickets === false)
    );
  }

  setFilter(change: Partial<ListFilter>): void {
    this.tickets.setFilter(change, { load: this.#active() });
  }

  async refresh(): Promise<void> {
    if (this.phase.value.name !== 'ready') {
      for (const one of this.#peers()) if (one.phase.value.name === 'signed-out') quietly(one.#begin());
      return await this.#begin();
    }
    const { value: route } = this.route;
    // Loading a conversation marks it as read, so that the list after it does not count it as unread.
    const isRead = route.view === 'ticket' && this.#isAttended();
    const [thread] = await Promise.allSettled([isRead ? this.openThread(route.number) : undefined]);
    // Nobody may be signed in any more.
    if (this.phase.value.name === 'ready') await this.tickets.load();
    if (thread.status === 'rejected') throw thread.reason;
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
    if (route.view === 'ticket') quietly(this.openThread(route.number));
    try {
      await this.tickets.load();
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
    if (this.#isClosed(this.route.value)) this.navigate(this.route.value);
    this.#follow();
  }

  #follow(): void {
    const session = this.session.value;
    if (session && this.phase.value.name === 'ready') this.#late?.live.follow(session);
  }

  #isAttended(): boolean {
    return this.#attended && document.visibilityState !== 'hidden';
  }

  #setRelatedApps(): void {
    this.relatedApps.set(this.#options.relatedApps ?? this.session.value?.relatedApps ?? []);
  }

  /** A token of another person: nothing of the one before may be left. */
  #meet(subject: string): void {
    const before = this.subject;
    if (before !== null && before !== subject) this.clearDrafts();
    this.subject = subject;
    if (before === null || before === subject) return;
    this.#drop();
    this.phase.set({ name: 'starting' });
    // After the request that brought the token has learned that it was given up.
    setTimeout(() => this.#started && quietly(this.#begin()));
  }

  /** The token, and all that was loaded with it. */
  #forget(): void {
    this.token.forget();
    this.#drop();
  }

  #drop({ keepFilter = false } = {}): void {
    this.#late?.live.leave();
    this.drop();
    this.tickets.reset({ keepFilter });
    this.session.set(null);
    this.#setRelatedApps();
  }

  #onFailure(error: ApiError): void {
    this.#late?.pulse.failed(error);
    // Requests that waited for the same token fail by the same error.
    if (error === this.#lastFailure) return;
    this.#lastFailure = error;
    if (error.code === 'support_disabled') {
      this.#drop();
      this.phase.set({ name: 'off' });
    } else if (AUTH_FAILURES.test(error.code)) {
      this.emit('auth-error', { error });
      // The host or the server says that nobody is signed in; else it may be a passing fault of the host.
      const final = error.status === 401 || error.status === 403 || this.phase.value.name !== 'ready';
      if (final) this.#signOut(error);
    } else if (FAULTS.test(error.code)) {
      this.emit('error', { error });
    }
  }

  async #startLate(): Promise<void> {
    if (!this.#started) return;
    const { StoreLate } = await import('./store-late.ts');
    const { api, token, tickets } = this;
    this.#late ??= new StoreLate(this, {
      onFailure: (error) => this.#onFailure(error),
      reloadThread: (number) => this.reloadThread(number),
      isAttended: () => this.#isAttended(),
      isDeleting: (number) => this.deleting === number,
      begin: () => this.#begin({ quiet: true }),
      ...{ api, token, tickets },
    });
    if (!this.#started) return;
    this.#late.start();
    this.#follow();
  }

  /** Others in the page with the same tokens: one session. */
  #peers(): Store[] {
    const source = sourceOf(this.#options.token);
    return runningStores.value.filter((one) => one !== this && sourceOf(one.#options.token) === source);
  }

  /** Unlike `logout`, keeps the drafts: the person signs in again and goes on. */
  #signOut(error: ApiError): void {
    this.#forget();
    this.phase.set({ name: 'signed-out', error });
  }

  #active(): boolean {
    const { name } = this.phase.value;
    return this.#started && (name === 'ready' || name === 'starting');
  }
}
