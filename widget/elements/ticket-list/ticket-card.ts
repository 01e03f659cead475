import { html, nothing, type TemplateResult } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { Text } from '../../text/text.ts';
import type { AgentColumns } from './agent-columns.ts';
import { priorityIcon, statusIcon } from '../frame-icons.ts';

/** What a card needs besides its ticket. */
export interface CardView {
  text: Text;
  /** Milliseconds; what dates are told against. */
  now: number;
  /** Agents also see who asked and who answers; null for clients. */
  columns: AgentColumns | null;
  /** The ticket's address where the host gives tickets one: the subject is a link then. */
  href(number: string): string | null;
}

/** One ticket as a row. A template and not an element: it costs less than half. */
export function ticketCard(ticket: Ticket, view: CardView): TemplateResult {
  const { text } = view;
  const { number, status, priority, subject, unread } = ticket;
  return html`<li class=${unread ? 'card unread' : 'card'} part="ticket-card" data-number=${number}>
    <div class="headline">
      ${
        unread
          ? html`<span class="dot" title=${text.t('list.unread')}
              ><span class="sr">${text.t('list.unread')}</span></span
            >`
          : nothing
      }
      ${subjectOf(subject, view.href(number))}
    </div>
    <div class="meta">
      <span class="number numbers" part="ticket-number">${number}</span>
      <span>${text.t(`category.${ticket.category}`)}</span>
      ${ticket.relatedApp ? html`<span class="app"><bdi>${ticket.relatedApp.name}</bdi></span>` : nothing}
      ${view.columns?.requester(ticket, text)}
    </div>
    <span class="priority priority-${priority}" part="priority"
      >${priorityIcon(priority)}${text.t(`priority.${priority}`)}</span
    >
    ${view.columns?.assignee(ticket, text)}
    <span class="state"
      ><span class="chip tone-${status}" part="status"
        >${statusIcon(status)}<span>${text.t(`status.${status}`)}</span></span
      ></span
    >
    <time
      class="numbers"
      datetime=${ticket.createdAt}
      title=${text.t('card.opened', { date: text.exact(ticket.createdAt) })}
      >${text.relative(ticket.createdAt, view.now)}</time
    >
  </li>`;
}

function subjectOf(subject: string, href: string | null): TemplateResult {
  return href === null
    ? html`<button type="button" class="subject" part="ticket-subject" dir="auto">${subject}</button>`
    : html`<a class="subject" part="ticket-subject" dir="auto" href=${href}>${subject}</a>`;
}
