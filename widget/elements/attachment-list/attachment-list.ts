import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Attachment } from '../../../server/contract/tickets.ts';
import type { ApiError } from '../../api-error.ts';
import { bytes } from '../../text/bytes.ts';
import { failureText } from '../../text/failure.ts';
import { IMAGE_TYPES } from '../attachment-picker/upload-queue.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { moreIcons } from '../more-icons.ts';
import type {} from '../lightbox/lightbox.ts';
import { styles } from './attachment-list.styles.ts';
import { saveAs } from './save-as.ts';

/** Until an image that did not come is asked for again: ever later. */
const RETRY_FIRST_MS = 2_000;
const RETRY_MAX_MS = 60_000;

/**
 * @summary The files of a message: images previewed in boxes that are reserved before they load, the rest to
 *   download.
 * @csspart attachment - one file
 */
export class AttachmentList extends SupportElement {
  static override styles = [SupportElement.styles, styles].flat();

  @property({ attribute: false }) attachments: Attachment[] = [];

  /** Addresses of the images that came near the screen, by id. */
  @state() private urls = new Map<string, string>();
  @state() private failed = new Set<string>();
  @state() private downloading = new Set<string>();
  /** The image shown large. */
  @state() private shown: Attachment | null = null;

  #observer: IntersectionObserver | null = null;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #retryMs = RETRY_FIRST_MS;

  /** When the network is back, so is what did not come. */
  protected override watch(): Watchable[] {
    return [this.store.online];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // Half a screen early, so that scrolling finds them there.
    this.#observer = new IntersectionObserver((entries) => this.#onSeen(entries), {
      rootMargin: '50% 0px',
    });
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer?.disconnect();
    this.#observer = null;
  }

  protected override willUpdate(changed: PropertyValues): void {
    const before = changed.get('attachments') as Attachment[] | undefined;
    if (!before) return;
    const ids = new Set(this.attachments.map(({ id }) => id));
    this.urls = new Map([...this.urls].filter(([id]) => ids.has(id)));
  }

  protected override updated(): void {
    this.#observeImages();
  }

  protected override render(): TemplateResult {
    const images = this.#images;
    const files = this.attachments.filter((attachment) => !images.includes(attachment));
    return html`${
      images.length > 0
        ? html`<ul class=${images.length === 1 ? 'images single' : 'images'} role="list">
            ${images.map((image) => this.#renderImage(image))}
          </ul>`
        : nothing
    }${
      files.length > 0
        ? html`<ul class="files" role="list">
            ${files.map((file) => this.#renderFile(file))}
          </ul>`
        : nothing
    }${
      this.shown
        ? html`<support-center-lightbox
            .images=${images}
            .image=${this.shown}
            @lightbox-close=${this.#hide}
          ></support-center-lightbox>`
        : nothing
    }`;
  }

  get #images(): Attachment[] {
    return this.attachments.filter(
      ({ contentType, id }) => IMAGE_TYPES.test(contentType) && !this.failed.has(id),
    );
  }

  #renderImage(image: Attachment): TemplateResult {
    const { id, name } = image;
    const url = this.urls.get(id);
    return html`<li>
      <button
        type="button"
        class="image"
        part="attachment"
        data-id=${id}
        aria-label=${this.t('files.open', { name })}
        title=${name}
        @click=${() => this.#show(image)}
      >
        ${
          url
            ? html`<img src=${url} alt="" decoding="async" @error=${() => this.#onBroken(id)} />`
            : html`<span class="skeleton"></span>`
        }
      </button>
    </li>`;
  }

  #renderFile(file: Attachment): TemplateResult {
    const { id, name, size } = file;
    const isBusy = this.downloading.has(id);
    return html`<li>
      <button
        type="button"
        class="file"
        part="attachment"
        aria-label=${this.t('files.download', { name })}
        title=${name}
        aria-busy=${isBusy ? 'true' : 'false'}
        @click=${() => this.#download(file)}
      >
        <span class="picture">${moreIcons.file}</span>
        <span class="what"
          ><span class="name">${name}</span><span class="muted numbers">${bytes(this.text, size)}</span></span
        >
        ${isBusy ? html`<span class="spinner"></span>` : moreIcons.download}
      </button>
    </li>`;
  }

  /** Those that are not here yet: at first, and whenever there is hope for what did not come. */
  #observeImages(): void {
    for (const box of this.renderRoot.querySelectorAll<HTMLElement>('.image')) {
      if (!this.urls.has(box.dataset['id']!)) this.#observer?.observe(box);
    }
  }

  #onSeen(entries: IntersectionObserverEntry[]): void {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      this.#observer?.unobserve(target);
      const image = this.attachments.find(({ id }) => id === (target as HTMLElement).dataset['id']);
      if (image) void this.#load(image);
    }
  }

  async #load(image: Attachment): Promise<void> {
    try {
      const url = await this.store.attachmentUrl(image);
      // Out of the page, what was loaded for it is given up.
      if (!this.isConnected) return;
      this.urls = new Map(this.urls).set(image.id, url);
      this.#retryMs = RETRY_FIRST_MS;
    } catch (error) {
      if ((error as ApiError).code === 'not_found') return this.#onBroken(image.id);
      this.#retry ??= setTimeout(() => {
        this.#retry = undefined;
        this.#retryMs = Math.min(RETRY_MAX_MS, this.#retryMs * 2);
        this.#observeImages();
      }, this.#retryMs);
    }
  }

  /** An image that cannot be shown can perhaps be downloaded. */
  #onBroken(id: string): void {
    this.failed = new Set(this.failed).add(id);
  }

  async #show(image: Attachment): Promise<void> {
    try {
      await import('../lightbox/lightbox.ts');
      this.shown = image;
    } catch {
      this.#tellMissing(image, this.t('failure.unreachable'));
    }
  }

  #tellMissing({ name }: Attachment, why: string): void {
    this.store.toast({ kind: 'error', text: `${this.t('files.load-failed', { name })} ${why}` });
  }

  /** Back to the box of the image that was looked at last. */
  async #hide(event: Event): Promise<void> {
    const { id } = (event.target as HTMLElementTagNameMap['support-center-lightbox']).current;
    this.shown = null;
    await this.updateComplete;
    this.renderRoot.querySelector<HTMLElement>(`.image[data-id='${CSS.escape(id)}']`)?.focus();
  }

  async #download(file: Attachment): Promise<void> {
    if (this.downloading.has(file.id)) return;
    this.downloading = new Set(this.downloading).add(file.id);
    try {
      saveAs(await this.store.attachmentUrl(file), file.name);
    } catch (error) {
      this.#tellMissing(file, failureText(this.text, error));
    } finally {
      const others = new Set(this.downloading);
      others.delete(file.id);
      this.downloading = others;
    }
  }
}

const TAG = 'support-center-attachment-list';
if (!customElements.get(TAG)) customElements.define(TAG, AttachmentList);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: AttachmentList;
  }
}
