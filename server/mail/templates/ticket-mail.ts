import type { NotificationKind } from '../../contract/vocabulary.ts';
import type { Category, Priority, Status } from '../../contract/vocabulary.ts';
import { toLine } from './escape.ts';
import { layOut, type MailContent, type RenderedMail } from './layout.ts';
import { mailTextFor } from './mail-text.ts';
import { TICKET_WORDS } from './ticket-words.ts';

/** What a mail about a ticket may know. There is no place for a note in it. */
export interface TicketMailParams {
  kind: NotificationKind;
  /** Language of the one who reads it, as a tag of BCP 47; without one it is English. */
  locale?: string | null;
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
  const { ticket, message } = params;
  const text = mailTextFor(params.locale);
  const subject = toLine(ticket.subject);
  const actor = toLine(params.actor?.name ?? text.t('support'));
  const requester = toLine(params.requester.name);
  const words = TICKET_WORDS[params.kind]({
    ...params,
    text,
    subject,
    actorName: actor,
    requesterName: requester,
  });
  const content: MailContent = {
    words: text,
    subject: `[${ticket.number}] ${subject}`,
    heading: words.heading,
    intro: words.intro,
    quotes: [],
    facts: words.facts ?? [],
    footer: words.footer,
  };
  for (const { author, body, attachmentNames } of params.earlier ?? []) {
    content.quotes.push({
      author: text.t('wrote', { name: toLine(author) }),
      body,
      attachmentNames: attachmentNames.map(toLine),
    });
  }
  if (message) {
    content.quotes.push({
      author: words.author,
      body: message.body,
      attachmentNames: message.attachmentNames.map(toLine),
    });
  }
  if (params.url) content.link = { label: text.t(words.action), url: params.url };
  return layOut(content);
}
