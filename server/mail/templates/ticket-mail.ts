import type { NotificationKind } from '../../contract/vocabulary.ts';
import type { Category, Priority, Status } from '../../contract/vocabulary.ts';
import { toLine } from './escape.ts';
import { layOut, type MailContent, type RenderedMail } from './layout.ts';
import { CATEGORY_WORDS, inDays, PRIORITY_WORDS, STATUS_WORDS } from './words.ts';

/** What a mail about a ticket may know. There is no place for a note in it. */
export interface TicketMailParams {
  kind: NotificationKind;
  ticket: {
    number: string;
    subject: string;
    /** After the change. */
    status: Status;
    priority: Priority;
    category: Category;
    relatedApp: string | null;
  };
  requester: { name: string; email: string };
  /** null: the support center itself. */
  actor: { name: string } | null;
  message?: { body: string; attachmentNames: string[] };
  /** Replies that were written shortly before `message` and go out in the same mail, oldest first. */
  earlier?: Array<{ author: string; body: string; attachmentNames: string[] }>;
  /** A reply to the mail becomes a reply to the ticket. */
  canReply?: boolean;
  /** Where the ticket opens. */
  url?: string;
  reopenWindowDays: number;
  /** 0: resolved tickets are not closed by themselves. */
  closedAfterDays: number;
  /** For `reminder`: days until the ticket is resolved. */
  reminderDaysBefore: number;
}

/** The subject is the same for every mail of a ticket, so that mailboxes keep them together. */
export function renderTicketMail(params: TicketMailParams): RenderedMail {
  const { ticket, actor, message } = params;
  const subject = toLine(ticket.subject);
  const words = WORDS[params.kind](params, { actor: toLine(actor?.name ?? 'Support'), subject });
  const content: MailContent = {
    subject: `[${ticket.number}] ${subject}`,
    heading: words.heading,
    intro: words.intro,
    quotes: [],
    facts: words.facts ?? [],
    footer: words.footer,
  };
  for (const { author, body, attachmentNames } of params.earlier ?? []) {
    content.quotes.push({
      author: `${toLine(author)} wrote`,
      body,
      attachmentNames: attachmentNames.map(toLine),
    });
  }
  if (message) {
    content.quotes.push({
      author: toLine(words.author),
      body: message.body,
      attachmentNames: message.attachmentNames.map(toLine),
    });
  }
  if (params.url) content.link = { label: words.action, url: params.url };
  return layOut(content);
}

interface Words {
  heading: string;
  intro: string[];
  /** Who wrote what is quoted. */
  author: string;
  facts?: MailContent['facts'];
  /** On the button. */
  action: string;
  footer: string[];
}

type Names = { actor: string; subject: string };

const WORDS: Record<NotificationKind, (params: TicketMailParams, names: Names) => Words> = {
  confirmation: (params, { subject }) => ({
    heading: `We received your ticket ${params.ticket.number}`,
    intro: [`Thank you for writing. We have your request “${subject}” and will get back to you.`],
    author: 'You wrote',
    facts: facts(params),
    action: 'View your ticket',
    footer: toRequester(params),
  }),
  newTicket: (params) => ({
    heading: `New ticket ${params.ticket.number} from ${toLine(params.requester.name)}`,
    intro: [],
    author: `${params.requester.name} <${params.requester.email}>`,
    facts: [{ label: 'Subject', value: toLine(params.ticket.subject) }, ...facts(params)],
    action: 'Open the ticket',
    footer: ['You get this mail because new tickets are announced to this address.'],
  }),
  agentReply: (params, { actor, subject }) => ({
    heading: `${actor} replied to your ticket ${params.ticket.number}`,
    intro: [`About “${subject}”:`],
    author: `${actor} wrote`,
    facts: [{ label: 'Status', value: STATUS_WORDS[params.ticket.status] }],
    action: 'Read and answer',
    footer: [...afterwards(params), ...toRequester(params)],
  }),
  resolved: (params, { actor, subject }) => ({
    heading: `Your ticket ${params.ticket.number} is resolved`,
    intro: [
      params.actor
        ? `${actor} marked “${subject}” as resolved.`
        : `We did not hear from you about “${subject}”, so we marked it as resolved.`,
      ...afterwards(params),
    ],
    author: `${actor} wrote`,
    action: 'View your ticket',
    footer: toRequester(params),
  }),
  closed: (params, { actor, subject }) => ({
    heading: `Your ticket ${params.ticket.number} is closed`,
    intro: [
      params.actor
        ? `${actor} closed “${subject}”.`
        : `“${subject}” was resolved and nothing more came up, so we closed it.`,
      ...afterwards(params),
    ],
    author: `${actor} wrote`,
    action: 'View your ticket',
    footer: toRequester(params),
  }),
  reminder: (params, { subject }) => ({
    heading: `Your ticket ${params.ticket.number} waits for your answer`,
    intro: [
      `We answered “${subject}” and have not heard from you since.`,
      `Without an answer we will mark it as resolved in ${inDays(params.reminderDaysBefore)}.`,
    ],
    author: 'Our last message',
    action: 'Read and answer',
    footer: toRequester(params),
  }),
  clientReply: (params, { actor }) => ({
    heading: `${actor} replied on ${params.ticket.number}`,
    intro: [],
    author: `${actor} wrote`,
    facts: [
      { label: 'Subject', value: toLine(params.ticket.subject) },
      { label: 'Status', value: STATUS_WORDS[params.ticket.status] },
    ],
    action: 'Open the ticket',
    footer: toAssignee(params),
  }),
  assigned: (params, { actor }) => ({
    heading: `${params.ticket.number} is assigned to you`,
    intro:
      params.actor && params.actor.name !== params.requester.name ? [`${actor} assigned it to you.`] : [],
    author: `${params.requester.name} wrote`,
    facts: [
      { label: 'Subject', value: toLine(params.ticket.subject) },
      { label: 'Requester', value: toLine(`${params.requester.name} <${params.requester.email}>`) },
      { label: 'Status', value: STATUS_WORDS[params.ticket.status] },
      ...facts(params),
    ],
    action: 'Open the ticket',
    footer: toAssignee(params),
  }),
};

function facts({ ticket }: TicketMailParams): MailContent['facts'] {
  const list = [
    { label: 'Category', value: CATEGORY_WORDS[ticket.category] },
    { label: 'Priority', value: PRIORITY_WORDS[ticket.priority] },
  ];
  if (ticket.relatedApp) list.push({ label: 'Related app', value: toLine(ticket.relatedApp) });
  return list;
}

/** What the requester can still do about a ticket that is resolved or closed. */
function afterwards({ ticket, reopenWindowDays, closedAfterDays }: TicketMailParams): string[] {
  if (ticket.status === 'resolved') {
    const then = closedAfterDays > 0 ? ` Otherwise it closes in ${inDays(closedAfterDays)}.` : '';
    return [`If something is still open, reply in the ticket and we continue.${then}`];
  }
  if (ticket.status !== 'closed') return [];
  return reopenWindowDays > 0
    ? [`If it is not settled, reply in the ticket within ${inDays(reopenWindowDays)} to reopen it.`]
    : ['If it is not settled, create a new ticket that refers to this one.'];
}

function toRequester({ ticket, canReply }: TicketMailParams): string[] {
  return [
    `You get this mail because you created ticket ${ticket.number}.`,
    canReply
      ? 'Reply to this mail, or answer in the support center.'
      : 'Please answer in the support center: replies to this address are not read.',
  ];
}

function toAssignee({ ticket, canReply }: TicketMailParams): string[] {
  const why = `You get this mail because ticket ${ticket.number} is assigned to you.`;
  // An agent must not take it for a note: what they answer goes to the client.
  return canReply ? [why, 'If you reply to this mail, the requester gets your answer.'] : [why];
}
