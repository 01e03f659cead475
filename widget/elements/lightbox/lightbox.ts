import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import type { Attachment } from '../../../server/contract/tickets.ts';
import { failureText } from '../../text/failure.ts';
import { keepTabInside } from '../../tab-stops.ts';
import { saveAs } from '../attachment-list/save-as.ts';
import { SupportElement } from '../element.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { styles } from './lightbox.styles.ts';

/** The person wants the image gone. Does not leave the owner's shadow root. */
export class LightboxCloseEvent extends Event {
  constructor() {
    super('lightbox-close');
  }
}

/**
 * @summary One image large, in front of everything; the others of its message by the arrow keys. Open for as long
 *   as it is in the page.
 * @event lightbox-close - asks the owner to take it out
 * @csspart dialog - all of it
 */
export class SupportLightbox extends SupportElement {
  static override styles = [SupportElement.styles, styles].flat();

  @property({ attribute: false }) images: Attachment[] = [];
  /** With which it begins. */
  @property({ attribute: false }) image!: Attachment;

  /** The one that is shown. Not `image`: its owner gives that again with every change of its own. */
  @state() current!: Attachment;
  @state() private url: string | null = null;
  @state() private failure: unknown = null;
  @query('dialog') private dialog!: HTMLDialogElement;

  protected override firstUpdated(): void {
    this.dialog.showModal();
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('image')) this.current = this.image;
    if (changed.has('current')) void this.#load(this.current);
  }

  protected override render(): TemplateResult {
    const { name } = this.current;
    return html`<dialog
      part="dialog"
      aria-label=${this.t('lightbox.label', { name })}
      @close=${this.#onClose}
      @keydown=${this.#onKeydown}
      @click=${this.#onClick}
    >
      <header>
        <bdi class="name">${name}</bdi>
        ${
          this.images.length > 1
            ? html`<span class="position numbers" aria-live="polite"
                >${this.t('lightbox.position', {
                  count: this.#index + 1,
                  total: this.images.length,
                })}</span
              >`
            : nothing
        }
        <span class="actions">
          ${this.#renderButton(moreIcons.download, this.t('files.download', { name }), () => this.#save())}
          ${this.#renderButton(icons.close, this.t('action.close'), () => this.dialog.close())}
        </span>
      </header>
      <div class="stage">
        ${this.#renderStep(-1)}
        ${
          this.failure
            ? html`<p class="failure" role="alert">
                ${icons.alert}${this.t('files.load-failed', { name })} ${failureText(this.text, this.failure)}
              </p>`
            : this.url
              ? html`<img src=${this.url} alt=${name} />`
              : html`<span class="spinner"></span>`
        }
        ${this.#renderStep(1)}
      </div>
    </dialog>`;
  }

  get #index(): number {
    return this.images.findIndex(({ id }) => id === this.current.id);
  }

  #renderStep(step: -1 | 1): TemplateResult | typeof nothing {
    if (this.images.length < 2) return nothing;
    const label = this.t(step < 0 ? 'lightbox.previous' : 'lightbox.next');
    return html`<span class=${step < 0 ? 'step back' : 'step on'}
      >${this.#renderButton(moreIcons.back, label, () => this.#step(step))}</span
    >`;
  }

  #renderButton(icon: unknown, label: string, run: () => void): TemplateResult {
    return html`<button type="button" aria-label=${label} title=${label} @click=${run}>${icon}</button>`;
  }

  /** Around at both ends. */
  #step(step: number): void {
    const count = this.images.length;
    this.current = this.images[(this.#index + step + count) % count]!;
  }

  async #load(image: Attachment): Promise<void> {
    this.url = null;
    this.failure = null;
    try {
      const url = await this.store.attachmentUrl(image);
      if (image === this.current) this.url = url;
    } catch (error) {
      if (image === this.current) this.failure = error;
    }
  }

  #save(): void {
    if (this.url) saveAs(this.url, this.current.name);
  }

  readonly #onKeydown = (event: KeyboardEvent): void => {
    // The views behind listen for these too.
    event.stopPropagation();
    keepTabInside(event);
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (!step || this.images.length < 2) return;
    event.preventDefault();
    this.#step(this.text.direction === 'rtl' ? -step : step);
  };

  readonly #onClick = (event: Event): void => {
    const target = event.composedPath()[0] as HTMLElement;
    if (target === this.dialog || target.matches('.stage')) this.dialog.close();
  };

  /** The browser has given the focus back by then. */
  readonly #onClose = (): void => {
    this.dispatchEvent(new LightboxCloseEvent());
  };
}

const TAG = 'support-center-lightbox';
if (!customElements.get(TAG)) customElements.define(TAG, SupportLightbox);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: SupportLightbox;
  }
}
