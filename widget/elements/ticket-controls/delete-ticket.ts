import { html, nothing, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { failureText } from '../../text/failure.ts';
import '../dialog/dialog.ts';
import { dialogButtons, dialogFailure } from '../dialog/dialog-parts.ts';
import { SupportElement } from '../element.ts';
import { moreIcons } from '../more-icons.ts';
import { styles } from './delete-ticket.styles.ts';

/**
 * @summary The button that deletes a ticket for good, after a dialog that names it.
 * @csspart button-danger - the button that does it
 */
export class DeleteTicket extends SupportElement {
  static override styles = [...SupportElement.styles, styles];

  @property({ attribute: false }) ticket!: Ticket;

  @state() private isOpen = false;
  @state() private isBusy = false;
  @state() private failure: unknown = null;

  protected override render(): TemplateResult {
    const { number } = this.ticket;
    return html`<button type="button" class="button danger-quiet" part="button" @click=${this.#ask}>
        ${moreIcons.trash}${this.t('controls.delete')}
      </button>
      <support-center-dialog
        .heading=${this.t('delete.title', { number })}
        .open=${this.isOpen}
        .busy=${this.isBusy}
        .content=${this.#renderWarning()}
        .actions=${this.#renderActions()}
        @dialog-close=${this.#cancel}
      ></support-center-dialog>`;
  }

  #renderWarning(): TemplateResult {
    const { number, subject } = this.ticket;
    return html`<p class="body">${this.t('delete.body', { number, subject })}</p>
      ${
        this.failure
          ? dialogFailure(`${this.t('delete.failed')} ${failureText(this.text, this.failure)}`)
          : nothing
      }`;
  }

  #renderActions(): TemplateResult {
    return dialogButtons({
      cancel: this.t('action.cancel'),
      act: this.t(this.isBusy ? 'delete.busy' : 'delete.confirm'),
      look: 'danger',
      isBusy: this.isBusy,
      onCancel: () => this.#cancel(),
      onAct: () => this.#delete(),
    });
  }

  #ask(): void {
    this.failure = null;
    this.isOpen = true;
  }

  #cancel(): void {
    if (!this.isBusy) this.isOpen = false;
  }

  async #delete(): Promise<void> {
    if (this.isBusy) return;
    const { number } = this.ticket;
    this.isBusy = true;
    this.failure = null;
    try {
      await this.store.deleteTicket(number);
      this.isOpen = false;
      this.store.toast({ kind: 'success', text: this.t('controls.deleted', { number }) });
    } catch (error) {
      this.failure = error;
    } finally {
      this.isBusy = false;
    }
  }
}

const TAG = 'support-center-delete-ticket';
if (!customElements.get(TAG)) customElements.define(TAG, DeleteTicket);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: DeleteTicket;
  }
}
