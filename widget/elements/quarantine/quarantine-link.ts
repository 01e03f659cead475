import { css, html, nothing, type TemplateResult } from 'lit';
import { SupportElement, type Watchable } from '../element.ts';
import { moreIcons } from '../more-icons.ts';

/**
 * @summary The way into the quarantine, beside the heading of the list: there while mails wait for an agent.
 */
export class QuarantineLink extends SupportElement {
  static override styles = [
    ...SupportElement.styles,
    css`
      :host {
        display: contents;
      }
      .count {
        color: var(--_muted);
        font-weight: 400;
      }
      @container (max-width: 559px) {
        .word {
          display: none;
        }
        .button {
          padding-inline: 9px;
        }
      }
    `,
  ];

  protected override watch(): Watchable[] {
    return [this.store.quarantine];
  }

  protected override render(): TemplateResult | typeof nothing {
    const count = this.store.quarantine.value?.total ?? 0;
    if (count === 0) return nothing;
    const name = this.t('quarantine.title');
    return html`<button
      type="button"
      class="button quiet"
      part="button"
      aria-label=${this.t('badges.badge', { status: name, count })}
      title=${name}
      @click=${() => this.store.navigate({ view: 'quarantine' })}
    >
      ${moreIcons.mail}<span class="word">${name}</span>
      <span class="count numbers">${this.text.number(count)}</span>
    </button>`;
  }
}

const TAG = 'support-center-quarantine-link';
if (!customElements.get(TAG)) customElements.define(TAG, QuarantineLink);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: QuarantineLink;
  }
}
