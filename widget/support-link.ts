import { css, html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property } from 'lit/decorators.js';
import { resolveApiUrl } from './api-url.ts';
import { Cell } from './cell.ts';
import { icons } from './elements/icons.ts';
import { externalUrl } from './external-url.ts';
import { hashHref } from './hash-href.ts';
import type { LinkSource } from './link-source.ts';
import { UNKNOWN, type LinkState } from './link-state.ts';
import { tokens } from './styles/tokens.styles.ts';
import { currentText, nearestLanguage } from './text/load.ts';
import { Words } from './text/words.ts';
import type { Catalog } from './text/text.ts';
import type { GetToken } from './token.ts';

/**
 * @summary The link to support in the page's own menu: hidden while support is switched off, and with the number of
 * tickets that have something new. A `<support-center>` in the same page shares what it knows.
 *
 * @slot - The words of the link; default "Support".
 *
 * @csspart link - The link.
 * @csspart count - The number of unread tickets; for agents, of those assigned to them.
 */
export class SupportLink extends LitElement {
  static override styles = [
    tokens,
    css`
      :host {
        display: inline-block;
      }
      :host([hidden]),
      :host(:state(off)) {
        display: none;
      }
      a {
        display: inline-flex;
        align-items: center;
        gap: 8px;
        inline-size: 100%;
        color: inherit;
        font: inherit;
        text-decoration: inherit;
      }
      a:focus-visible {
        outline: var(--_focus);
        outline-offset: 2px;
      }
      svg {
        inline-size: 14px;
        block-size: 14px;
        flex: none;
        fill: none;
        stroke: currentColor;
        stroke-width: 1.6;
        stroke-linecap: round;
        stroke-linejoin: round;
      }
      .count {
        min-inline-size: 20px;
        box-sizing: border-box;
        padding: 0 6px;
        border-radius: var(--_radius-chip);
        background: var(--_accent);
        color: var(--_on-accent);
        font-size: 12px;
        font-weight: 600;
        font-variant-numeric: tabular-nums;
        line-height: 20px;
        text-align: center;
        /* A digit would join the words before it, also where all else runs the other way. */
        unicode-bidi: isolate;
      }
      .sr {
        position: absolute;
        inline-size: 1px;
        block-size: 1px;
        overflow: hidden;
        clip-path: inset(50%);
        white-space: nowrap;
      }
    `,
  ];

  /** The page that the element is on. */
  @property() href: string | null = null;
  /** As of `<support-center>`. */
  @property({ attribute: 'api-url' }) apiUrl: string | null = null;
  /** As of `<support-center>`; without one there is no unread count, unless a `<support-center>` shares it. */
  @property({ attribute: 'token-url' }) tokenUrl: string | null = null;
  /** As of `<support-center>`. */
  @property() token: string | null = null;
  /** As of `<support-center>`. */
  @property({ attribute: 'support-url' }) supportUrl: string | null = null;
  /** As of `<support-center>`. */
  @property() locale: string | null = null;
  /** Renders nothing and makes no request. */
  @property({ type: Boolean, reflect: true }) disabled = false;
  /** As of `<support-center>`. */
  @property({ attribute: false }) getToken: GetToken | null = null;
  /** As of `<support-center>`. */
  @property({ attribute: false }) messages: Catalog = {};

  readonly #state = new Cell<LinkState>(UNKNOWN);
  #source: LinkSource | null = null;
  readonly #words = new Words(() => this.requestUpdate());
  readonly #language = new MutationObserver(() => this.requestUpdate());
  #text = currentText('en', {});
  /** Our own words are here: never in a language that they would leave at once. */
  #spoken = false;
  readonly #internals = this.attachInternals();
  #unwatch: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.#unwatch ??= this.#state.watch(() => this.requestUpdate());
    // Most pages have no link: what it asks the server with comes with the first. Without it, it is a link all the same.
    import('./link-source.ts').then(
      (late) => {
        this.#source ??= new late.LinkSource(this.#state);
        this.requestUpdate();
      },
      () => undefined,
    );
    this.#language.observe(this.ownerDocument, {
      attributes: true,
      attributeFilter: ['lang'],
      subtree: true,
    });
    this.requestUpdate();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#language.disconnect();
    // As the element: moving is not leaving.
    queueMicrotask(() => {
      if (this.isConnected) return;
      this.#unwatch?.();
      this.#unwatch = null;
      this.#source?.stop();
    });
  }

  protected override willUpdate(_changed: PropertyValues<this>): void {
    if (!this.isConnected) return;
    this.#words.ask(this.locale ?? nearestLanguage(this));
    this.#spoken = this.#words.want('link') || this.#words.failed;
    this.#text = currentText(this.#words.locale, this.messages);
    const asks = !this.disabled && externalUrl(this.supportUrl) === null;
    const { getToken, tokenUrl, token } = this;
    if (asks)
      this.#source?.start({
        apiUrl: resolveApiUrl(this.apiUrl),
        locale: this.#text.locale,
        token: { getToken, tokenUrl, token },
      });
    else this.#source?.stop();
    if (this.#off) this.#internals.states.add('off');
    else this.#internals.states.delete('off');
  }

  protected override render(): TemplateResult | typeof nothing {
    if (this.#off) return nothing;
    const text = this.#text;
    const label = this.#spoken ? text.t('link.label') : nothing;
    const { supportUrl, unreadCount } = this.#state.value;
    const external = externalUrl(this.supportUrl) ?? externalUrl(supportUrl);
    if (external) {
      return html`<a part="link" lang=${text.locale} href=${external} target="_blank" rel="noopener"
        ><slot>${label}</slot>${icons.external}<span class="sr">(${text.t('link.new-tab')})</span></a
      >`;
    }
    return html`<a part="link" lang=${text.locale} href=${this.href ?? hashHref('#support')}
      ><slot>${label}</slot>${
        unreadCount > 0 && this.#spoken
          ? html`<span class="count" part="count" aria-hidden="true"
                >${unreadCount > 99 ? '99+' : text.number(unreadCount)}</span
              ><span class="sr">(${text.t('link.unread', { count: unreadCount })})</span>`
          : nothing
      }</a
    >`;
  }

  get #off(): boolean {
    return this.disabled || (externalUrl(this.supportUrl) === null && this.#state.value.off);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'support-link': SupportLink;
  }
}
