import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { LIMITS } from '../../../server/contract/limits.ts';
import type { Attachment } from '../../../server/contract/tickets.ts';
import { bytes } from '../../text/bytes.ts';
import { failureText } from '../../text/failure.ts';
import { SupportElement } from '../element.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { formStyles } from '../../styles/form.styles.ts';
import { styles } from './attachment-picker.styles.ts';
import { UploadQueue, type UploadItem, type UploadLimits } from './upload-queue.ts';

/** The files of the picker changed: uploaded, removed, under way or failed. Does not leave the shadow root. */
export class AttachmentsChangeEvent extends Event {
  constructor() {
    super('attachments-change');
  }
}

/**
 * @summary The files that go with one message: chosen, dropped or pasted, uploaded at once, each with its
 *   progress, its error and a way to remove it. Used by the form and, `compact`, by the composer.
 * @event attachments-change - `attachments`, `busy` or `failed` changed
 * @slot actions - beside the button of the compact layout
 * @csspart dropzone - where files can be dropped
 * @csspart attachment - one file
 */
export class AttachmentPicker extends SupportElement {
  static override styles = [SupportElement.styles, formStyles, styles].flat();

  @property({ type: Boolean }) disabled = false;
  /** A small button and what is slotted beside it, in place of label and drop area. */
  @property({ type: Boolean, reflect: true }) compact = false;
  /** Files hover over the place that belongs to this picker. */
  @property({ type: Boolean, reflect: true }) dragging = false;

  @query('input') private input!: HTMLInputElement;

  readonly #queue = new UploadQueue(
    (file, options) => this.store.upload(file, options),
    () => this.#limits,
    (item) => this.#onQueueChange(item),
  );
  #attachments: Attachment[] = [];

  /** What is uploaded and not removed. Setting it restores a draft's files; uploads under way go on. */
  @property({ attribute: false })
  get attachments(): Attachment[] {
    return this.#attachments;
  }
  set attachments(attachments: readonly Attachment[]) {
    const same =
      attachments.length === this.#attachments.length &&
      attachments.every((attachment, index) => attachment.id === this.#attachments[index]?.id);
    if (!same) this.#queue.restore(attachments);
  }

  /** Whether an upload is still under way. */
  get busy(): boolean {
    return this.#queue.items.some(({ state }) => state === 'waiting' || state === 'uploading');
  }

  /** Whether an upload failed that the person has neither repeated nor removed. */
  get failed(): boolean {
    return this.#queue.items.some(({ state }) => state === 'failed');
  }

  get #limits(): UploadLimits {
    return this.store.session.value?.limits ?? LIMITS;
  }

  protected override watch() {
    return [this.store.session];
  }

  /** Uploads what the limits allow; what they do not is listed with the reason. */
  addFiles(files: Iterable<File>): void {
    this.#queue.add(files);
  }

  /** Empties the picker and gives up what is under way. */
  clear(): void {
    this.#queue.clear();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    // Being moved in the page also disconnects: give up only when it stays away.
    queueMicrotask(() => {
      if (!this.isConnected) this.#queue.clear();
    });
  }

  override focus(options?: FocusOptions): void {
    this.input?.focus(options);
  }

  #onQueueChange(item: UploadItem | null): void {
    const attachments = this.#queue.items.flatMap(({ attachment }) => attachment ?? []);
    const before = this.#attachments;
    if (attachments.map(({ id }) => id).join() !== before.map(({ id }) => id).join()) {
      this.#attachments = attachments;
    }
    this.requestUpdate();
    if (!this.isConnected) return;
    this.dispatchEvent(new AttachmentsChangeEvent());
    if (item?.state === 'done') this.store.announce(this.t('files.uploaded', { name: item.name }));
    if (item?.problem) this.store.announce(this.#problemText(item));
  }

  protected override willUpdate(changed: PropertyValues): void {
    if (changed.has('disabled') && this.disabled) this.dragging = false;
  }

  protected override render(): TemplateResult {
    const limit = this.t('files.limit', {
      count: this.#limits.filesPerMessage,
      size: bytes(this.text, this.#limits.fileMaxBytes),
    });
    return this.compact
      ? html`${this.#renderItems()}
          <div class="row">
            <span class="attach button quiet icon" title=${this.t('files.choose')}>
              ${moreIcons.clip}<label class="sr" for="files">${this.t('files.label')}</label
              >${this.#renderInput()}
            </span>
            <span class="sr" id="hint">${limit}</span>
            <slot name="actions"></slot>
          </div>`
      : html`<label class="label" part="label" for="files">${this.t('files.label')}</label>
          <div class="dropzone" part="dropzone">
            ${moreIcons.clip}
            <span id="hint"
              ><span class="strong">${this.t('files.drop')}</span> <span class="muted">${limit}</span></span
            >
            ${this.#renderInput()}
          </div>
          ${this.#renderItems()}`;
  }

  /** Lies transparent over its button or drop area, so that a click and a drop reach it anywhere there. */
  #renderInput(): TemplateResult {
    return html`<input
      id="files"
      type="file"
      multiple
      title=""
      aria-describedby="hint"
      ?disabled=${this.disabled}
      @change=${this.#onChoose}
    />`;
  }

  #onChoose(): void {
    const files = [...(this.input.files ?? [])];
    // So that choosing the same file again is a change again.
    this.input.value = '';
    this.#queue.add(files);
  }

  #renderItems(): TemplateResult | typeof nothing {
    const { items } = this.#queue;
    if (items.length === 0) return nothing;
    return html`<ul class="items" role="list">
      ${items.map((item) => this.#renderItem(item))}
    </ul>`;
  }

  #renderItem(item: UploadItem): TemplateResult {
    const { name, state } = item;
    const wrong = state === 'failed' || state === 'refused';
    return html`<li class="item ${state}" part="attachment">
      <span class="picture">
        ${
          item.preview && !wrong
            ? html`<img src=${item.preview} alt="" />`
            : wrong
              ? icons.alert
              : moreIcons.file
        }
      </span>
      <span class="what">
        ${
          wrong
            ? html`<span class="problem" part="error">${this.#problemText(item)}</span>`
            : html`<span class="name" title=${name}>${name}</span> ${
                  state === 'done'
                    ? html`<span class="muted numbers">${bytes(this.text, item.size)}</span>`
                    : html`<progress
                        max="1"
                        .value=${item.share}
                        aria-label=${this.t('files.uploading', { name })}
                      ></progress>`
                }`
        }
      </span>
      ${
        state === 'failed'
          ? this.#renderAction(icons.retry, this.t('files.retry', { name }), () => this.#queue.retry(item.id))
          : nothing
      }
      ${this.#renderAction(icons.close, this.t('files.remove', { name }), () => this.#remove(item))}
    </li>`;
  }

  #renderAction(icon: unknown, label: string, run: () => void): TemplateResult {
    return html`<button
      type="button"
      class="action"
      part="button"
      aria-label=${label}
      title=${label}
      ?disabled=${this.disabled}
      @click=${run}
    >
      ${icon}
    </button>`;
  }

  #remove(item: UploadItem): void {
    this.#queue.remove(item.id);
    // Its button is about to go, and the focus with it.
    this.input.focus();
  }

  #problemText({ name, problem }: UploadItem): string {
    const { fileMaxBytes, filesPerMessage } = this.#limits;
    const size = bytes(this.text, fileMaxBytes);
    if (problem === 'too-large') return this.t('files.too-large', { name, size });
    if (problem === 'empty') return this.t('files.empty', { name });
    if (problem === 'too-many') return this.t('files.too-many', { name, count: filesPerMessage });
    if (problem?.code === 'payload_too_large') return this.t('files.too-large', { name, size });
    if (problem?.code === 'storage_full') return `${name}: ${this.t('files.quota')}`;
    const why = problem ? failureText(this.text, problem) : '';
    return `${this.t('files.failed', { name })} ${why}`;
  }
}

const TAG = 'support-center-attachment-picker';
if (!customElements.get(TAG)) customElements.define(TAG, AttachmentPicker);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: AttachmentPicker;
  }
}
