import { html, nothing, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { SupportElement, type Watchable } from '../element.ts';
import { icons } from '../icons.ts';
import { styles } from './launcher.styles.ts';

/** Fired when the button, or the panel's own close button, is pressed. */
export class LauncherToggleEvent extends Event {
  constructor() {
    super('launcher-toggle');
  }
}

/**
 * The floating button and the panel that it opens.
 *
 * @slot - what is in the panel
 * @fires launcher-toggle - stays within the root's shadow root
 * @csspart launcher - the button
 * @csspart panel - what it opens
 */
export class Launcher extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @property({ type: Boolean }) open = false;

  @query('.launcher') private button!: HTMLButtonElement;

  protected override watch(): Watchable[] {
    return [this.store.unreadCount];
  }

  override focus(options?: FocusOptions): void {
    this.button.focus(options);
  }

  protected override render(): TemplateResult {
    const unread = this.store.unreadCount.value;
    const news = unread > 0 ? this.t('link.unread', { count: unread }) : '';
    const name = this.t(this.open ? 'launcher.close' : 'launcher.open');
    return html`<button
        class="launcher"
        part="launcher"
        aria-haspopup="dialog"
        aria-expanded=${this.open ? 'true' : 'false'}
        aria-label=${news ? `${name}, ${news}` : name}
        @click=${this.#toggle}
      >
        ${this.open ? icons.close : icons.chat}
        ${
          unread > 0
            ? html`<span class="unread numbers">${unread > 99 ? '99+' : this.text.number(unread)}</span>`
            : nothing
        }
      </button>
      <div class="pane" part="panel" role="dialog" aria-label=${this.t('app.title')} ?hidden=${!this.open}>
        <button
          class="button quiet icon pane-close"
          part="button"
          aria-label=${this.t('launcher.close')}
          @click=${this.#toggle}
        >
          ${icons.close}
        </button>
        <slot></slot>
      </div>`;
  }

  readonly #toggle = (): void => {
    this.dispatchEvent(new LauncherToggleEvent());
  };
}

if (!customElements.get('support-center-launcher')) {
  customElements.define('support-center-launcher', Launcher);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center-launcher': Launcher;
  }
}
