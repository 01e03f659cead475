import { html, type TemplateResult } from 'lit';
import type { Ticket } from '../../../server/contract/tickets.ts';
import { fill, lateColumns } from '../../styles/late.ts';
import type { Text } from '../../text/text.ts';
import { initialsOf } from '../avatar.ts';
import { icons } from '../icons.ts';
import { agentColumnStyles } from './agent-columns.styles.ts';
import { setAgentColumns } from './columns.ts';

// What only agents see of the list: loaded with their words, and never for a client.
const agentColumns = { requester: requesterOf, assignee: assigneeOf };
export type AgentColumns = typeof agentColumns;

fill(lateColumns, [agentColumnStyles]);
setAgentColumns(agentColumns);

function requesterOf(ticket: Ticket, text: Text): TemplateResult {
  return html`<span class="requester" title=${ticket.requester.email}
    ><span class="sr">${text.t('card.requester', { name: '' })}</span>${icons.person}<bdi
      >${ticket.requester.name || ticket.requester.email}</bdi
    ></span
  >`;
}

function assigneeOf({ assignee }: Ticket, text: Text): TemplateResult {
  if (!assignee) {
    const label = text.t('card.unassigned');
    return html`<span class="assignee nobody" title=${label}
      ><span class="avatar">${icons.person}</span><span class="who">${label}</span></span
    >`;
  }
  const label = text.t('card.assignee', { name: assignee.name });
  return html`<span class="assignee" title=${label}
    ><span class="avatar" aria-hidden="true">${initialsOf(assignee.name)}</span
    ><span class="sr">${label}</span
    ><span class="who" aria-hidden="true"><bdi>${assignee.name}</bdi></span></span
  >`;
}
