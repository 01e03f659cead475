import { html, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { query, state } from 'lit/decorators.js';
import { LIMITS, type SessionLimits } from '../../../server/contract/limits.ts';
import { ApiError } from '../../api-error.ts';
import { toJson } from '../../plain-json.ts';
import type { Route } from '../../state.ts';
import { failureText } from '../../text/failure.ts';
import '../attachment-picker/attachment-picker.ts';
import { FileDrop } from '../attachment-picker/file-drop.ts';
import { SupportElement } from '../element.ts';
import { fieldStyles } from '../field.styles.ts';
import { icons } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import {
  checkTicket,
  FIELD_ORDER,
  placeErrors,
  toNewTicket,
  type FieldErrors,
  type FieldName,
  type TicketFields,
} from './check-ticket.ts';
import { TicketDraft } from './ticket-draft.ts';
import { formFooter, tips, type FormPhase } from './form-frame.ts';
import { ticketFields } from './ticket-fields.ts';
import { styles } from './ticket-form.styles.ts';

/**
 * @summary A new ticket: checked at its fields, kept as a draft while it is typed, safe to send twice.
 * @csspart form - the form
 */
export class TicketForm extends SupportElement {
  static override styles = [SupportElement.styles, ...fieldStyles, styles].flat();

  @state() private errors: FieldErrors = {};
  @state() private failure: ApiError | Error | null = null;
  @state() private phase: FormPhase = 'editing';

  @query('support-center-attachment-picker')
  private picker!: HTMLElementTagNameMap['support-center-attachment-picker'] | null;

  protected readonly drop = new FileDrop(
    this,
    () => this.picker,
    (time) => this.t('files.pasted', { time }),
  );
  #route: Route | null = null;
  #draft!: TicketDraft;

  protected override watch() {
    const { route, session, relatedApps } = this.store;
    return [route, session, relatedApps];
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

  /** Of what is partly behind the bar at the bottom, the browser brings only the line with the caret. */
  readonly #onFocusIn = ({ target }: FocusEvent): void =>
    (target as Element).scrollIntoView({ block: 'nearest' });

  readonly #flush = (): void => this.#draft?.flush();

  get #limits(): SessionLimits {
    return this.store.session.value?.limits ?? LIMITS;
  }

  protected override willUpdate(): void {
    const route = this.store.route.value;
    const owner = this.store.session.value?.actor.id;
    // A route of another view, or nobody, is the sign that this element is about to go.
    if (route.view !== 'new' || !owner) return;
    if (route === this.#route && owner === this.#draft.owner) return;
    this.#route = route;
    this.#flush();
    this.picker?.clear();
    this.#draft = new TicketDraft(this.store, route.defaults ?? {});
    this.errors = {};
    this.failure = null;
    this.phase = 'editing';
  }

  protected override updated(changed: PropertyValues): void {
    if (!changed.has('errors')) return;
    const first = FIELD_ORDER.find((name) => this.errors[name]);
    if (first) this.#focusField(first);
  }

  protected override render(): TemplateResult | typeof nothing {
    if (!this.#draft) return nothing;
    const isBusy = this.phase === 'sending';
    const { followUpOf } = this.#draft;
    return html`<form
        part="form"
        novalidate
        aria-labelledby="title"
        aria-busy=${isBusy ? 'true' : 'false'}
        @submit=${this.#onSubmit}
        @keydown=${this.#onKeydown}
        @focusin=${this.#onFocusIn}
      >
        <button type="button" class="button quiet back" part="button" @click=${this.#leave}>
          ${moreIcons.back}${this.t('thread.back')}
        </button>
        <h2 id="title" tabindex="-1">${this.t('form.title')}</h2>
        ${
          followUpOf
            ? html`<p class="notice">
                ${icons.chat}<span class="grow">${this.t('form.follow-up', { number: followUpOf })}</span>
              </p>`
            : nothing
        }
        ${this.#renderFields(isBusy)}
        ${formFooter({
          phase: this.phase,
          failure: this.failure,
          email: this.store.session.value?.actor.email,
          text: this.text,
          cancel: () => this.#leave(),
        })}
      </form>
      ${tips(this.text)}`;
  }

  #renderFields(isBusy: boolean): TemplateResult {
    return html`
      ${ticketFields({
        fields: this.#draft.fields,
        errors: this.errors,
        limits: this.#limits,
        apps: this.store.relatedApps.value,
        text: this.text,
        isBusy,
        change: (change) => this.#change(change),
      })}
      <div class="field" part="field">
        <support-center-attachment-picker
          .attachments=${this.#draft.attachments}
          .disabled=${isBusy}
          @attachments-change=${this.#onFiles}
        ></support-center-attachment-picker>
        ${
          this.errors.attachments
            ? html`<p class="field-error" part="error">
                ${icons.alert}<span>${this.errors.attachments}</span>
              </p>`
            : nothing
        }
      </div>
    `;
  }

  #change(change: Partial<TicketFields>): void {
    this.#draft.change(change);
    // What was wrong is not checked anew at every letter: it is quiet until the next attempt.
    const [name] = Object.keys(change) as FieldName[];
    if (name && this.errors[name]) delete this.errors[name];
    this.requestUpdate();
  }

  #onFiles(): void {
    const { attachments, busy, failed } = this.picker!;
    const hasGrown = attachments.length > this.#draft.attachments.length;
    this.#draft.attach(attachments);
    delete this.errors.attachments;
    this.requestUpdate();
    if (this.phase !== 'waiting' || busy) return;
    this.phase = 'editing';
    if (failed) this.#show({ attachments: this.t('files.broken') });
    // Who removed the last file that was awaited may want another in its place.
    else if (hasGrown) void this.#submit();
  }

  #onKeydown(event: KeyboardEvent): void {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    event.preventDefault();
    void this.#submit();
  }

  #onSubmit(event: SubmitEvent): void {
    event.preventDefault();
    void this.#submit();
  }

  async #submit(): Promise<void> {
    if (this.phase !== 'editing') return;
    const draft = this.#draft;
    this.failure = null;
    const errors = checkTicket(draft.fields, this.#limits, this.text);
    if (this.picker?.failed) errors.attachments = this.t('files.broken');
    this.#show(errors);
    if (Object.keys(errors).length > 0) return;
    if (this.picker?.busy) {
      this.phase = 'waiting';
      this.store.announce(this.t('form.waiting-files'));
      return;
    }
    this.phase = 'sending';
    const input = toNewTicket(
      draft.fields,
      draft.attachments,
      this.store.relatedApps.value,
      draft.followUpOf,
    );
    try {
      const { number } = await this.store.createTicket(input, draft.idempotencyKey(toJson(input)));
      draft.discard();
      this.#done(number);
    } catch (error) {
      this.#fail(error as Error, draft);
    } finally {
      if (draft === this.#draft) this.phase = 'editing';
    }
  }

  #done(number: string): void {
    const email = this.store.session.value?.actor.email ?? '';
    const text = this.t('form.created', { number, email });
    this.store.toast({ kind: 'success', text });
    this.store.announce(text);
    // Who went elsewhere meanwhile stays there.
    if (this.isConnected) this.store.navigate({ view: 'ticket', number });
  }

  #fail(error: Error, draft: TicketDraft): void {
    const code = error instanceof ApiError ? error.code : null;
    if (code === 'idempotency_conflict') draft.forgetKeys();
    if (!this.isConnected || draft !== this.#draft) {
      this.store.toast({ kind: 'error', text: `${failureText(this.text, error)} ${this.t('form.failed')}` });
      return;
    }
    const { placed, complete } = placeErrors(error instanceof ApiError ? error.errors : []);
    if (!complete) this.failure = error;
    this.#show(placed);
  }

  #show(errors: FieldErrors): void {
    this.errors = errors;
    const count = Object.keys(errors).length;
    if (count > 0) this.store.announce(this.t('form.invalid', { count }));
  }

  #focusField(name: FieldName): void {
    if (name === 'attachments') this.picker?.focus();
    else this.renderRoot.querySelector<HTMLElement>(`#${name}`)?.focus();
  }

  #leave(): void {
    this.#flush();
    const { followUpOf } = this.#draft;
    this.store.navigate(followUpOf ? { view: 'ticket', number: followUpOf } : { view: 'list' });
  }
}

const TAG = 'support-center-ticket-form';
if (!customElements.get(TAG)) customElements.define(TAG, TicketForm);

declare global {
  interface HTMLElementTagNameMap {
    [TAG]: TicketForm;
  }
}
