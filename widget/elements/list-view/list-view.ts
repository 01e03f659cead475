import { html, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import '../badge-bar/badge-bar.ts';
import { SupportElement } from '../element.ts';
import '../ticket-list/ticket-list.ts';
import type { TicketList } from '../ticket-list/ticket-list.ts';
import { styles } from './list-view.styles.ts';

/**
 * Badges, filters and tickets: where the support center starts. The filters come to life once the tickets are here.
 *
 * @slot empty - in place of our words when there is no ticket yet
 */
export class ListView extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @query('support-center-ticket-list') private list!: TicketList;

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
}

if (!customElements.get('support-center-list-view')) {
  customElements.define('support-center-list-view', ListView);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center-list-view': ListView;
  }
}
