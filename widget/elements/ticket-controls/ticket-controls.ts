import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { CATEGORIES, PRIORITIES, STATUSES } from '../../../server/contract/vocabulary.ts';
import { ApiError } from '../../api-error.ts';
import { failureText } from '../../text/failure.ts';
import type { TextKey } from '../../text/text.ts';
import { SupportElement } from '../element.ts';
import { fieldStyles } from '../field.styles.ts';
import { selectField, type Option } from '../field.ts';
import { icons, priorityIcon, statusIcon } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { changedFields, valueOf, wordsFor, type ControlField } from './control-fields.ts';
import './delete-ticket.ts';
import { TicketChanges } from './ticket-changes.ts';
import { styles } from './ticket-controls.styles.ts';

/**
 * @summary What agents do with a ticket besides writing: assign, set status, priority and category (saved at
 *   once), close, reopen, delete.
 * @csspart controls - all of it
 */
export class TicketControls extends SupportElement {
  static override styles = [...SupportElement.styles, ...fieldStyles, styles];

  @property({ attribute: false }) ticket!: Ticket;

  /** The button whose work is under way. */
  @state() private running: 'close' | 'reopen' | null = null;
  @state() private failure: unknown = null;
  @state() private agentsFailed = false;

  readonly #changes = new TicketChanges(
    this,
    () => this.store,
    () => this.store.announce(this.t('controls.saved')),
  );

  protected override watch() {
    return [this.store.agents, this.store.session];
  }

  override connectedCallback(): void {
    super.connectedCallback();
    void this.#loadAgents();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (!changed.has('ticket')) return;
    this.#changes.turnTo(this.ticket.number);
    if (changed.get('ticket')?.number !== this.ticket.number) this.failure = null;
  }

  protected override render(): TemplateResult {
    return html`<section part="controls" aria-label=${this.t('controls.label')}>
      <div class="properties">
        ${this.#renderAssignee()} ${this.#renderChoice('status', STATUSES, statusIcon)}
        ${this.#renderChoice('priority', PRIORITIES, priorityIcon)}
        ${this.#renderChoice('category', CATEGORIES, () => moreIcons.tag)}
      </div>
      ${this.#renderConflict()} ${this.#renderFailure()}
      <div class="actions">
        ${this.#renderCloseOrReopen()}
        ${
          this.store.session.value?.permissions.deleteTickets
            ? html`<support-center-delete-ticket .ticket=${this.ticket}></support-center-delete-ticket>`
            : nothing
        }
      </div>
    </section>`;
  }

  #renderAssignee(): TemplateResult {
    const me = this.store.session.value?.actor;
    const value = this.#value('assignee');
    const { assignee } = this.ticket;
    const people = [...(this.store.agents.value ?? [])].sort((a, b) =>
      a.name.localeCompare(b.name, this.text.locale),
    );
    const options: Option[] = [
      { value: '', label: this.t('controls.nobody') },
      ...people.map(({ id, name }) => ({ value: id, label: name })),
    ];
    // Who is not among the agents (yet, or any more) still has to show.
    for (const person of [assignee, me && value === me.id ? me : null]) {
      if (person && !options.some((option) => option.value === person.id)) {
        options.push({ value: person.id, label: person.name });
      }
    }
    return html`<div class="property">
      ${selectField(
        { id: 'assignee', label: this.t('controls.assignee') },
        {
          value,
          options,
          icon: html`<span class="assignee ${value ? '' : 'nobody'}">${icons.person}</span>`,
          mark: this.#mark('assignee'),
          onChange: (id) => this.#change('assignee', id),
        },
      )}
      ${
        this.agentsFailed
          ? html`<p class="after field-error" part="error">
              <span>${this.t('list.agents-failed')}</span>
              <button type="button" class="link" part="button" @click=${this.#loadAgents}>
                ${this.t('action.retry')}
              </button>
            </p>`
          : nothing
      }
      ${
        me && value !== me.id
          ? html`<button type="button" class="take link" part="button" @click=${() => this.#take(me.id)}>
              ${this.t('controls.take')}
            </button>`
          : nothing
      }
    </div>`;
  }

  #renderChoice<V extends string>(
    field: 'status' | 'priority' | 'category',
    values: readonly V[],
    icon: (value: V) => unknown,
  ): TemplateResult {
    const value = this.#value(field) as V;
    return html`<div class="property">
      ${selectField(
        { id: field, label: this.t(`controls.${field}`) },
        {
          value,
          options: values.map((option) => ({
            value: option,
            label: this.t(`${field}.${option}` as TextKey),
          })),
          icon: html`<span class="${field} tone-${value} priority-${value}">${icon(value)}</span>`,
          mark: this.#mark(field),
          onChange: (choice) => this.#change(field, choice),
        },
      )}
    </div>`;
  }

  #mark(field: ControlField): TemplateResult | undefined {
    if (this.#changes.pending[field] !== undefined) {
      return html`<span class="mark"><span class="spinner"></span></span>`;
    }
    return this.#changes.saved === field
      ? html`<span class="mark saved">${moreIcons.check}</span>`
      : undefined;
  }

  #renderConflict(): TemplateResult | typeof nothing {
    const { conflict } = this.#changes;
    if (!conflict) return nothing;
    const { before, current } = conflict;
    return html`<div class="conflict" role="alert">
      <p class="strong">${icons.alert}${this.t('conflict.title')}</p>
      <ul>
        ${changedFields(before, current).map((field) => {
          const from = wordsFor(before, field, this.text);
          const to = wordsFor(current, field, this.text);
          return html`<li>
            ${this.t('conflict.change', { field: this.t(`controls.${field}`), from, to })}
          </li>`;
        })}
      </ul>
      <p>
        ${this.t('conflict.mine', {
          field: this.t(`controls.${conflict.field}`),
          to: this.#chosenWords(conflict.field, conflict.value),
        })}
      </p>
      <div class="answers">
        <button type="button" class="button" part="button" @click=${() => this.#answer('keepTheirs')}>
          ${this.t('conflict.keep')}
        </button>
        <button type="button" class="button" part="button" @click=${() => this.#answer('applyMine')}>
          ${this.t('conflict.apply')}
        </button>
      </div>
    </div>`;
  }

  #renderFailure(): TemplateResult | typeof nothing {
    const error = this.failure ?? this.#changes.failure?.error;
    if (!error) return nothing;
    return html`<div class="notice error" part="error" role="alert">
      ${icons.alert}
      <span class="grow">${this.t('controls.failed')} ${failureText(this.text, error)}</span>
      <button
        type="button"
        class="button"
        part="button"
        @click=${() => (this.failure ? this.#closeOrReopen() : this.#changes.retry())}
      >
        ${this.t('action.retry')}
      </button>
    </div>`;
  }

  #renderCloseOrReopen(): TemplateResult {
    const isClosed = this.ticket.status === 'closed';
    // One button for both, so that the focus stays on it.
    return html`<button
      type="button"
      class="button"
      part="button"
      aria-disabled=${this.running ? 'true' : nothing}
      @click=${this.#closeOrReopen}
    >
      ${this.running ? html`<span class="spinner"></span>` : isClosed ? icons.retry : moreIcons.check}
      ${this.t(isClosed ? 'controls.reopen' : 'controls.close')}
    </button>`;
  }

  #value(field: ControlField): string {
    return this.#changes.pending[field] ?? valueOf(this.ticket, field);
  }

  #chosenWords(field: ControlField, value: string): string {
    if (field !== 'assignee') return this.t(`${field}.${value}` as TextKey);
    const people = [...(this.store.agents.value ?? []), this.store.session.value?.actor];
    return people.find((person) => person?.id === value)?.name ?? this.t('controls.nobody');
  }

  #change(field: ControlField, value: string): void {
    this.failure = null;
    this.#changes.change(field, value);
  }

  #answer(choice: 'keepTheirs' | 'applyMine'): void {
    const field = this.#changes.conflict?.field;
    this.#changes[choice]();
    this.#focus(field);
  }

  #take(me: string): void {
    this.#change('assignee', me);
    this.#focus('assignee');
  }

  /** A pressed button is about to go, and the focus with it. */
  #focus(field: ControlField | undefined): void {
    if (field) this.renderRoot.querySelector<HTMLElement>(`#${field}`)?.focus();
  }

  async #closeOrReopen(): Promise<void> {
    if (this.running) return;
    const { number, status } = this.ticket;
    const isClosed = status === 'closed';
    this.running = isClosed ? 'reopen' : 'close';
    this.failure = null;
    try {
      await (isClosed ? this.store.reopenTicket(number) : this.store.closeTicket(number));
      this.store.announce(this.t(isClosed ? 'thread.reopened' : 'controls.closed'));
    } catch (error) {
      // Somebody was faster, and it is as wanted: show how it stands.
      if (error instanceof ApiError && error.code === 'already_closed') await this.store.openThread(number);
      else this.failure = error;
    } finally {
      this.running = null;
    }
  }

  async #loadAgents(): Promise<void> {
    this.agentsFailed = false;
    try {
      await this.store.loadAgents();
    } catch {
      this.agentsFailed = true;
    }
  }
}

const TAG = 'support-center-ticket-controls';
if (!customElements.get(TAG)) customElements.define(TAG, TicketControls);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: TicketControls;
  }
}
