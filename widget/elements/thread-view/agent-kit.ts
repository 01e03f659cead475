import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../../server/contract/tickets.ts';
import { STATUSES, type DeliveryState, type Status } from '../../../server/contract/vocabulary.ts';
import type { SupportStore } from '../../state.ts';
import type { Text } from '../../text/text.ts';
import { icons, statusIcon } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import { replyUnlessNewer } from '../composer/newer-reply.ts';
import '../ticket-controls/ticket-controls.ts';
import { presenceLine } from './presence-line.ts';

/** A complaint is not answered with the same mail again. */
const RETRIABLE: readonly DeliveryState[] = ['bounced', 'failed'];
const WRONG: readonly DeliveryState[] = ['bounced', 'complained', 'failed'];

function noteMark(text: Text): TemplateResult {
  return html`<span class="note-mark">${moreIcons.lock}${text.t('note.label')}</span>`;
}

/** Says that a message came as a mail. */
function originOf({ byMail }: Message, text: Text): TemplateResult | typeof nothing {
  return byMail ? html`<span class="tag">${text.t('message.by-mail')}</span>` : nothing;
}

/** Where the mail of a message stands, why, and another attempt where that may help. */
function deliveryOf(message: Message, text: Text, store: SupportStore): TemplateResult | typeof nothing {
  const { delivery, deliveryReason } = message;
  if (!delivery) return nothing;
  const isWrong = WRONG.includes(delivery);
  return html`<span class=${isWrong ? 'delivery wrong' : 'delivery'}
    >${isWrong ? icons.alert : delivery === 'queued' ? moreIcons.clock : moreIcons.mail}${text.t(
      `delivery.${delivery}`,
    )}${
      deliveryReason
        ? html`<bdi class="delivery-reason" title=${deliveryReason}>${deliveryReason}</bdi>`
        : nothing
    }${
      RETRIABLE.includes(delivery)
        ? html`<button
            type="button"
            class="link-button"
            @click=${(event: Event) => void retryMail(event.currentTarget as HTMLButtonElement, message, text, store)}
          >
            ${text.t('delivery.retry')}
          </button>`
        : nothing
    }</span
  >`;
}

async function retryMail(
  button: HTMLButtonElement,
  message: Message,
  text: Text,
  store: SupportStore,
): Promise<void> {
  const number = store.thread.value?.number;
  if (number === undefined) return;
  button.disabled = true;
  try {
    await store.retryMail(number, message.id);
    store.announce(text.t('delivery.retried'));
  } catch {
    store.toast({ kind: 'error', text: text.t('delivery.not-retried') });
  } finally {
    button.disabled = false;
  }
}

/** The checkbox that turns a reply into a note. */
function noteSwitch(
  text: Text,
  { checked, disabled, onChange }: { checked: boolean; disabled: boolean; onChange: (on: boolean) => void },
): TemplateResult {
  return html`<label class="note-switch">
    <input
      type="checkbox"
      .checked=${checked}
      ?disabled=${disabled}
      @change=${(event: Event) => onChange((event.target as HTMLInputElement).checked)}
    />${moreIcons.lock}<span>${text.t('note.checkbox')}</span>
  </label>`;
}

/** Which status the ticket has once the reply is sent. */
function afterSending(
  text: Text,
  { status, disabled, onChange }: { status: Status; disabled: boolean; onChange: (status: Status) => void },
): TemplateResult {
  return html`<span class="after-sending select-box tone-${status}" title=${text.t('send.set')}>
    <span class="select-icon">${statusIcon(status)}</span>
    <select
      class="select"
      part="select"
      aria-label=${text.t('send.set')}
      ?disabled=${disabled}
      @change=${(event: Event) => onChange((event.target as HTMLSelectElement).value as Status)}
    >
      ${STATUSES.map(
        (value) =>
          html`<option value=${value} ?selected=${value === status}>
            ${text.t('send.set.as', { status: text.t(`status.${value}`) })}
          </option>`,
      )}
    </select>
    ${icons.chevron}
  </span>`;
}

/** Somebody was faster: the reply waits for a second look. */
function newerNotice(text: Text, { author }: Message, send: () => void): TemplateResult {
  return html`<div class="notice" role="alert">
    ${icons.alert}
    <span class="grow">${text.t('send.newer', { name: author.name })}</span>
    <button type="button" class="button" part="button" @click=${send}>${text.t('send.anyway')}</button>
  </div>`;
}

/** What the thread shows to agents only. A module of its own, so that no client ever loads it. */
export const agentKit = {
  noteMark,
  originOf,
  deliveryOf,
  noteSwitch,
  afterSending,
  newerNotice,
  replyUnlessNewer,
  presenceLine,
};
export type AgentKit = typeof agentKit;
