import { html, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import { isAgentRole } from '../../../server/contract/vocabulary.ts';
import type { ListState } from '../../state.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { columnsOfAgents } from './columns.ts';
import { drawRows } from './keyed-rows.ts';
import { restOfList } from './late-list.ts';
import type { RestOfList } from './rest-of-list.ts';
import { skeletonRows } from './skeleton-rows.ts';
import { type CardView, ticketCard } from './ticket-card.ts';
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
  #made: RestOfList | undefined;

  protected override watch(): Watchable[] {
    return [this.store.list, this.store.session, this.store.counts, restOfList];
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
    await this.#rest?.reveal(number);
    const row = this.#row(number);
    row?.scrollIntoView({ block: 'nearest' });
    row?.querySelector<HTMLElement>('.subject')?.focus();
    return row !== null;
  }

  /** null until its code is here. */
  get #rest(): RestOfList | null {
    const { value } = restOfList;
    return value ? (this.#made ??= new value.RestOfList(this)) : null;
  }

  protected override willUpdate(): void {
    this.#rest?.look(this.store.list.value, this.text);
  }

  protected override render(): TemplateResult {
    const list = this.store.list.value;
    if (list.tickets.length > 0) return this.#filled(list);
    const rest = this.#rest;
    if (rest) return rest.instead(list) ?? skeletonRows(this.text);
    // Without the code for more, the bare words.
    const isBare = restOfList.value === false && list.status !== 'loading';
    return isBare
      ? html`${this.t(list.status === 'failed' ? 'list.failed' : 'list.empty')}`
      : skeletonRows(this.text);
  }

  /** The rows are not in the template: see `drawRows`. */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    if (!this.rows) return;
    const { tickets } = this.store.list.value;
    const view: CardView = {
      text: this.text,
      now: Date.now(),
      columns: this.#forAgent ? columnsOfAgents() : null,
      href: (number) => this.store.ticketHref(number),
    };
    drawRows(
      this.rows,
      this.#rest?.shown(tickets) ?? tickets.slice(0, WINDOWED_FROM),
      ({ number }) => number,
      (ticket) => ticketCard(ticket, view),
    );
  }

  #filled(list: ListState): TemplateResult {
    const busy = list.status === 'refreshing' || list.status === 'loading';
    return html`${this.#rest?.above(list)}
      <div class="rows ${list.status} ${this.#forAgent ? 'for-agent' : ''}">
        <ul
          role="list"
          part="ticket-list"
          aria-label=${this.t('list.label')}
          aria-busy=${busy ? 'true' : 'false'}
          @pointerdown=${this.#pointerdown}
          @click=${this.#click}
        ></ul>
      </div>
      ${this.#rest?.below(list)}`;
  }

  get #forAgent(): boolean {
    const actor = this.store.session.value?.actor;
    return actor !== undefined && isAgentRole(actor.role);
  }

  #row(number: string): HTMLElement | null {
    return this.renderRoot.querySelector(`[data-number="${CSS.escape(number)}"]`);
  }

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
    if (aside) return this.#rest?.openAside(row);
    const moved = Math.hypot(event.clientX - this.#pressedAt.x, event.clientY - this.#pressedAt.y);
    // A key press on the subject comes as a click without a place and with detail 0.
    if (event.detail > 0 && moved > STILL_A_CLICK) return;
    event.preventDefault();
    this.#open(row);
  };
}

if (!customElements.get('support-center-ticket-list')) {
  customElements.define('support-center-ticket-list', TicketList);
}
