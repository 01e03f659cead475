import { html, nothing, type TemplateResult } from 'lit';
import { state } from 'lit/decorators.js';
import type { QuarantinedMail, ReleaseMail } from '../../../server/contract/mail.ts';
import { ApiError } from '../../api-error.ts';
import { failureText } from '../../text/failure.ts';
import '../dialog/dialog.ts';
import { dialogButtons, dialogFailure } from '../dialog/dialog-parts.ts';
import { SupportElement } from '../element.ts';
import { describedBy, field, selectField } from '../field.ts';
import { senderOf, type Judgement } from './held-mail.ts';

/** Fired once a mail has left the quarantine. */
export class MailJudgedEvent extends Event {
  /** Where it stood in the list. */
  readonly index: number;

  constructor(index: number) {
    super('mail-judged');
    this.index = index;
  }
}

/**
 * @summary The question before something is done with a mail, and the doing.
 * @fires mail-judged - stays within the owner's shadow root
 * @csspart button-primary - the button that does it
 * @csspart button-danger - the same, where it drops the mail
 */
export class JudgeMail extends SupportElement {
  @state() private isOpen = false;
  @state() private isBusy = false;
  @state() private number = '';
  @state() private as: 'note' | 'reply' = 'note';
  @state() private failure: unknown = null;
  /** What is wrong with the number, or with adding it so. */
  @state() private wrong: { number?: string; as?: string } = {};

  #judgement: Judgement = 'add';
  #mail: QuarantinedMail | null = null;

  /** Asks whether, and how, this is to be done with the mail. */
  ask(judgement: Judgement, mail: QuarantinedMail): void {
    this.#judgement = judgement;
    this.#mail = mail;
    this.number = mail.ticket ?? '';
    this.as = 'note';
    this.failure = null;
    this.wrong = {};
    this.isOpen = true;
  }

  protected override render(): TemplateResult | typeof nothing {
    const mail = this.#mail;
    if (!mail) return nothing;
    return html`<support-center-dialog
      .heading=${this.t(`quarantine.${this.#judgement}.title`, { name: senderOf(mail, this.text) })}
      .open=${this.isOpen}
      .busy=${this.isBusy}
      .content=${html`${this.#renderQuestion(mail)} ${this.#renderFailure()}`}
      .actions=${this.#renderActions()}
      @dialog-close=${this.#cancel}
    ></support-center-dialog>`;
  }

  #renderQuestion(mail: QuarantinedMail): TemplateResult {
    const name = senderOf(mail, this.text);
    const { email } = mail.from;
    const doubt = mail.verdict !== 'pass' && html`<p>${this.t('quarantine.doubt', { name })}</p>`;
    if (this.#judgement === 'drop') return html`<p>${this.t('quarantine.drop.body')}</p>`;
    if (this.#judgement === 'open') {
      return html`<p>${this.t('quarantine.open.body', { email })}</p>
        ${doubt || nothing}`;
    }
    const as = { id: 'as', label: this.t('quarantine.as'), error: this.wrong.as };
    return html`<form
      class="fields"
      novalidate
      @submit=${(event: Event) => {
        event.preventDefault();
        void this.#do();
      }}
    >
      ${this.#renderNumber()}
      ${selectField(as, {
        value: this.as,
        options: [
          { value: 'note', label: this.t('quarantine.as.note') },
          { value: 'reply', label: this.t('quarantine.as.reply', { name }) },
        ],
        onChange: (value) => {
          this.as = value as 'note' | 'reply';
          this.wrong = {};
        },
      })}
      ${this.as === 'reply' && doubt ? doubt : nothing}
    </form>`;
  }

  #renderNumber(): TemplateResult {
    const words = { id: 'number', label: this.t('quarantine.number'), error: this.wrong.number };
    return field(
      words,
      html`<input
        class="input"
        part="input"
        id="number"
        autofocus
        autocomplete="off"
        aria-required="true"
        aria-invalid=${words.error ? 'true' : nothing}
        aria-describedby=${describedBy(words)}
        .value=${this.number}
        @input=${(event: Event) => {
          this.number = (event.target as HTMLInputElement).value;
          this.wrong = {};
        }}
      />`,
    );
  }

  #renderFailure(): TemplateResult | typeof nothing {
    if (!this.failure) return nothing;
    return dialogFailure(`${this.t('quarantine.kept')} ${failureText(this.text, this.failure)}`);
  }

  #renderActions(): TemplateResult {
    return dialogButtons({
      cancel: this.t('action.cancel'),
      act: this.t(`quarantine.${this.#judgement}`),
      look: this.#judgement === 'drop' ? 'danger' : 'primary',
      isBusy: this.isBusy,
      onCancel: () => this.#cancel(),
      onAct: () => void this.#do(),
    });
  }

  readonly #cancel = (): void => {
    if (!this.isBusy) this.isOpen = false;
  };

  async #do(): Promise<void> {
    const [mail, desk] = [this.#mail, this.store.quarantine.value?.desk];
    if (this.isBusy || !mail || !desk) return;
    const number = this.number.trim();
    if (this.#judgement === 'add' && number === '') {
      this.wrong = { number: this.t('error.required') };
      return;
    }
    const index = this.store.quarantine.value?.mails.findIndex(({ id }) => id === mail.id) ?? 0;
    this.isBusy = true;
    this.failure = null;
    this.wrong = {};
    try {
      if (this.#judgement === 'drop') {
        await desk.drop(mail.id);
        this.store.toast({ kind: 'success', text: this.t('quarantine.dropped') });
      } else {
        const input: ReleaseMail = this.#judgement === 'open' ? { as: 'ticket' } : { as: this.as, number };
        this.#tellTicket(await desk.release(mail.id, input));
      }
      this.#leave(index);
    } catch (error) {
      this.#fail(error, index);
    } finally {
      this.isBusy = false;
    }
  }

  #tellTicket(number: string): void {
    this.store.toast({
      kind: 'success',
      text: this.t(this.#judgement === 'open' ? 'quarantine.opened' : 'quarantine.added', { number }),
      action: {
        label: this.t('quarantine.show'),
        run: () => this.store.navigate({ view: 'ticket', number }),
      },
    });
  }

  #fail(error: unknown, index: number): void {
    const { code, errors = [] } = error instanceof ApiError ? error : {};
    const names = (path: string): boolean => errors.some((one) => one.path === path);
    if (code === 'not_found') {
      this.store.toast({ kind: 'info', text: this.t('quarantine.gone') });
      this.#leave(index);
    } else if (this.#judgement === 'add' && names('number')) {
      this.wrong = { number: this.t('quarantine.invalid.number') };
    } else if (this.#judgement === 'add' && names('as')) {
      this.wrong = { as: this.t('quarantine.invalid.as') };
    } else if (names('as')) {
      this.failure = new Error(this.t('quarantine.reason.ambiguous_sender'));
    } else {
      this.failure = error;
    }
  }

  /** Closed before the focus moves on: it would give the focus back to a button that is gone. */
  #leave(index: number): void {
    this.isOpen = false;
    void this.updateComplete.then(() => this.dispatchEvent(new MailJudgedEvent(index)));
  }
}

const TAG = 'support-center-judge-mail';
if (!customElements.get(TAG)) customElements.define(TAG, JudgeMail);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: JudgeMail;
  }
}
