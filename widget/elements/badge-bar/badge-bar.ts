import { html, type TemplateResult } from 'lit';
import { STATUSES, type Status } from '../../../server/contract/vocabulary.ts';
import { lateBadges } from '../../styles/late.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { statusIcon } from '../frame-icons.ts';
import { restOfList } from '../ticket-list/late-list.ts';
import { styles } from './badge-bar.styles.ts';

/**
 * How many tickets each status has; pressing one narrows the list to it, pressing it again shows all.
 *
 * @csspart badge-bar - the row
 * @csspart badge - one status
 * @csspart badge-count - its number
 */
export class BadgeBar extends SupportElement {
  static override styles = [...SupportElement.styles, styles, lateBadges];

  #shown: Status | null = null;

  protected override watch(): Watchable[] {
    return [this.store.counts, this.store.filter, restOfList];
  }

  protected override render(): TemplateResult {
    return html`<div class="bar" part="badge-bar" role="group" aria-label=${this.t('badges.label')}>
      ${STATUSES.map((status) => this.#badge(status))}
    </div>`;
  }

  /** Where the bar scrolls, the pressed badge is in sight; the page around is not moved. */
  protected override updated(): void {
    const { status } = this.store.filter.value;
    if (!restOfList.value || status === this.#shown) return;
    this.#shown = status;
    restOfList.value.showPressed(this.renderRoot);
  }

  #badge(status: Status): TemplateResult {
    const label = this.t(`status.${status}`);
    const count = this.store.counts.value?.[status];
    const pressed = this.store.filter.value.status === status;
    const name = count === undefined ? label : this.t('badges.badge', { status: label, count });
    return html`<button
      type="button"
      class="badge tone-${status}"
      part="badge"
      aria-pressed=${pressed ? 'true' : 'false'}
      aria-label=${name}
      @click=${() => this.store.setFilter({ status: pressed ? null : status })}
    >
      ${statusIcon(status)}<span>${label}</span>
      <span class="count numbers" part="badge-count"
        >${count === undefined ? html`<span class="unknown"></span>` : this.text.number(count)}</span
      >
    </button>`;
  }
}

if (!customElements.get('support-center-badge-bar')) {
  customElements.define('support-center-badge-bar', BadgeBar);
}
