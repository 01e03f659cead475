import type { NotificationKind } from '../../contract/vocabulary.ts';
import { toLine } from './escape.ts';
import type { MailContent } from './layout.ts';
import type { MailText } from './mail-text.ts';
import type { TicketMailParams } from './ticket-mail.ts';

/** What one mail says, before who wrote what and the link are put in. */
export interface TicketWords {
  heading: string;
  intro: string[];
  /** Who wrote what is quoted. */
  author: string;
  facts?: MailContent['facts'];
  /** On the button. */
  action: 'action.view' | 'action.open' | 'action.answer';
  footer: string[];
}

/** The parameters, with the words of their language and every name on one line. */
export type WordsInput = TicketMailParams & {
  text: MailText;
  subject: string;
  actorName: string;
  requesterName: string;
};

export const TICKET_WORDS: Record<NotificationKind, (input: WordsInput) => TicketWords> = {
  confirmation: (input) => ({
    heading: heading(input),
    intro: [input.text.t('confirmation.intro', { subject: input.subject })],
    author: input.text.t('wrote.you'),
    facts: facts(input),
    action: 'action.view',
    footer: toRequester(input),
  }),
  newTicket: (input) => ({
    heading: heading(input),
    intro: [],
    author: address(input),
    facts: [subjectFact(input), ...facts(input)],
    action: 'action.open',
    footer: [input.text.t('why.team')],
  }),
  agentReply: (input) => ({
    heading: heading(input),
    intro: [input.text.t('agentReply.intro', { subject: input.subject })],
    author: wrote(input),
    facts: [statusFact(input)],
    action: 'action.answer',
    footer: [...afterwards(input), ...toRequester(input)],
  }),
  resolved: (input) => ({
    heading: heading(input),
    intro: [done(input, 'resolved.by', 'resolved.auto'), ...afterwards(input)],
    author: wrote(input),
    action: 'action.view',
    footer: toRequester(input),
  }),
  closed: (input) => ({
    heading: heading(input),
    intro: [done(input, 'closed.by', 'closed.auto'), ...afterwards(input)],
    author: wrote(input),
    action: 'action.view',
    footer: toRequester(input),
  }),
  reminder: (input) => ({
    heading: heading(input),
    intro: [
      input.text.t('reminder.intro', { subject: input.subject }),
      input.text.t('reminder.then', { count: input.reminderDaysBefore }),
    ],
    author: input.text.t('wrote.last'),
    action: 'action.answer',
    footer: toRequester(input),
  }),
  clientReply: (input) => ({
    heading: heading(input),
    intro: [],
    author: wrote(input),
    facts: [subjectFact(input), statusFact(input)],
    action: 'action.open',
    footer: toAssignee(input),
  }),
  assigned: (input) => ({
    heading: heading(input),
    intro:
      input.actor && input.actor.name !== input.requester.name
        ? [input.text.t('assigned.by', { actor: input.actorName })]
        : [],
    author: input.text.t('wrote', { name: input.requesterName }),
    facts: [
      subjectFact(input),
      { label: input.text.t('label.requester'), value: address(input) },
      statusFact(input),
      ...facts(input),
    ],
    action: 'action.open',
    footer: toAssignee(input),
  }),
};

function heading({ kind, text, ticket, actorName, requesterName }: WordsInput): string {
  return text.t(`${kind}.heading`, { number: ticket.number, actor: actorName, name: requesterName });
}

function wrote({ text, actorName }: WordsInput): string {
  return text.t('wrote', { name: actorName });
}

function address({ requester }: WordsInput): string {
  return toLine(`${requester.name} <${requester.email}>`);
}

/** Who did it, or why it came about by itself. */
function done(
  { text, actor, actorName, subject }: WordsInput,
  by: 'resolved.by' | 'closed.by',
  auto: 'resolved.auto' | 'closed.auto',
): string {
  return actor ? text.t(by, { actor: actorName, subject }) : text.t(auto, { subject });
}

function subjectFact({ text, subject }: WordsInput): MailContent['facts'][number] {
  return { label: text.t('label.subject'), value: subject };
}

function statusFact({ text, ticket }: WordsInput): MailContent['facts'][number] {
  return { label: text.t('label.status'), value: text.t(`status.${ticket.status}`) };
}

function facts({ text, ticket }: WordsInput): MailContent['facts'] {
  const list = [
    { label: text.t('label.category'), value: text.t(`category.${ticket.category}`) },
    { label: text.t('label.priority'), value: text.t(`priority.${ticket.priority}`) },
  ];
  if (ticket.relatedApp) list.push({ label: text.t('label.app'), value: toLine(ticket.relatedApp) });
  return list;
}

/** What the requester can still do about a ticket that is resolved or closed. */
function afterwards({ text, ticket, reopenWindowDays, closedAfterDays }: WordsInput): string[] {
  if (ticket.status === 'resolved') {
    const sentences = [text.t('after.resolved')];
    if (closedAfterDays > 0) sentences.push(text.t('after.resolved.closes', { count: closedAfterDays }));
    return [sentences.join(text.language === 'ja' ? '' : ' ')];
  }
  if (ticket.status !== 'closed') return [];
  return [
    reopenWindowDays > 0
      ? text.t('after.closed', { count: reopenWindowDays })
      : text.t('after.closed.expired'),
  ];
}

function toRequester({ text, ticket, canReply }: WordsInput): string[] {
  return [text.t('why.requester', { number: ticket.number }), text.t(canReply ? 'why.reply' : 'why.unread')];
}

function toAssignee({ text, ticket, canReply }: WordsInput): string[] {
  const why = text.t('why.assignee', { number: ticket.number });
  // An agent must not take it for a note: what they answer goes to the client.
  return canReply ? [why, text.t('why.reply.agent')] : [why];
}
