import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { keepTabInside } from '../../tab-stops.ts';
import { SupportElement } from '../element.ts';
import { fieldStyles } from '../field.styles.ts';
import { icons } from '../icons.ts';
import { styles } from './dialog.styles.ts';

/** Fired when the person wants the dialog gone: Escape, the close button, or a press beside it. */
export class DialogCloseEvent extends Event {
  constructor() {
    super('dialog-close');
  }
}

/**
 * A question that must be answered first. It opens and closes with `open`; it never closes itself but asks its
 * owner to with `dialog-close`. Focus goes to the slotted element with `autofocus`, else to the first action, and
 * back to where it was afterwards.
 *
 * @slot - what it is about
 * @slot actions - the buttons, the main one last
 * @fires dialog-close - stays within the owner's shadow root
 * @csspart dialog - the panel
 */
export class SupportDialog extends SupportElement {
  static override styles = [...SupportElement.styles, ...fieldStyles, styles];

  /** Whether it stands in front of everything. */
  @property({ type: Boolean }) open = false;
  @property() heading = '';
  /** The question is being carried out: nothing but its end closes the dialog. */
  @property({ type: Boolean }) busy = false;
  /** `alertdialog` for what cannot be undone. */
  @property({ type: Boolean }) alert = false;

  /**
   * What it is about and its buttons, for owners that want them inside the dialog's own tree: whoever looks for a
   * button in the dialog does not see what is slotted. Listeners in it are arrow functions, bound to their owner.
   */
  @property({ attribute: false }) content: TemplateResult | typeof nothing = nothing;
  @property({ attribute: false }) actions: TemplateResult | typeof nothing = nothing;

  @query('dialog') private dialog!: HTMLDialogElement;

  #returnTo: HTMLElement | null = null;
  #pressedBeside = false;

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // A dialog taken out of the page while open would come back closed but think it is open.
    this.open = false;
  }

  protected override render(): TemplateResult {
    return html`<dialog
      part="dialog"
      role=${this.alert ? 'alertdialog' : 'dialog'}
      aria-labelledby="heading"
      aria-describedby="body"
      aria-busy=${this.busy ? 'true' : 'false'}
      @cancel=${this.#cancel}
      @close=${this.#closed}
      @keydown=${this.#keydown}
      @pointerdown=${this.#pointerdown}
      @click=${this.#click}
    >
      <div class="panel">
        <header>
          <h2 id="heading">${this.heading}</h2>
          <button
            type="button"
            class="button quiet icon"
            part="button"
            aria-label=${this.t('action.close')}
            aria-disabled=${this.busy ? 'true' : 'false'}
            @click=${this.#ask}
          >
            ${icons.close}
          </button>
        </header>
        <div id="body" class="body">${this.content}<slot></slot></div>
        <footer>${this.actions}<slot name="actions"></slot></footer>
      </div>
    </dialog>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('open')) return;
    if (this.open && !this.dialog.open) this.#show();
    else if (!this.open && this.dialog.open) {
      this.dialog.close();
      this.#giveFocusBack();
    }
  }

  #show(): void {
    this.#returnTo = deepestFocus(this.ownerDocument);
    this.dialog.showModal();
    const actions = [
      ...this.renderRoot.querySelectorAll<HTMLElement>('footer button'),
      ...this.#slotted('actions'),
    ];
    const inside = this.renderRoot.querySelectorAll<HTMLElement>('#body [autofocus]');
    const wanted = [...inside, ...this.#slotted(''), ...actions].find((element) => element.autofocus);
    (wanted ?? actions[0])?.focus();
  }

  #slotted(name: string): HTMLElement[] {
    const slot = this.renderRoot.querySelector<HTMLSlotElement>(
      name ? `slot[name=${name}]` : 'slot:not([name])',
    );
    return (slot?.assignedElements({ flatten: true }) ?? []).flatMap((element) => [
      element as HTMLElement,
      ...element.querySelectorAll<HTMLElement>('[autofocus]'),
    ]);
  }

  #ask(): void {
    if (!this.busy) this.dispatchEvent(new DialogCloseEvent());
  }

  readonly #cancel = (event: Event): void => {
    event.preventDefault();
    this.#ask();
  };

  /** Browsers close a dialog by themselves when Escape comes twice. */
  readonly #closed = (): void => {
    // The event comes late: it may be opened again by then.
    if (!this.open || this.dialog.open) return;
    if (this.busy) {
      const back = this.#returnTo;
      this.#show();
      this.#returnTo = back;
      return;
    }
    this.#giveFocusBack();
    this.#ask();
  };

  /** Browsers do it too, but not all of them out of a shadow root. */
  #giveFocusBack(): void {
    const back = this.#returnTo;
    this.#returnTo = null;
    const focused = deepestFocus(this.ownerDocument);
    if (back?.isConnected && (!focused || focused === this.ownerDocument.body)) back.focus();
  }

  /** Escape belongs to the dialog alone: the views behind it listen for it too. */
  readonly #keydown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') event.stopPropagation();
    else keepTabInside(event);
  };

  readonly #pointerdown = (event: PointerEvent): void => {
    this.#pressedBeside = event.target === this.dialog;
  };

  readonly #click = (event: Event): void => {
    if (this.#pressedBeside && event.target === this.dialog) this.#ask();
    this.#pressedBeside = false;
  };
}

/** What has the focus, looked for through all shadow roots. */
function deepestFocus(document: Document): HTMLElement | null {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  return focused instanceof HTMLElement ? focused : null;
}

if (!customElements.get('support-center-dialog')) {
  customElements.define('support-center-dialog', SupportDialog);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center-dialog': SupportDialog;
  }
}
