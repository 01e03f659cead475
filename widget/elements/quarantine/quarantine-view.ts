import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { QuarantinedMail } from '../../../server/contract/mail.ts';
import type { QuarantineState } from '../../state.ts';
import { failureText } from '../../text/failure.ts';
import { SupportElement, type Watchable } from '../element.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { drawRows } from '../ticket-list/keyed-rows.ts';
import { heldMail, type Judgement } from './held-mail.ts';
import './judge-mail.ts';
import type { JudgeMail, MailJudgedEvent } from './judge-mail.ts';
import { styles } from './quarantine-view.styles.ts';

/** Milliseconds between renewals of "3 min. ago". */
const MINUTE = 60_000;

/**
 * @summary The mails that wait for an agent: whose sender is in doubt, and what cannot be matched to a ticket.
 */
export class QuarantineView extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @state() private now = Date.now();
  /** Mails whose text is shown to its end. */
  @state() private unfolded: ReadonlySet<string> = new Set();

  @query('support-center-judge-mail') private judge!: JudgeMail;

  #timer: ReturnType<typeof setInterval> | undefined;
  #isAsked = false;

  protected override watch(): Watchable[] {
    return [this.store.quarantine];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.now = Date.now()), MINUTE);
    this.#isAsked = false;
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  protected override willUpdate(): void {
    const held = this.store.quarantine.value;
    // It comes a moment after the session where the page was opened here.
    if (!held) this.#isAsked = false;
    if (!held || this.#isAsked) return;
    this.#isAsked = true;
    void this.updateComplete.then(() => this.#load());
  }

  protected override render(): TemplateResult {
    const held = this.store.quarantine.value;
    return html`<button type="button" class="button quiet back" part="button" @click=${this.#leave}>
        ${moreIcons.back}${this.t('thread.back')}
      </button>
      <div class="intro">
        <h2 id="title" tabindex="-1">${this.t('quarantine.title')}</h2>
        <p class="muted">${this.t('quarantine.hint')}</p>
      </div>
      ${held && held.status !== 'counted' && held.status !== 'loading' ? this.#renderHeld(held) : this.#skeleton()}
      <support-center-judge-mail @mail-judged=${this.#judged}></support-center-judge-mail>`;
  }

  /** The mails are not in the template: see `drawRows`. */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const list = this.renderRoot.querySelector('.mails');
    const { mails = [] } = this.store.quarantine.value ?? {};
    if (list)
      drawRows(
        list,
        mails,
        ({ id }) => id,
        (mail) => this.#mail(mail),
      );
  }

  #renderHeld(held: QuarantineState): TemplateResult {
    const { mails, status } = held;
    if (mails.length === 0 && status !== 'failed') return this.#empty();
    return html`${status === 'failed' ? this.#failure(held) : nothing}
    ${
      mails.length > 0
        ? html`<ul
            class="mails"
            role="list"
            aria-label=${this.t('quarantine.label')}
            aria-busy=${status === 'refreshing' ? 'true' : 'false'}
          ></ul>`
        : nothing
    }
    ${held.nextCursor !== null && mails.length > 0 ? this.#more(status === 'loading-more') : nothing}`;
  }

  #mail(mail: QuarantinedMail): TemplateResult {
    const openTicket = (number: string): void => this.store.navigate({ view: 'ticket', number });
    return heldMail(mail, {
      text: this.text,
      now: this.now,
      isUnfolded: this.unfolded.has(mail.id),
      href: (number) => this.store.ticketHref(number),
      openTicket,
      unfold: () => this.#unfold(mail),
      judge: (judgement: Judgement) => this.judge.ask(judgement, mail),
    });
  }

  #more(isBusy: boolean): TemplateResult {
    return html`<button
      type="button"
      class="button next"
      part="button"
      aria-disabled=${isBusy ? 'true' : 'false'}
      @click=${this.#loadMore}
    >
      ${isBusy ? html`<span class="spinner"></span>${this.t('list.more.busy')}` : this.t('list.more')}
    </button>`;
  }

  #empty(): TemplateResult {
    return html`<div class="empty">
      <span class="emblem">${moreIcons.mail}</span>
      <h3>${this.t('quarantine.empty')}</h3>
      <p class="muted">${this.t('quarantine.empty.hint')}</p>
    </div>`;
  }

  #failure({ error }: QuarantineState): TemplateResult {
    return html`<div class="notice error" part="error" role="alert">
      ${icons.alert}
      <span class="grow"
        >${this.t('quarantine.failed')} ${error ? failureText(this.text, error) : nothing}</span
      >
      <button type="button" class="button" part="button" @click=${this.#load}>
        ${this.t('action.retry')}
      </button>
    </div>`;
  }

  /** The beginning of what comes, in its size. */
  #skeleton(): TemplateResult {
    return html`<div class="mails" aria-busy="true">
      <span class="sr">${this.t('list.more.busy')}</span>
      ${[1, 2].map(
        () =>
          html`<div class="mail" aria-hidden="true">
            <span class="skeleton title-line"></span><span class="skeleton sender-line"></span
            ><span class="skeleton text-box"></span><span class="skeleton button-line"></span>
          </div>`,
      )}
    </div>`;
  }

  readonly #leave = (): void => this.store.navigate({ view: 'list' });

  readonly #load = (): void => {
    // What fails is in the cell.
    this.store.quarantine.value?.desk.load().catch(() => undefined);
  };

  readonly #loadMore = async (): Promise<void> => {
    const shown = this.store.quarantine.value?.mails.length ?? 0;
    await this.store.quarantine.value?.desk.loadMore().catch(() => undefined);
    await this.updateComplete;
    this.#headings()[shown]?.focus();
  };

  /** The pressed button goes: the focus goes on to the mail that it belongs to. */
  #unfold({ id }: QuarantinedMail): void {
    this.unfolded = new Set([...this.unfolded, id]);
    this.renderRoot.querySelector<HTMLElement>(`#subject-${CSS.escape(id)}`)?.focus({ preventScroll: true });
  }

  /** The mail is about to go, and with it the button that was pressed: on to the next one. */
  readonly #judged = async ({ index }: MailJudgedEvent): Promise<void> => {
    await this.updateComplete;
    const headings = this.#headings();
    const next = headings[Math.min(index, headings.length - 1)];
    (next ?? this.renderRoot.querySelector<HTMLElement>('#title'))?.focus();
  };

  #headings(): HTMLElement[] {
    return [...this.renderRoot.querySelectorAll<HTMLElement>('.mail h3')];
  }
}

const TAG = 'support-center-quarantine';
if (!customElements.get(TAG)) customElements.define(TAG, QuarantineView);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: QuarantineView;
  }
}
