import { html, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import '../badge-bar/badge-bar.ts';
import { SupportElement } from '../element.ts';
import '../ticket-filters/ticket-filters.ts';
import type { TicketFilters } from '../ticket-filters/ticket-filters.ts';
import '../ticket-list/ticket-list.ts';
import type { TicketList } from '../ticket-list/ticket-list.ts';
import { isTyping } from './is-typing.ts';
import { styles } from './list-view.styles.ts';

/**
 * Badges, filters and tickets: where the support center starts.
 *
 * @slot empty - in place of our words when there is no ticket yet
 */
export class ListView extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @query('support-center-ticket-filters') private filters!: TicketFilters;
  @query('support-center-ticket-list') private list!: TicketList;

  #keysFrom: EventTarget | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    // The header is outside of this element, and `/` works from there as well.
    this.#keysFrom = this.getRootNode();
    this.#keysFrom.addEventListener('keydown', this.#keydown);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#keysFrom?.removeEventListener('keydown', this.#keydown);
    this.#keysFrom = null;
  }

  protected override render(): TemplateResult {
    return html`<support-center-badge-bar></support-center-badge-bar>
      <support-center-ticket-filters></support-center-ticket-filters>
      <support-center-ticket-list><slot name="empty" slot="empty"></slot></support-center-ticket-list>`;
  }

  /**
   * Puts the focus on a ticket's row, as on coming back from it.
   * @returns whether the row is there
   */
  async focusTicket(number: string): Promise<boolean> {
    await this.updateComplete;
    return this.list.focusTicket(number);
  }

  readonly #keydown = (event: Event): void => {
    const { key, ctrlKey, metaKey, altKey } = event as KeyboardEvent;
    if (key !== '/' || ctrlKey || metaKey || altKey || event.defaultPrevented || isTyping(event)) return;
    // Behind another view it stays in the page, hidden.
    if (!this.checkVisibility()) return;
    event.preventDefault();
    // Hosts have a search of their own under this key.
    event.stopPropagation();
    this.filters.focusSearch();
  };
}

if (!customElements.get('support-center-list-view')) {
  customElements.define('support-center-list-view', ListView);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center-list-view': ListView;
  }
}
