import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { keepTabInside } from '../../tab-stops.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { icons } from '../icons.ts';
import { styles } from './launcher.styles.ts';

/** Fired when the button, or something that closes the panel, is pressed. */
export class LauncherToggleEvent extends Event {
  constructor() {
    super('launcher-toggle');
  }
}

/**
 * The floating button and the modal dialog that it opens: in the top layer, with the page behind out of reach.
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
  @query('.corner') private corner!: HTMLElement;
  @query('dialog') private dialog!: HTMLDialogElement;

  #pressedBeside = false;
  #isPlaced = false;

  override connectedCallback(): void {
    super.connectedCallback();
    // What was in the top layer is so no more, and the ancestors may be others.
    this.#isPlaced = false;
  }

  protected override watch(): Watchable[] {
    return [this.store.unreadCount];
  }

  override focus(options?: FocusOptions): void {
    this.button.focus(options);
  }

  protected override render(): TemplateResult {
    const unread = this.store.unreadCount.value;
    const news = unread > 0 ? this.t('link.unread', { count: unread }) : '';
    const name = this.t('launcher.open');
    // The corner is that of the page, whichever way its words or ours run.
    const page = getComputedStyle((this.getRootNode() as ShadowRoot).host).direction;
    return html`<div class="corner" dir=${page}>
        <button
          class="launcher"
          part="launcher"
          aria-haspopup="dialog"
          aria-expanded=${this.open ? 'true' : 'false'}
          aria-label=${news ? `${name}, ${news}` : name}
          @click=${this.#toggle}
        >
          ${icons.chat}
          ${
            unread > 0
              ? html`<span class="unread numbers">${unread > 99 ? '99+' : this.text.number(unread)}</span>`
              : nothing
          }
        </button>
      </div>
      <dialog
        class="stage"
        dir=${page}
        aria-label=${this.t('app.title')}
        @cancel=${this.#cancel}
        @close=${this.#closed}
        @keydown=${keepTabInside}
        @pointerdown=${this.#press}
        @click=${this.#click}
      >
        <div class="pane" part="panel" dir=${this.text.direction}>
          <div class="bar">
            <button
              class="button quiet icon"
              part="button"
              aria-label=${this.t('launcher.close')}
              @click=${this.#toggle}
            >
              ${icons.close}
            </button>
          </div>
          <div class="content"><slot></slot></div>
        </div>
      </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { dialog, open } = this;
    if (!open && (changed.has('open') || !this.#isPlaced)) this.#place();
    this.#isPlaced = true;
    if (open === dialog.matches(':modal')) return;
    if (dialog.open) dialog.close();
    if (open) dialog.showModal();
  }

  /** What stood in for the button gives way to it. */
  protected override firstUpdated(): void {
    const root = this.getRootNode() as ShadowRoot;
    const standIn = root.querySelector('[exportparts=launcher]');
    if (standIn && root.activeElement === standIn) this.focus();
    standIn?.remove();
  }

  /**
   * Inside an ancestor with a transform, a filter or containment, `fixed` is not fixed to the window: from there the
   * button goes into the top layer, where no `z-index` counts.
   */
  #place(): void {
    const { corner } = this;
    corner.popover = null;
    if (!corner.offsetParent) return;
    corner.popover = 'manual';
    corner.showPopover();
  }

  readonly #toggle = (): void => {
    this.dispatchEvent(new LauncherToggleEvent());
  };

  /** Escape that no view had a use for, or the gesture of a phone that means the same. */
  readonly #cancel = (event: Event): void => {
    if (event.target !== this.dialog) return;
    event.preventDefault();
    this.#toggle();
  };

  /** Browsers close it by themselves when Escape comes twice. */
  readonly #closed = (): void => {
    if (this.open && !this.dialog.open) this.#toggle();
  };

  readonly #press = (event: Event): void => {
    this.#pressedBeside = event.target === this.dialog;
  };

  /** Beside the panel, where the page is seen but cannot be reached. A selection that ends there is no click. */
  readonly #click = (event: Event): void => {
    if (this.#pressedBeside && event.target === this.dialog) this.#toggle();
    this.#pressedBeside = false;
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
