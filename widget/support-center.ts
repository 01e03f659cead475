import { nothing, type PropertyValues, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { Session } from '../server/contract/session.ts';
import type { Counts } from '../server/contract/tickets.ts';
import { isAgentRole, STATUSES } from '../server/contract/vocabulary.ts';
import { Cell } from './cell.ts';
import { provideContext } from './context.ts';
import { deepActive, hasFocus } from './deep-active.ts';
import { restOfList } from './elements/ticket-list/late-list.ts';
import { lateFocus } from './late-focus.ts';
import { loadRouting, routing } from './loader.ts';
import type { HashRouter } from './router.ts';
import { renderShell } from './shell.ts';
import { isSameView, NO_FILTER, type ListFilter, type Route, type TicketDefaults } from './state.ts';
import { Store } from './store.ts';
import { base } from './styles/base.styles.ts';
import { lateShell } from './styles/late.ts';
import { tokens } from './styles/tokens.styles.ts';
import { shellStyles } from './support-center.styles.ts';
import { attributeRoute, storeOptions, SupportOptions } from './support-options.ts';
import { hasFallback, watchSurroundings } from './surroundings.ts';
import { fire, tellHost } from './tell-host.ts';
import { currentText, nearestLanguage } from './text/load.ts';
import { ViewCode } from './view-code.ts';

/**
 * @summary A support center for the signed-in user of the page: clients file and follow tickets, agents work them.
 *
 * @slot - Shown until the element is ready, also before the script has loaded.
 * @slot header - Above every view, such as office hours or a status notice.
 * @slot empty - In place of our words when there is no ticket yet.
 * @slot footer - Below every view.
 *
 * @fires {SupportEvent<'support-ready'>} support-ready - The session is known and the list is here. `detail.session`
 * @fires {SupportEvent<'support-navigate'>} support-navigate - Another view is shown. `detail.view`, `detail.ticket`
 * @fires {SupportEvent<'support-ticket-created'>} support-ticket-created - `detail.ticket`
 * @fires {SupportEvent<'support-ticket-updated'>} support-ticket-updated - Changed, closed or reopened here. `detail.ticket`
 * @fires {SupportEvent<'support-reply-sent'>} support-reply-sent - `detail.ticket` (its number), `detail.message`
 * @fires {SupportEvent<'support-counts-change'>} support-counts-change - `detail.counts`
 * @fires {SupportEvent<'support-unread-change'>} support-unread-change - `detail.unreadCount`
 * @fires {SupportEvent<'support-open'>} support-open - The launcher's panel was opened.
 * @fires {SupportEvent<'support-close'>} support-close - The launcher's panel was closed.
 * @fires {SupportEvent<'support-auth-error'>} support-auth-error - No token could be had, or the server refused it. `detail.error`
 * @fires {SupportEvent<'support-error'>} support-error - The server failed or could not be reached. `detail.error`
 *
 * @csspart base - Everything but the launcher's button.
 * @csspart header - The row with the title and the main buttons.
 * @csspart title - The heading "Support".
 * @csspart badge-bar - The row of statuses with their counts.
 * @csspart badge - One status.
 * @csspart badge-count - Its count.
 * @csspart filters - Search, filters and sort.
 * @csspart search - The search field.
 * @csspart ticket-list - The list of tickets.
 * @csspart ticket-card - One ticket in the list.
 * @csspart ticket-number - The number of a ticket.
 * @csspart ticket-subject - Its subject, in the list and as the heading of its page.
 * @csspart priority - Its priority.
 * @csspart status - Its status.
 * @csspart form - The form for a new ticket.
 * @csspart field - A label with its control and what stands below.
 * @csspart label - The label of a control.
 * @csspart input - A text field of one line.
 * @csspart textarea - A text field of several lines.
 * @csspart select - A choice.
 * @csspart button - Every button.
 * @csspart button-primary - The main button of a view.
 * @csspart button-danger - The button that deletes.
 * @csspart dropzone - Where files are dropped.
 * @csspart attachment - One file.
 * @csspart thread - The conversation.
 * @csspart message - One message.
 * @csspart message-internal - One that only agents see.
 * @csspart composer - Where a reply is written.
 * @csspart controls - What agents change about a ticket.
 * @csspart settings - The settings of an admin.
 * @csspart dialog - A question that must be answered first.
 * @csspart toast - A line that goes away by itself.
 * @csspart error - A notice of something that failed.
 * @csspart launcher - The floating button.
 * @csspart panel - What the launcher opens.
 *
 * @cssprop [--support-launcher-place=end] - Where the launcher stands, as of `place-self`: `end start` is below at the start of a line, in the direction of the page.
 * @cssprop [--support-launcher-inset=20px] - Its distance from the edges of the window, safe areas apart.
 * @cssprop [--support-launcher-z-index=2147483000] - Its button's place in the page's stack; the open panel is in front of everything.
 */
export class SupportCenter extends SupportOptions {
  static override styles = [tokens, base, shellStyles, lateShell];

  @state() private panelOpen = false;

  readonly #text = new Cell(currentText('en', {}));
  readonly #store: Store;
  readonly #code = new ViewCode(this, () => this.#setText());
  readonly #focus = lateFocus(
    this,
    () => this.#code.words.bring('late'),
    () => this.#goBack(),
  );
  #unwatch: Array<() => void> = [];
  #router: HashRouter | null = null;
  #running = false;
  #shown: Route | null = null;

  constructor() {
    super();
    this.#store = new Store(storeOptions(this, 'en'), (type, detail) =>
      fire(this, `support-${type}`, detail as never),
    );
    provideContext(this, { store: this.#store, text: this.#text });
  }

  /** Who uses it and what they may do; null until it is known. */
  get session(): Session | null {
    return this.#store.session.value;
  }
  /** Tickets by status, under the present search and filters; null until they are known. */
  get counts(): Counts | null {
    return this.#store.counts.value;
  }
  /** Tickets with something new for the user; for agents, of those assigned to them. */
  get unreadCount(): number {
    return this.#store.unreadCount.value;
  }
  /** Whether the session is known and the list is here. */
  get ready(): boolean {
    return this.#store.phase.value.name === 'ready';
  }

  /** Shows the form, filled with `defaults` over `ticketDefaults`. */
  newTicket(defaults: TicketDefaults = {}): void {
    this.open();
    // A host that has just set `ticketDefaults` need not wait.
    if (this.#running) this.#configure();
    this.#store.navigate({ view: 'new', defaults });
  }

  /** Shows a ticket, such as `SUP-1001`. */
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

  /** Opens the launcher's panel; in page layout there is nothing to open. */
  open(): void {
    if (this.layout !== 'launcher' || this.panelOpen) return;
    this.panelOpen = true;
    this.#focus((focus) => focus.enter(this.#store.route.value));
    fire(this, 'support-open', null);
  }

  /** Closes the launcher's panel. */
  close(): void {
    if (this.layout !== 'launcher' || !this.panelOpen) return;
    this.panelOpen = false;
    this.#focus((focus) => focus.exit());
    fire(this, 'support-close', null);
  }

  /** Opens or closes the launcher's panel. */
  toggle(): void {
    if (this.panelOpen) this.close();
    else this.open();
  }

  /** Loads what is shown anew; after `logout`, starts over with a new token. */
  async refresh(): Promise<void> {
    // What fails is on screen and in `support-error`.
    if (this.#running) await this.#store.refresh().catch(() => undefined);
  }

  /** Drops everything of this user: tickets, drafts, files, the token, answers in flight. */
  logout(): void {
    this.#store.logout();
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.#unwatch.length === 0) this.#watch();
    // Moved, it may stand among other words.
    if (this.hasUpdated) this.#setText();
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
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
    if (this.disabled || !this.isConnected) return this.#stop();
    this.#configure();
    if (changed.has('status') && (this.hasUpdated || this.status !== null)) {
      this.#store.setFilter({ status: STATUSES.find((one) => one === this.status) ?? null });
    }
    if (this.routing === 'hash' && routing() === undefined) {
      return void loadRouting().then(() => this.requestUpdate());
    }
    if (!this.#running) this.#start();
    else if (changed.has('routing')) this.#startRouting();
    if (this.#running && this.hasUpdated && (changed.has('view') || changed.has('ticket'))) {
      // `view` alone, away from the ticket that is still named.
      const stays = changed.has('ticket') || this.view === 'ticket';
      this.#store.navigate(attributeRoute(this, stays ? this.ticket : null));
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.disabled) return nothing;
    const launcher = this.layout === 'launcher';
    if (launcher && !this.#code.want('launcher', false)) return nothing;
    const visible = !launcher || this.panelOpen;
    this.#store.setAttended(visible);
    const { view } = this.#store.route.value;
    // Before there is a field to type into: its keys stay inside.
    if (visible && (view !== 'list' || this.#store.phase.value.name !== 'starting')) this.#focus();
    const forAgent = isAgentRole(this.session?.actor.role ?? 'client');
    const viewReady = visible && this.#code.want(view, forAgent);
    const saying = this.#store.toasts.value.length > 0;
    if (this.ready && viewReady) this.#code.prefetch(['ticket', 'new']);
    return renderShell({
      store: this.#store,
      text: this.#text.value,
      viewReady,
      viewFailed: this.#code.failed,
      toastsReady: saying && this.#code.want('toasts', false),
      hasFallback: hasFallback(this),
      launcher: launcher ? { open: this.panelOpen, toggle: () => this.toggle() } : null,
      retryView: () => this.#code.retry(),
    });
  }

  #watch(): void {
    const { phase, route, session, announcement, toasts, online, unreadCount } = this.#store;
    const cells = [session, announcement, toasts, online, phase, unreadCount, restOfList] as Array<
      Cell<unknown>
    >;
    const render = (): void => this.requestUpdate();
    this.#unwatch = [
      ...cells.map((cell) => cell.watch(render)),
      route.watch((now) => this.#onRoute(now)),
      ...tellHost(this, this.#store, this.#text),
      watchSurroundings(this, render, () => this.#setText()),
    ];
  }

  #start(): void {
    const deep = this.#startRouting();
    // Back in the page after it was taken out: where it was left.
    const route = deep ?? (this.#shown ? this.#store.route.value : attributeRoute(this, this.ticket));
    // Whoever comes by a link wants to see what it names.
    if (deep && !this.#shown) this.open();
    this.#shown = route;
    this.#store.navigate(route);
    this.#running = true;
    this.#store.start();
  }

  /** @returns the route that the address names */
  #startRouting(): Route | null {
    const found = this.routing === 'hash' ? routing() : null;
    this.#store.hrefOf = found ? found.hrefOfRoute : null;
    this.#router?.stop();
    if (!found) return null;
    this.#router ??= new found.HashRouter((route) => {
      // Not when it is back on the page without a hash.
      if (location.hash) this.open();
      this.#store.navigate(route);
    });
    return this.#router.start();
  }

  #stop(): void {
    if (!this.#running) return;
    this.#running = false;
    this.#router?.stop();
    this.#store.stop();
  }

  #configure(): void {
    this.#store.configure(storeOptions(this, this.#text.value.locale));
  }

  #setText(): void {
    const { words } = this.#code;
    words.ask(this.locale ?? nearestLanguage(this));
    this.#text.set(currentText(words.locale, this.messages));
    this.requestUpdate();
  }

  #onRoute(now: Route): void {
    const before = this.#shown;
    this.#shown = now;
    this.requestUpdate();
    if (!this.#running || !before || isSameView(before, now)) return;
    // Seen now: the view that has the focus is about to go.
    const active = deepActive(this.ownerDocument);
    if (hasFocus(this)) this.#focus((focus) => focus.leave(before, now, active));
    this.#router?.write(now);
    fire(this, 'support-navigate', { view: now.view, ticket: now.view === 'ticket' ? now.number : null });
  }

  #goBack(): boolean {
    if (!this.ready) return false;
    if (this.#store.route.value.view !== 'list') this.#store.navigate({ view: 'list' });
    else if (this.panelOpen) this.close();
    else return false;
    return true;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center': SupportCenter;
  }
}
