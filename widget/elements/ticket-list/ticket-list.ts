import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { isAgentRole } from '../../../server/contract/vocabulary.ts';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { ListState } from '../../state.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { isNarrowed, totalOf } from '../ticket-filters/narrowed.ts';
import { columnsOfAgents } from './columns.ts';
import { drawRows } from './keyed-rows.ts';
import { failedNotice, failedPanel, noTicketsYet, nothingFound, skeletonRows } from './list-states.ts';
import { rowFor } from './row-keys.ts';
import { type CardView, ticketCard } from './ticket-card.ts';
import type { ListWindow } from './list-window.ts';
import { styles } from './ticket-list.styles.ts';

/** Dates are relative: they are told anew this often, in milliseconds. */
const TELL_TIME_EVERY = 60_000;
/** A list of so many shows the rows in sight only. */
const WINDOWED_FROM = 200;
/** A pointer that moved further than this between press and release selects text; in px. */
const STILL_A_CLICK = 5;

/**
 * The tickets that the filters leave, or why there are none.
 *
 * @slot empty - in place of our words when there is no ticket yet
 * @csspart ticket-list - the list
 * @csspart ticket-card - one ticket
 * @csspart ticket-number
 * @csspart ticket-subject
 * @csspart priority
 * @csspart status
 */
export class TicketList extends SupportElement {
  static override styles = [...SupportElement.styles, ...styles];

  @query('ul') private rows!: HTMLUListElement | null;

  #clock: ReturnType<typeof setInterval> | undefined;
  #pressedAt = { x: 0, y: 0 };
  /** Whether the last failure was one of "Load more": it is told where the eye is then. */
  #moreFailed = false;
  #settled: ListState['status'] = 'loading';
  /** null: not needed so far; false: its code could not be loaded. */
  #window: ListWindow | Promise<void> | false | null = null;

  protected override watch(): Watchable[] {
    return [this.store.list, this.store.session, this.store.counts];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#clock = setInterval(() => this.requestUpdate(), TELL_TIME_EVERY);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#clock);
  }

  /** Puts the focus on a ticket's row. @returns whether it is there */
  async focusTicket(number: string): Promise<boolean> {
    await this.updateComplete;
    await (this.#window as ListWindow | null)?.reveal?.(number);
    const row = this.#row(number);
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector<HTMLElement>('.subject')?.focus();
    return row !== null;
  }

  protected override willUpdate(): void {
    const { status } = this.store.list.value;
    if (status === 'ready' || status === 'failed') this.#settled = status;
    if (status !== 'failed' && status !== 'loading-more') this.#moreFailed = false;
  }

  protected override render(): TemplateResult {
    const list = this.store.list.value;
    if (list.tickets.length > 0) return this.#filled(list);
    if (list.status === 'failed') return failedPanel(this.text, list.error, this.#retry);
    const waiting = list.status === 'loading' || (list.status === 'refreshing' && this.#settled === 'failed');
    if (waiting) return skeletonRows(this.text);
    if (isNarrowed(this.store.filter.value)) return nothingFound(this.text, () => this.store.clearFilter());
    const own = this.#hasOwnEmpty();
    return html`<slot name="empty" ?hidden=${!own} @slotchange=${() => this.requestUpdate()}></slot>
      ${own ? nothing : noTicketsYet(this.text, this.#forAgent, this.#create)}`;
  }

  /** The rows are not in the template: see `drawRows`. */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (!this.rows) return;
    const view: CardView = {
      text: this.text,
      now: Date.now(),
      columns: this.#forAgent ? columnsOfAgents() : null,
      href: (number) => this.store.ticketHref(number),
    };
    drawRows(
      this.rows,
      this.#inWindow(this.store.list.value.tickets),
      ({ number }) => number,
      (ticket) => ticketCard(ticket, view),
    );
  }

  #filled(list: ListState): TemplateResult {
    const busy = list.status === 'refreshing' || list.status === 'loading';
    const failed = list.status === 'failed' && failedNotice(this.text, list.error, this.#retry);
    return html`${failed && !this.#moreFailed ? failed : nothing}
      <div class="rows ${list.status} ${this.#forAgent ? 'for-agent' : ''}">
        <ul
          role="list"
          part="ticket-list"
          aria-label=${this.t('list.label')}
          aria-busy=${busy ? 'true' : 'false'}
          @pointerdown=${this.#pointerdown}
          @click=${this.#click}
          @auxclick=${this.#auxclick}
          @keydown=${this.#keydown}
        ></ul>
      </div>
      ${failed && this.#moreFailed ? failed : nothing} ${list.nextCursor ? this.#more(list) : nothing}`;
  }

  /** Of a long list the rows in sight; until the code for that is here, the first ones. */
  #inWindow(tickets: Ticket[]): Ticket[] {
    const part = this.#window;
    if (part && 'show' in part) return part.show(tickets, WINDOWED_FROM);
    if (part === false || tickets.length < WINDOWED_FROM) return tickets;
    this.#window ??= import('./list-window.ts')
      .then(
        ({ ListWindow }) => void (this.#window = new ListWindow(this)),
        () => void (this.#window = false),
      )
      .then(() => this.requestUpdate());
    return tickets.slice(0, WINDOWED_FROM);
  }

  #more(list: ListState): TemplateResult {
    const busy = list.status === 'loading-more';
    const total = totalOf(this.store.counts.value, this.store.filter.value.status);
    const count = list.tickets.length;
    return html`<div class="more">
      <button
        type="button"
        class="button"
        part="button"
        aria-disabled=${busy ? 'true' : 'false'}
        @click=${this.#loadMore}
      >
        ${busy ? html`<span class="spinner"></span>${this.t('list.more.busy')}` : this.t('list.more')}
      </button>
      ${
        total !== null && total > count
          ? html`<span class="muted small numbers">${this.t('list.shown', { count, total })}</span>`
          : nothing
      }
    </div>`;
  }

  get #forAgent(): boolean {
    const actor = this.store.session.value?.actor;
    return actor !== undefined && isAgentRole(actor.role);
  }

  #row(number: string): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-number="${CSS.escape(number)}"]`);
  }

  /** The host's content comes through the slots of the elements around: an empty one of those does not count. */
  #hasOwnEmpty(): boolean {
    const given = [...this.children].filter((child) => child.slot === 'empty');
    return given.some(
      (child) => !(child instanceof HTMLSlotElement) || child.assignedNodes({ flatten: true }).some(says),
    );
  }

  readonly #create = (): void => this.store.navigate({ view: 'new' });

  readonly #retry = (): void => {
    if (this.#moreFailed) void this.#loadMore();
    // What fails again is in the list's state.
    else this.store.refresh().catch(() => undefined);
  };

  readonly #loadMore = async (): Promise<void> => {
    const before = this.store.list.value;
    if (before.status === 'loading-more') return;
    this.#moreFailed = true;
    await this.store.loadMore().catch(() => undefined);
    await this.updateComplete;
    const first = this.store.list.value.tickets[before.tickets.length];
    if (first && this.store.list.value.status !== 'failed') await this.focusTicket(first.number);
  };

  #open(row: HTMLElement): void {
    this.store.navigate({ view: 'ticket', number: row.dataset['number']! });
  }

  readonly #pointerdown = (event: PointerEvent): void => {
    this.#pressedAt = { x: event.clientX, y: event.clientY };
  };

  readonly #click = (event: MouseEvent): void => {
    const row = (event.target as Element).closest<HTMLElement>('[data-number]');
    if (!row || event.defaultPrevented) return;
    const link = (event.target as Element).closest('a');
    const aside = event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (aside && link) return;
    if (aside) return this.#openAside(row);
    const moved = Math.hypot(event.clientX - this.#pressedAt.x, event.clientY - this.#pressedAt.y);
    // A key press on the subject comes as a click without a place and with detail 0.
    if (event.detail > 0 && moved > STILL_A_CLICK) return;
    event.preventDefault();
    this.#open(row);
  };

  /** The middle button opens a tab, beside the link too. */
  readonly #auxclick = (event: MouseEvent): void => {
    const target = event.target as Element;
    const row = target.closest<HTMLElement>('[data-number]');
    if (event.button === 1 && row && !target.closest('a')) this.#openAside(row);
  };

  #openAside(row: HTMLElement): void {
    const href = this.store.ticketHref(row.dataset['number']!);
    if (href) window.open(href, '_blank', 'noopener');
  }

  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.shiftKey) return;
    const from = (event.target as Element).closest('li');
    const row = from && this.rows && rowFor(event.key, from, this.rows);
    if (!row) return;
    event.preventDefault();
    row.querySelector<HTMLElement>('.subject')?.focus();
    row.scrollIntoView({ block: 'nearest' });
  };
}

function says(node: Node): boolean {
  return node instanceof Element || (node.textContent ?? '').trim() !== '';
}

if (!customElements.get('support-center-ticket-list')) {
  customElements.define('support-center-ticket-list', TicketList);
}
