import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { ThreadState } from '../../state.ts';
import { failureText } from '../../text/failure.ts';
import '../composer/composer.ts';
import type { SupportComposer } from '../composer/composer.ts';
import { SupportElement } from '../element.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import '../message/message.ts';
import { drawRows } from '../ticket-list/keyed-rows.ts';
import type { AgentKit } from './agent-kit.ts';
import { Below } from './below.ts';
import { foldedCount, interleave, type Entry } from './conversation.ts';
import { historyLine } from './history-line.ts';
import { Reading } from './reading.ts';
import { headSkeleton, messagesSkeleton, sideSkeleton, threadFailure } from './thread-states.ts';
import { stateStyles } from './thread-states.styles.ts';
import { styles } from './thread-view.styles.ts';
import { statusChip, ticketChips, ticketDetails } from './ticket-details.ts';

/** Milliseconds between renewals of "3 min. ago". */
const MINUTE = 60_000;

/**
 * @summary One ticket: what was said and what happened, the composer, and its properties beside it.
 * @csspart thread - the conversation
 * @csspart ticket-number - the number
 * @csspart ticket-subject - the heading
 */
export class ThreadView extends SupportElement {
  static override styles = [SupportElement.styles, stateStyles, styles].flat();

  /** Milliseconds; what dates are told against. */
  @state() private now = Date.now();
  @state() private kit: AgentKit | null = null;
  @state() private isKitMissing = false;
  @state() private isUnfolded = false;
  /** The properties, where there is no room for them beside the conversation. */
  @state() private isDetailed = false;

  @query('support-center-composer') private composer!: SupportComposer | null;

  #thread: ThreadState | null = null;
  #entries: Entry[] = [];
  #reading = new Reading('');
  readonly #below = new Below(
    this,
    (key) => this.#item(key),
    () => this.composer,
  );
  #loadingKit = false;
  #timer: ReturnType<typeof setInterval> | undefined;

  protected override watch() {
    return [this.store.thread, this.store.session];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#timer = setInterval(() => (this.now = Date.now()), MINUTE);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.#timer);
  }

  get #forAgent(): boolean {
    return this.store.session.value?.permissions.manageTickets ?? false;
  }

  protected override willUpdate(): void {
    if (this.#forAgent && !this.kit && !this.isKitMissing) void this.#loadKit();
    const thread = this.store.thread.value;
    if (thread === this.#thread) return;
    this.#thread = thread;
    this.now = Date.now();
    if (!thread) return;
    this.#entries = interleave(thread.messages, thread.history);
    const isOther = thread.number !== this.#reading.number;
    if (isOther) {
      this.#reading = new Reading(thread.number);
      this.isUnfolded = this.isDetailed = false;
      this.#below.clear();
    }
    if (thread.status !== 'ready') return;
    const isFirst = !this.#reading.isBegun;
    const arrived = this.#reading.follow(this.store, thread);
    for (const { author } of arrived) this.store.announce(this.t('thread.arrived', { name: author.name }));
    if (arrived.length > 0) void this.#below.add(arrived.map(({ id }) => id));
    if (isFirst && this.#reading.firstNew) void this.#revealNew();
  }

  protected override render(): TemplateResult {
    const thread = this.#thread;
    return html`<button type="button" class="button quiet back" part="button" @click=${this.#leave}>
        ${moreIcons.back}${this.t('thread.back')}
      </button>
      ${
        thread?.status === 'failed' && thread.error
          ? threadFailure(thread.error, this.text, this.#reload)
          : this.#renderTicket(thread)
      }`;
  }

  #renderTicket(thread: ThreadState | null): TemplateResult {
    const ticket = thread?.ticket ?? null;
    const isReady = thread?.status === 'ready';
    return html`<div class="columns">
      ${ticket ? this.#renderHead(ticket) : headSkeleton(this.text)}
      ${ticket ? this.#renderSide(ticket) : sideSkeleton()}
      <div class="main">
        ${isReady ? this.#renderConversation(thread) : messagesSkeleton()}
        ${
          ticket && (this.kit || !this.#forAgent)
            ? html`<div class="foot">${this.#renderBelow()}${this.#renderComposer(ticket)}</div>`
            : nothing
        }
        ${this.isKitMissing ? this.#renderNotice(this.t('failure.unreachable'), this.#loadKit) : nothing}
      </div>
    </div>`;
  }

  #renderHead(ticket: Ticket): TemplateResult {
    return html`<div class="head">
      <h2 id="title" tabindex="-1" part="ticket-subject"><bdi>${ticket.subject}</bdi></h2>
      <div class="facts">
        <span class="number numbers" part="ticket-number">${ticket.number}</span>
        ${statusChip(ticket, this.text)} ${ticketChips(ticket, this.text)}
        <button
          type="button"
          class="button quiet narrow fold"
          part="button"
          aria-expanded=${this.isDetailed ? 'true' : 'false'}
          aria-controls="side"
          @click=${() => (this.isDetailed = !this.isDetailed)}
        >
          ${this.t('thread.details')}${icons.chevron}
        </button>
      </div>
    </div>`;
  }

  #renderSide(ticket: Ticket): TemplateResult {
    return html`<section
      id="side"
      class=${this.isDetailed ? 'side' : 'side folded'}
      aria-label=${this.t('thread.details')}
    >
      ${
        this.kit
          ? html`<support-center-ticket-controls .ticket=${ticket}></support-center-ticket-controls>`
          : nothing
      }
      ${ticketDetails(ticket, {
        text: this.text,
        now: this.now,
        forAgent: this.#forAgent,
        href: (number) => this.store.ticketHref?.(number) ?? null,
        open: (number) => this.store.navigate({ view: 'ticket', number }),
      })}
    </section>`;
  }

  #renderConversation(thread: ThreadState): TemplateResult {
    return html`<ol
        class="conversation"
        part="thread"
        role="list"
        aria-label=${this.t('thread.conversation')}
      ></ol>
      ${
        thread.error
          ? this.#renderNotice(
              `${this.t('thread.stale')} ${failureText(this.text, thread.error)}`,
              this.#reload,
            )
          : nothing
      }`;
  }

  /** The entries are not in the template: see `drawRows`. */
  protected override update(changed: PropertyValues): void {
    super.update(changed);
    const list = this.renderRoot.querySelector('.conversation');
    if (!list) return;
    const folded = this.isUnfolded ? 0 : foldedCount(this.#entries, this.#reading.firstNew);
    const shown = folded > 0 ? [this.#entries[0]!, ...this.#entries.slice(folded + 1)] : this.#entries;
    const older = folded > 0 ? this.#entries.slice(1, folded + 1) : null;
    drawRows(
      list,
      shown,
      ({ key }) => key,
      (entry) => this.#renderEntry(entry, entry === shown[1] ? older : null),
    );
  }

  /** @param older those that are folded before it */
  #renderEntry(entry: Entry, older: readonly Entry[] | null): TemplateResult {
    return html`<li data-key=${entry.key} class=${entry.kind}>
      ${older ? this.#renderFold(older) : nothing}
      ${entry.key === this.#reading.firstNew ? html`<p class="new">${this.t('thread.new')}</p>` : nothing}
      ${
        entry.kind === 'history'
          ? historyLine(entry.entry, this.text, this.now)
          : html`<support-center-message
              .message=${entry.message}
              .now=${this.now}
              .kit=${this.kit}
            ></support-center-message>`
      }
    </li>`;
  }

  #renderFold(entries: readonly Entry[]): TemplateResult {
    const count = entries.filter(({ kind }) => kind === 'message').length;
    return html`<button type="button" class="button older" part="button" @click=${() => this.#unfold()}>
      ${this.t('thread.older', { count })}
    </button>`;
  }

  #renderNotice(words: string, retry: () => void): TemplateResult {
    return html`<div class="notice error" part="error" role="alert">
      ${icons.alert}
      <span class="grow">${words}</span>
      <button type="button" class="button" part="button" @click=${retry}>${this.t('action.retry')}</button>
    </div>`;
  }

  /** What has arrived out of sight: the reader goes there when they want to. */
  #renderBelow(): TemplateResult | typeof nothing {
    const { count } = this.#below;
    if (count === 0) return nothing;
    return html`<button type="button" class="button below" part="button" @click=${this.#revealBelow}>
      ${icons.chevron}${this.t('thread.below', { count })}
    </button>`;
  }

  #renderComposer(ticket: Ticket): TemplateResult {
    return html`<support-center-composer
      .ticket=${ticket}
      .now=${this.now}
      .kit=${this.kit}
      @message-sent=${this.#revealLast}
      @newer-found=${this.#revealNewest}
    ></support-center-composer>`;
  }

  readonly #leave = (): void => this.store.navigate({ view: 'list' });

  readonly #reload = (): void => {
    const { number } = this.#reading;
    // What fails is told by the thread itself.
    this.store.openThread(number).catch(() => undefined);
  };

  /** The button goes: the focus goes on to what it brought. */
  async #unfold(): Promise<void> {
    const first = this.#entries[1];
    this.isUnfolded = true;
    await this.updateComplete;
    const item = first && this.#item(first.key);
    if (!item) return;
    item.tabIndex = -1;
    item.focus();
  }

  #item(key: string): HTMLElement | null {
    return this.renderRoot.querySelector(`li[data-key='${CSS.escape(key)}']`);
  }

  /** Once the root has put the focus on the heading. */
  async #revealNew(): Promise<void> {
    await this.updateComplete;
    await new Promise(requestAnimationFrame);
    const item = this.#item(this.#reading.firstNew ?? '');
    if (item && item.getBoundingClientRect().top > innerHeight) item.scrollIntoView({ block: 'center' });
  }

  /** What is to be read first must not be behind the composer. */
  #revealNewest(): void {
    [...this.renderRoot.querySelectorAll('li.message')].at(-1)?.scrollIntoView({ block: 'center' });
  }

  /** The button goes: the focus goes on to what it led to. */
  readonly #revealBelow = (): void => {
    const item = this.#below.first;
    this.#below.clear();
    this.requestUpdate();
    if (!item) return;
    item.scrollIntoView({ block: 'center' });
    item.tabIndex = -1;
    item.focus({ preventScroll: true });
  };

  async #revealLast(): Promise<void> {
    this.#below.clear();
    await this.updateComplete;
    this.renderRoot.querySelector('li:last-child')?.scrollIntoView({ block: 'nearest' });
    this.composer?.focus({ preventScroll: true });
  }

  /** Controls, notes and delivery: never loaded for a client. */
  async #loadKit(): Promise<void> {
    if (this.#loadingKit) return;
    this.#loadingKit = true;
    this.isKitMissing = false;
    try {
      this.kit = (await import('./agent-kit.ts')).agentKit;
    } catch {
      this.isKitMissing = true;
    } finally {
      this.#loadingKit = false;
    }
  }
}

const TAG = 'support-center-thread-view';
if (!customElements.get(TAG)) customElements.define(TAG, ThreadView);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: ThreadView;
  }
}
