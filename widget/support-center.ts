import { ContextProvider } from '@lit/context';
import { LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Session } from '../server/contract/session.ts';
import type { Counts, RelatedApp } from '../server/contract/tickets.ts';
import { STATUSES, type Status } from '../server/contract/vocabulary.ts';
import { resolveApiUrl } from './api-url.ts';
import { storeContext, textContext } from './context.ts';
import { SupportEvent, type SupportEventDetails, type SupportEventName } from './events.ts';
import { isLoaded, loadView, type ViewName } from './loader.ts';
import { HashRouter } from './router.ts';
import { renderShell } from './shell.ts';
import { NO_FILTER, type ListFilter, type Route, type TicketDefaults } from './state.ts';
import { Store, type StoreEvents } from './store.ts';
import { base } from './styles/base.styles.ts';
import { tokens } from './styles/tokens.styles.ts';
import { shellStyles } from './support-center.styles.ts';
import { clientText, hasAgentText, loadAgentText, nearestLanguage } from './text/load.ts';
import type { Catalog, Text } from './text/text.ts';
import type { GetToken } from './token.ts';
import { ViewFocus } from './view-focus.ts';
import { ViewKeys } from './view-keys.ts';

export class SupportCenter extends LitElement {
  static override styles = [tokens, base, shellStyles];

  @property({ attribute: 'api-url' }) apiUrl: string | null = null;
  @property({ attribute: 'token-url' }) tokenUrl: string | null = null;
  @property() token: string | null = null;
  @property() layout: 'page' | 'launcher' = 'page';
  @property() view: Route['view'] = 'list';
  @property() ticket: string | null = null;
  @property() status: Status | null = null;
  @property() routing: 'none' | 'hash' = 'none';
  @property({ reflect: true }) theme: 'auto' | 'light' | 'dark' = 'auto';
  @property() locale: string | null = null;
  @property({ attribute: 'related-app' }) relatedApp: string | null = null;
  @property({ attribute: 'support-url' }) supportUrl: string | null = null;
  @property({ type: Boolean, reflect: true }) disabled = false;

  @property({ attribute: false }) getToken: GetToken | null = null;
  @property({ attribute: false }) relatedApps: RelatedApp[] | null = null;
  @property({ attribute: false }) ticketDefaults: TicketDefaults = {};
  @property({ attribute: false }) messages: Catalog = {};

  @state() private text: Text = clientText('en', {});
  @state() private missing: ViewName | null = null;

  readonly #store: Store;
  readonly #text: ContextProvider<typeof textContext>;
  readonly #router = new HashRouter((route) => this.#store.navigate(route));
  readonly #focus = new ViewFocus(this);
  readonly #children = new MutationObserver(() => this.requestUpdate());
  #unwatch: Array<() => void> = [];
  #running = false;

  constructor() {
    super();
    this.#store = new Store(this.#storeOptions(), (type, detail) => this.#onStoreEvent(type, detail));
    new ContextProvider(this, { context: storeContext, initialValue: this.#store });
    this.#text = new ContextProvider(this, { context: textContext, initialValue: this.text });
    new ViewKeys(this, () => this.#goBack());
  }

  /** Who uses it and what they may do; null until it is known. */
  get session(): Session | null {
    return this.#store.session.value;
  }
  /** Tickets by status under the present search and filters; null until they are known. */
  get counts(): Counts | null {
    return this.#store.counts.value;
  }
  get unreadCount(): number {
    return this.#store.unreadCount.value;
  }
  get ready(): boolean {
    return this.#store.phase.value.name === 'ready';
  }

  /** Shows the form, filled with `defaults` over `ticketDefaults`. */
  newTicket(defaults: TicketDefaults = {}): void {
    this.open();
    this.#store.navigate({ view: 'new', defaults });
  }
  openTicket(number: string): void {
    this.open();
    this.#store.navigate({ view: 'ticket', number });
  }
  /** Shows the list; with `filter`, narrowed to exactly that. */
  showList(filter?: Partial<ListFilter>): void {
    this.open();
    if (filter) this.#store.setFilter({ ...NO_FILTER, ...filter });
    this.#store.navigate({ view: 'list' });
  }
  open(): void {}
  close(): void {}
  toggle(): void {}
  /** Loads what is shown anew; after `logout`, starts over with a new token. */
  async refresh(): Promise<void> {
    if (this.#running) await this.#store.refresh().catch(() => undefined);
  }
  /** Drops everything of this user: tickets, drafts, files, the token, answers in flight. */
  logout(): void {
    this.#store.logout();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#children.observe(this, { childList: true, subtree: true, characterData: true });
    // Moved within the page: still running.
    if (this.#unwatch.length > 0) return;
    const { phase, route, session, announcement, toasts, online, counts, unreadCount, list } = this.#store;
    const render = (): void => this.requestUpdate();
    this.#unwatch = [session, announcement, toasts, online].map((cell) => cell.watch(render));
    let before = route.value;
    this.#unwatch.push(
      phase.watch((now) => {
        this.requestUpdate();
        if (now.name === 'ready' && this.session) this.#fire('support-ready', { session: this.session });
      }),
      route.watch((now) => {
        this.#onRoute(before, now);
        before = now;
      }),
      counts.watch((now) => now && this.#fire('support-counts-change', { counts: now })),
      unreadCount.watch((now) => this.#fire('support-unread-change', { unreadCount: now })),
    );
    void list;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#children.disconnect();
    // A move within the page disconnects and connects again: only what stays out is torn down.
    queueMicrotask(() => {
      if (this.isConnected) return;
      for (const end of this.#unwatch) end();
      this.#unwatch = [];
      this.#stop();
    });
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('locale') || changed.has('messages') || !this.hasUpdated) this.#setText();
    if (this.disabled) return this.#stop();
    this.#store.configure(this.#storeOptions());
    if (changed.has('routing') && this.#running) this.#startRouting();
    if (!this.#running) this.#start();
    else if (changed.has('view') || changed.has('ticket')) this.#store.navigate(this.#attributeRoute());
    if (changed.has('status') && (this.status !== null || changed.get('status') !== undefined)) {
      this.#store.setFilter({ status: STATUSES.find((one) => one === this.status) ?? null });
    }
    this.#load();
  }

  override render(): TemplateResult | typeof nothing {
    if (this.disabled) return nothing;
    const view = this.#store.route.value.view;
    return renderShell({
      store: this.#store,
      text: this.text,
      viewReady: isLoaded(view) && this.#hasWords(),
      viewMissing: this.missing === view,
      toastsReady: isLoaded('toasts'),
      hasFallback: this.#hasContent(':scope > :not([slot])'),
      hasEmpty: this.#hasContent(':scope > [slot="empty"]'),
      retryView: () => {
        this.missing = null;
      },
    });
  }

  #start(): void {
    this.#running = true;
    const deep = this.#startRouting();
    this.#store.navigate(deep ?? this.#attributeRoute());
    this.#store.start();
  }

  #stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#router.stop();
    this.#store.stop();
  }

  #startRouting(): Route | null {
    if (this.routing === 'hash') return this.#router.start();
    this.#router.stop();
    return null;
  }

  #attributeRoute(): Route {
    if (this.ticket && (this.view === 'ticket' || this.view === 'list')) {
      return { view: 'ticket', number: this.ticket };
    }
    if (this.view === 'new' || this.view === 'settings') return { view: this.view };
    return { view: 'list' };
  }

  #storeOptions() {
    const relatedApp = this.relatedApp;
    return {
      apiUrl: this.isConnected ? resolveApiUrl(this.apiUrl) : '',
      token: { getToken: this.getToken, tokenUrl: this.tokenUrl, token: this.token },
      supportUrl: this.supportUrl?.trim() || null,
      relatedApps: this.relatedApps,
      ticketDefaults: { ...(relatedApp ? { relatedApp } : {}), ...this.ticketDefaults },
    };
  }

  #setText(): void {
    this.text = clientText(this.locale ?? nearestLanguage(this), this.messages);
    this.#text.setValue(this.text);
  }

  /** The code of the view that is shown, and what the session's role reads. */
  #load(): void {
    const wanted: ViewName[] = [this.#store.route.value.view];
    if (this.#store.toasts.value.length > 0) wanted.push('toasts');
    for (const view of wanted) {
      if (isLoaded(view) || this.missing === view) continue;
      loadView(view).then(
        () => this.requestUpdate(),
        () => {
          this.missing = view;
        },
      );
    }
    if (this.#hasWords()) return;
    loadAgentText().then(
      () => this.#setText(),
      () => {
        this.missing = this.#store.route.value.view;
      },
    );
  }

  #hasWords(): boolean {
    const role = this.session?.actor.role ?? 'client';
    return role === 'client' || hasAgentText();
  }

  #onRoute(before: Route, after: Route): void {
    this.#focus.leave(before, after);
    this.#router.write(after);
    this.#fire('support-navigate', {
      view: after.view,
      ticket: after.view === 'ticket' ? after.number : null,
    });
    this.requestUpdate();
  }

  #goBack(): boolean {
    if (!this.ready || this.#store.route.value.view === 'list') return false;
    this.#store.navigate({ view: 'list' });
    return true;
  }

  #onStoreEvent<K extends keyof StoreEvents>(type: K, detail: StoreEvents[K]): void {
    if (type === 'ticket-created') this.#fire('support-ticket-created', { ticket: detail as never });
    if (type === 'ticket-updated') this.#fire('support-ticket-updated', { ticket: detail as never });
    if (type === 'auth-error') this.#fire('support-auth-error', { error: detail as never });
    if (type === 'error') this.#fire('support-error', { error: detail as never });
    if (type === 'reply-sent') {
      const { number, message } = detail as StoreEvents['reply-sent'];
      this.#fire('support-reply-sent', { ticket: number, message });
    }
  }

  #fire<K extends SupportEventName>(name: K, detail: SupportEventDetails[K]): void {
    this.dispatchEvent(new SupportEvent(name, detail));
  }

  #hasContent(selector: string): boolean {
    return this.querySelector(selector) !== null;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center': SupportCenter;
  }
}
