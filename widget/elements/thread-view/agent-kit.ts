import { html, nothing, type TemplateResult } from 'lit';
import type { Message } from '../../../server/contract/tickets.ts';
import { STATUSES, type DeliveryState, type Status } from '../../../server/contract/vocabulary.ts';
import type { Text } from '../../text/text.ts';
import { icons, statusIcon } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';
import '../ticket-controls/ticket-controls.ts';

const WRONG: readonly DeliveryState[] = ['bounced', 'complained', 'failed'];

function noteMark(text: Text): TemplateResult {
  return html`<span class="note-mark">${moreIcons.lock}${text.t('note.label')}</span>`;
}

/** Where the mail of a message stands. */
function deliveryOf({ delivery }: Message, text: Text): TemplateResult | typeof nothing {
  if (!delivery) return nothing;
  const isWrong = WRONG.includes(delivery);
  return html`<span class=${isWrong ? 'delivery wrong' : 'delivery'}
    >${isWrong ? icons.alert : delivery === 'queued' ? moreIcons.clock : moreIcons.mail}${text.t(
      `delivery.${delivery}`,
    )}</span
  >`;
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

/** What the thread shows to agents only. A module of its own, so that no client ever loads it. */
export const agentKit = { noteMark, deliveryOf, noteSwitch, afterSending };
export type AgentKit = typeof agentKit;
