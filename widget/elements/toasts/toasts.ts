import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query } from 'lit/decorators.js';
import type { Toast } from '../../state.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { drawRows } from '../ticket-list/keyed-rows.ts';
import { styles } from './toasts.styles.ts';

/** Milliseconds a toast stays: long enough to read it twice, longer where there is something to press. */
const STAY = 6_000;
const STAY_WITH_ACTION = 10_000;
const SHOWN_AT_ONCE = 3;

const ICONS = { success: moreIcons.check, info: icons.alert, error: icons.alert };

/**
 * The store's toasts, at the top edge of the window. They stand in the top layer, so that no host's `z-index`,
 * `overflow` or `transform` hides them, and go away by themselves unless the pointer or the focus is on them;
 * errors stay until they are dismissed. What they say is also announced once.
 *
 * @csspart toast - one line
 */
export class SupportToasts extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @query('.stack') private stack!: HTMLElement;

  readonly #timers = new Map<number, ReturnType<typeof setTimeout>>();
  readonly #announced = new Set<number>();
  #held = false;

  protected override watch(): Watchable[] {
    return [this.store.toasts];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#stopTimers();
  }

  protected override render(): TemplateResult {
    return html`<div
      class="stack"
      popover="manual"
      @pointerenter=${this.#hold}
      @pointerleave=${this.#release}
      @focusin=${this.#hold}
      @focusout=${this.#release}
      @keydown=${this.#keydown}
    ></div>`;
  }

  /** The toasts are not in the template: see `drawRows`. */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    drawRows(
      this.stack,
      this.store.toasts.value.slice(-SHOWN_AT_ONCE),
      ({ id }) => String(id),
      (toast) => this.#toast(toast),
    );
  }

  #toast(toast: Toast): TemplateResult {
    const { action } = toast;
    return html`<div class="toast ${toast.kind}" part="toast" data-id=${toast.id}>
      ${ICONS[toast.kind]}
      <p>${toast.text}</p>
      ${
        action
          ? html`<button type="button" class="button quiet" part="button" @click=${() => this.#act(toast)}>
              ${action.label}
            </button>`
          : nothing
      }
      <button
        type="button"
        class="button quiet icon"
        part="button"
        aria-label=${this.t('action.dismiss')}
        @click=${() => this.store.dismissToast(toast.id)}
      >
        ${icons.close}
      </button>
    </div>`;
  }

  protected override updated(): void {
    const toasts = this.store.toasts.value;
    this.#place(toasts.length > 0);
    for (const toast of toasts) this.#announce(toast);
    const here = new Set(toasts.map((toast) => toast.id));
    for (const id of this.#announced) if (!here.has(id)) this.#announced.delete(id);
    for (const [id, timer] of this.#timers) {
      if (here.has(id)) continue;
      clearTimeout(timer);
      this.#timers.delete(id);
    }
    if (toasts.length === 0) this.#held = false;
    else if (!this.#held) this.#startTimers();
  }

  /** Into the top layer and out of it; a browser without popovers shows the stack in place. */
  #place(shown: boolean): void {
    if (typeof this.stack.showPopover !== 'function') {
      this.stack.hidden = !shown;
    } else if (shown !== this.stack.matches(':popover-open')) {
      this.stack.togglePopover(shown);
    }
  }

  /** Whoever adds a toast may have announced the same words already. */
  #announce(toast: Toast): void {
    if (this.#announced.has(toast.id)) return;
    this.#announced.add(toast.id);
    if (this.store.announcement.value !== toast.text) this.store.announce(toast.text);
  }

  #act(toast: Toast): void {
    this.store.dismissToast(toast.id);
    toast.action?.run();
  }

  #startTimers(): void {
    for (const toast of this.store.toasts.value) {
      if (toast.kind === 'error' || this.#timers.has(toast.id)) continue;
      const stay = toast.action ? STAY_WITH_ACTION : STAY;
      this.#timers.set(
        toast.id,
        setTimeout(() => this.store.dismissToast(toast.id), stay),
      );
    }
  }

  #stopTimers(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
  }

  readonly #hold = (): void => {
    this.#held = true;
    this.#stopTimers();
  };

  readonly #release = (): void => {
    if (this.stack.matches(':hover, :focus-within')) return;
    this.#held = false;
    this.#startTimers();
  };

  /** Escape takes the newest one away, and does nothing else. */
  readonly #keydown = (event: KeyboardEvent): void => {
    const newest = this.store.toasts.value.at(-1);
    if (event.key !== 'Escape' || !newest) return;
    event.stopPropagation();
    this.store.dismissToast(newest.id);
  };
}

if (!customElements.get('support-center-toasts')) {
  customElements.define('support-center-toasts', SupportToasts);
}

declare global {
  interface HTMLElementTagNameMap {
    'support-center-toasts': SupportToasts;
  }
}
