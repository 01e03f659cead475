import { html, nothing, type TemplateResult } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import type { Text, TextKey } from '../../text/text.ts';
import { priorityIcon, statusIcon } from '../icons.ts';
import { moreIcons } from '../more-icons.ts';

/** What the details are shown with. */
export interface DetailsView {
  text: Text;
  /** Milliseconds; what dates are told against. */
  now: number;
  /** Agents set status, priority, category and assignee beside these, and see more of the rest. */
  forAgent: boolean;
  /** The address of another ticket, where tickets have one. */
  href: (number: string) => string | null;
  open: (number: string) => void;
}

export function statusChip(ticket: Ticket, text: Text): TemplateResult {
  return html`<span class="chip tone-${ticket.status}" part="status"
    >${statusIcon(ticket.status)}${text.t(`status.${ticket.status}`)}</span
  >`;
}

/** One line in place of the side column, where there is no room for it. */
export function ticketChips(ticket: Ticket, text: Text): TemplateResult {
  const { priority, category, relatedApp } = ticket;
  return html`<span class="narrow priority priority-${priority}" part="priority"
      >${priorityIcon(priority)}${text.t(`priority.${priority}`)}</span
    >
    <span class="narrow fact">${moreIcons.tag}${text.t(`category.${category}`)}</span>
    ${relatedApp ? html`<span class="narrow fact">${moreIcons.app}<bdi>${relatedApp.name}</bdi></span>` : nothing}`;
}

/** The properties that are read, not set. */
export function ticketDetails(ticket: Ticket, view: DetailsView): TemplateResult {
  const { text, forAgent } = view;
  const { requester, relatedApp, followUpOf, assignee } = ticket;
  return html`<dl class="details">
    ${
      forAgent
        ? row(
            text,
            'thread.requester',
            html`<bdi>${requester.name}</bdi
              ><bdi class="muted small email">${breakable(requester.email)}</bdi>${mailNotice(ticket, text)}`,
          )
        : html`${row(
            text,
            'list.priority',
            html`<span class="priority priority-${ticket.priority}"
              >${priorityIcon(ticket.priority)}${text.t(`priority.${ticket.priority}`)}</span
            >`,
          )}
          ${row(text, 'list.category', text.t(`category.${ticket.category}`))}
          ${row(
            text,
            'thread.assignee',
            assignee
              ? html`<bdi>${assignee.name}</bdi>`
              : html`<span class="muted">${text.t('thread.unassigned')}</span>`,
          )}`
    }
    ${relatedApp ? row(text, 'thread.app', html`<bdi>${relatedApp.name}</bdi>`) : nothing}
    ${dateRow(view, 'thread.opened', ticket.createdAt)} ${dateRow(view, 'thread.updated', ticket.updatedAt)}
    ${
      forAgent
        ? html`${dateRow(view, 'controls.first-response', ticket.firstRespondedAt)}
          ${dateRow(view, 'controls.resolved', ticket.resolvedAt)}
          ${dateRow(view, 'controls.closed-at', ticket.closedAt)}`
        : nothing
    }
    ${followUpOf ? row(text, 'thread.continues', followUpLink(followUpOf, view)) : nothing}
  </dl>`;
}

/** Why the requester hears nothing by mail. */
function mailNotice({ requesterMail }: Ticket, text: Text): TemplateResult | typeof nothing {
  if (!requesterMail) return nothing;
  const { state, reason } = requesterMail;
  return html`<span class="mail-notice small" title=${reason ?? nothing}
    >${text.t(`requester.${state}`)}</span
  >`;
}

function row(text: Text, label: TextKey, value: unknown): TemplateResult {
  return html`<div>
    <dt>${text.t(label)}</dt>
    <dd>${value}</dd>
  </div>`;
}

function dateRow(view: DetailsView, label: TextKey, at: string | null): TemplateResult | typeof nothing {
  if (at === null) return nothing;
  return row(
    view.text,
    label,
    html`<time class="numbers" datetime=${at} title=${view.text.exact(at)}
      >${view.text.relative(at, view.now)}</time
    >`,
  );
}

function followUpLink(number: string, { href, open }: DetailsView): TemplateResult {
  const address = href(number);
  return address === null
    ? html`<button type="button" class="link numbers" @click=${() => open(number)}>${number}</button>`
    : html`<a class="numbers" href=${address}>${number}</a>`;
}

/** Too long for its line, an address goes on after its @ rather than in the middle of a word. */
function breakable(email: string): TemplateResult {
  const at = email.lastIndexOf('@') + 1;
  return html`${email.slice(0, at)}<wbr />${email.slice(at)}`;
}
