import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, query, state } from 'lit/decorators.js';
import { LIMITS } from '../../../server/contract/limits.ts';
import type { Message, Ticket } from '../../../server/contract/tickets.ts';
import { ApiError } from '../../api-error.ts';
import { failureText } from '../../text/failure.ts';
import '../attachment-picker/attachment-picker.ts';
import { FileDrop } from '../attachment-picker/file-drop.ts';
import { SupportElement } from '../element.ts';
import type { AgentKit } from '../thread-view/agent-kit.ts';
import { doneNotice, expiredNotice, isReopenable } from './closed-notice.ts';
import { ComposerDraft } from './composer-draft.ts';
import { failureNotice, noteHint, opensAgainHint, replyBox } from './composer-parts.ts';
import { formStyles } from '../../styles/form.styles.ts';
import { styles } from './composer.styles.ts';
import { startFollowUp } from './follow-up.ts';

/** A message was sent. Does not leave the owner's shadow root. */
export class MessageSentEvent extends Event {
  constructor() {
    super('message-sent');
  }
}

/**
 * @summary Where a reply or an internal note is written: kept as a draft, safe to send twice. On a closed ticket it
 *   says what can still be done.
 * @event message-sent - a reply or note was sent and is in the thread
 * @event newer-found - it was not sent, since somebody else was faster
 * @csspart composer - all of it
 */
export class SupportComposer extends SupportElement {
  static override styles = [SupportElement.styles, formStyles, styles].flat();

  @property({ attribute: false }) ticket!: Ticket;
  /** Milliseconds; decides whether a closed ticket can still be reopened. */
  @property({ attribute: false }) now = 0;
  /** What only agents have here: the note, and the status after sending. */
  @property({ attribute: false }) kit: AgentKit | null = null;

  @state() private busy: 'send' | 'reopen' | null = null;
  @state() private failure: { error: unknown; kept: boolean } | null = null;
  /** What is wrong with the text or the files. */
  @state() private problem: string | null = null;
  /** The server said that the window is over, whatever the clock here says. */
  @state() private expiredAt: string | null = null;
  /** What an agent may not have read yet: the reply was not sent over it. */
  @state() private newer: Message | null = null;
  /** Somebody has been in it. Until then it is one line where room is short. */
  @state() private used = false;

  @query('textarea') private textarea!: HTMLTextAreaElement | null;
  @query('support-center-attachment-picker')
  private picker!: HTMLElementTagNameMap['support-center-attachment-picker'] | null;

  protected readonly drop = new FileDrop(
    this,
    () => this.picker,
    (time) => this.t('files.pasted', { time }),
  );
  #drafts!: Record<'reply' | 'note', ComposerDraft>;
  #draft!: ComposerDraft;

  protected override watch() {
    return [this.store.session, this.store.presence];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener('pagehide', this.#flush);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener('pagehide', this.#flush);
    this.#flush();
  }

  override focus(options?: FocusOptions): void {
    this.textarea?.focus(options);
  }

  readonly #flush = (): void => this.#draft?.flush();

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('ticket');
    if (!changed.has('ticket') || before?.number === this.ticket.number) return;
    this.#flush();
    this.picker?.clear();
    const { number } = this.ticket;
    this.#drafts = {
      reply: new ComposerDraft(this.store, number, 'reply'),
      note: new ComposerDraft(this.store, number, 'note'),
    };
    // Whoever was in the middle of a note goes on with it.
    this.#draft =
      this.#drafts.reply.isEmpty && !this.#drafts.note.isEmpty ? this.#drafts.note : this.#drafts.reply;
    this.busy = this.failure = this.problem = this.expiredAt = this.newer = null;
    this.used = this.matches(':focus-within');
  }

  protected override updated(changed: PropertyValues): void {
    // In a low window it has grown out of it.
    if (changed.has('used') && this.used) this.scrollIntoView({ block: 'nearest' });
    // Where the browser cannot let a text box grow with its text.
    if (CSS.supports('field-sizing', 'content') || !this.textarea) return;
    this.textarea.style.setProperty('block-size', 'auto');
    this.textarea.style.setProperty('block-size', `${this.textarea.scrollHeight + 2}px`);
  }

  get #isExpired(): boolean {
    if (this.kit || this.ticket.status !== 'closed') return false;
    return !isReopenable(this.ticket, this.now) || this.expiredAt === this.ticket.closedAt;
  }

  get #isResting(): boolean {
    const { picker } = this;
    const isEmpty = this.#draft.isEmpty && !picker?.busy && !picker?.failed;
    return isEmpty && !this.used && !this.failure && !this.problem && this.#draft.mode === 'reply';
  }

  protected override render(): TemplateResult {
    const { ticket, text } = this;
    if (this.#isExpired) {
      const followUp = (): void => startFollowUp(this.store, ticket, this.#drafts.reply);
      return expiredNotice(ticket, text, { isKept: !this.#drafts.reply.isEmpty, followUp });
    }
    const isNote = this.#draft.mode === 'note';
    return html`<form
      class="${isNote ? 'note' : 'reply'} ${this.#isResting ? 'resting' : ''}"
      part="composer"
      novalidate
      aria-busy=${this.busy ? 'true' : 'false'}
      @submit=${this.#onSubmit}
      @keydown=${this.#onKeydown}
      @focusin=${this.#onFocusIn}
      @focusout=${this.#onFocusOut}
    >
      ${this.kit?.presenceLine(text, this.store.presence.value) ?? nothing} ${this.#renderHint(isNote)}
      ${replyBox(this.text, {
        body: this.#draft.body,
        max: this.#maxLength,
        isNote,
        problem: this.problem,
        readonly: this.busy === 'send',
        onInput: (body) => this.#change({ body }),
      })}
      <support-center-attachment-picker
        compact
        .attachments=${this.#draft.attachments}
        .disabled=${this.busy === 'send'}
        @attachments-change=${this.#onFiles}
      >
        ${this.#renderActions(isNote)}
      </support-center-attachment-picker>
      ${this.newer ? this.kit?.newerNotice(text, this.newer, () => void this.#send()) : nothing}
      ${this.#renderFailure(isNote)}
    </form>`;
  }

  #renderHint(isNote: boolean): TemplateResult | typeof nothing {
    if (isNote) return noteHint(this.text);
    if (this.kit) return this.ticket.status === 'closed' ? opensAgainHint(this.text) : nothing;
    const run = (): void => void this.#reopen();
    return doneNotice(this.ticket, this.text, { busy: this.busy === 'reopen', run });
  }

  #renderActions(isNote: boolean): TemplateResult {
    const isBusy = this.busy === 'send';
    const isMac = /Mac|iPhone|iPad/.test(navigator.platform);
    return html`<div slot="actions" class="actions">
      ${
        this.kit?.noteSwitch(this.text, {
          checked: isNote,
          // A file on its way must not end up in the other kind of message.
          disabled: isBusy || (this.picker?.busy ?? false),
          onChange: (on) => this.#turnTo(on ? 'note' : 'reply'),
        }) ?? nothing
      }
      <span class="keys hint">${this.t(isMac ? 'thread.send.hint.mac' : 'thread.send.hint')}</span>
      ${
        this.kit && !isNote
          ? this.kit.afterSending(this.text, {
              status: this.#draft.status,
              disabled: isBusy,
              onChange: (status) => this.#change({ status }),
            })
          : nothing
      }
      <button
        type="submit"
        class="button primary send"
        part="button button-primary"
        aria-disabled=${this.busy ? 'true' : nothing}
      >
        ${isBusy ? html`<span class="spinner"></span>` : nothing}
        ${this.t(isBusy ? 'thread.sending' : isNote ? 'note.add' : 'thread.send')}
      </button>
    </div>`;
  }

  #renderFailure(isNote: boolean): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    const { error, kept } = this.failure;
    const words = kept ? this.t(isNote ? 'note.failed' : 'thread.failed') : '';
    return failureNotice(this.text, error, words, () => void (kept ? this.#send() : this.#reopen()));
  }

  get #maxLength(): number {
    return (this.store.session.value?.limits ?? LIMITS).bodyMaxLength;
  }

  #change(change: Parameters<ComposerDraft['change']>[0]): void {
    this.#draft.change(change);
    this.problem = null;
    if (change.body) this.store.noteTyping();
    this.requestUpdate();
  }

  #onFiles(): void {
    const { attachments, busy, failed } = this.picker!;
    this.#draft.attach(attachments);
    if (!busy && !failed) this.problem = null;
    this.requestUpdate();
  }

  #turnTo(mode: 'reply' | 'note'): void {
    this.#draft.flush();
    this.#draft = this.#drafts[mode];
    this.problem = this.failure = this.newer = null;
    this.requestUpdate();
  }

  /** Not by its buttons: they must not move while they are pressed. */
  #onFocusIn({ target }: FocusEvent): void {
    if ((target as Element).matches('textarea, input, select')) this.used = true;
  }

  #onFocusOut({ relatedTarget }: FocusEvent): void {
    if (relatedTarget && !this.renderRoot.contains(relatedTarget as Node)) this.used = false;
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.#send();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void this.#send();
  }

  /** @returns what keeps it from being sent */
  #check(): string | null {
    const { body } = this.#draft;
    const max = this.#maxLength;
    if (body.trim() === '') return this.t('error.required');
    if (body.length > max) return this.t('error.too-long', { max, count: body.length });
    if (this.picker?.busy) return this.t('files.pending');
    return this.picker?.failed ? this.t('files.broken') : null;
  }

  async #send(): Promise<void> {
    if (this.busy) return;
    const draft = this.#draft;
    this.failure = this.newer = null;
    this.problem = this.#check();
    if (this.problem) {
      this.store.announce(this.problem);
      this.textarea?.focus();
      return;
    }
    this.busy = 'send';
    const { number, closedAt } = this.ticket;
    const isHere = (): boolean => this.isConnected && this.ticket.number === number;
    try {
      const newer = await this.#post(number, draft);
      if (newer) {
        // Told once: sending it again is the answer.
        draft.see();
        if (!isHere()) return;
        this.newer = newer;
        this.dispatchEvent(new Event('newer-found'));
        return;
      }
      draft.discard();
      this.store.announce(this.t(draft.mode === 'note' ? 'note.added' : 'thread.sent'));
      if (!isHere()) return;
      this.picker?.clear();
      this.textarea?.focus({ preventScroll: true });
      this.dispatchEvent(new MessageSentEvent());
    } catch (error) {
      const code = error instanceof ApiError ? error.code : null;
      if (code === 'idempotency_conflict') draft.forgetKey();
      if (!isHere()) {
        const kept = this.t(draft.mode === 'note' ? 'note.failed' : 'thread.failed');
        this.store.toast({ kind: 'error', text: `${number}: ${failureText(this.text, error)} ${kept}` });
      } else if (code === 'reopen_window_expired') {
        this.expiredAt = this.ticket.closedAt ?? closedAt;
        this.store.announce(failureText(this.text, error));
      } else this.failure = { error, kept: true };
    } finally {
      if (this.ticket.number === number) this.busy = null;
    }
  }

  /** @returns what an agent should read first; nothing was sent then */
  async #post(number: string, draft: ComposerDraft): Promise<Message | null> {
    if (this.kit && draft.mode === 'reply') return this.kit.replyUnlessNewer(this.store, number, draft);
    const { input, idempotencyKey } = draft.message();
    await this.store.reply(number, input, idempotencyKey);
    return null;
  }

  readonly #reopen = async (): Promise<void> => {
    if (this.busy) return;
    this.busy = 'reopen';
    this.failure = null;
    const { number, closedAt } = this.ticket;
    try {
      await this.store.reopenTicket(number);
      this.store.announce(this.t('thread.reopened'));
      this.textarea?.focus();
    } catch (error) {
      if (error instanceof ApiError && error.code === 'reopen_window_expired') this.expiredAt = closedAt;
      else this.failure = { error, kept: false };
    } finally {
      this.busy = null;
    }
  };
}

const TAG = 'support-center-composer';
if (!customElements.get(TAG)) customElements.define(TAG, SupportComposer);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: SupportComposer;
  }
}
