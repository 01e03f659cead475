import { html, nothing, type TemplateResult } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { Text } from '../../text/text.ts';
import { moreIcons } from '../more-icons.ts';

/** Whether a reply of its requester would reopen it. @param now milliseconds since 1970 UTC */
export function isReopenable(ticket: Ticket, now: number): boolean {
  return ticket.reopenableUntil !== null && now <= Date.parse(ticket.reopenableUntil);
}

/** Above the composer: what a reply would do to a ticket that is done, and the other way to the same. */
export function doneNotice(
  ticket: Ticket,
  text: Text,
  reopen: { busy: boolean; run: () => void },
): TemplateResult | typeof nothing {
  if (ticket.status === 'resolved') {
    return html`<p class="hint-line">${moreIcons.check}${text.t('thread.resolved')}</p>`;
  }
  if (ticket.status !== 'closed' || ticket.reopenableUntil === null) return nothing;
  return html`<div class="hint-line">
    ${moreIcons.lock}
    <span class="grow"
      >${text.t('thread.closed.reopenable', { date: text.date(ticket.reopenableUntil) })}</span
    >
    <button
      type="button"
      class="button"
      part="button"
      aria-disabled=${reopen.busy ? 'true' : nothing}
      @click=${reopen.run}
    >
      ${reopen.busy ? html`<span class="spinner"></span>` : nothing}${text.t('thread.reopen')}
    </button>
  </div>`;
}

/** In place of the composer, once a reply cannot reopen it any more. */
export function expiredNotice(
  ticket: Ticket,
  text: Text,
  { isKept, followUp }: { isKept: boolean; followUp: () => void },
): TemplateResult {
  const date = text.date(ticket.closedAt ?? ticket.updatedAt);
  return html`<div class="expired" part="composer">
    <span class="lock">${moreIcons.lock}</span>
    <p class="grow">
      ${text.t('thread.closed.expired', { date })}
      ${isKept ? html`<span class="muted">${text.t('thread.closed.kept')}</span>` : nothing}
    </p>
    <button type="button" class="button primary" part="button button-primary" @click=${followUp}>
      ${text.t('thread.closed.follow-up')}
    </button>
  </div>`;
}
