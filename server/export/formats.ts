import { toRecord } from './csv.ts';
import type { ExportedTicket } from './tickets.ts';

/** How an export is written: piece by piece, so that its length does not matter. */
export interface ExportFormat {
  begin: string;
  /** @param index counts from 0 */
  ticket(ticket: ExportedTicket, index: number): string;
  end: string;
}

const json: ExportFormat = {
  begin: '{"format":1,"tickets":[',
  ticket: ({ ticket, messages, history }, index) =>
    `${index > 0 ? ',' : ''}\n${JSON.stringify({ ...ticket, messages, history })}`,
  end: '\n]}\n',
};

const TICKET_COLUMNS = [
  'number',
  'subject',
  'status',
  'priority',
  'category',
  'relatedApp',
  'requesterId',
  'requesterName',
  'requesterEmail',
  'assignee',
  'followUpOf',
  'createdAt',
  'updatedAt',
  'firstRespondedAt',
  'resolvedAt',
  'closedAt',
  'messageCount',
];

const tickets: ExportFormat = {
  begin: toRecord(TICKET_COLUMNS),
  ticket: ({ ticket: t }) =>
    toRecord([
      t.number,
      t.subject,
      t.status,
      t.priority,
      t.category,
      t.relatedApp?.name ?? null,
      t.requester.id,
      t.requester.name,
      t.requester.email,
      t.assignee?.name ?? null,
      t.followUpOf,
      t.createdAt,
      t.updatedAt,
      t.firstRespondedAt,
      t.resolvedAt,
      t.closedAt,
      t.messageCount,
    ]),
  end: '',
};

const MESSAGE_COLUMNS = [
  'ticket',
  'id',
  'createdAt',
  'authorId',
  'authorName',
  'authorRole',
  'internal',
  'body',
  'attachments',
];

const messages: ExportFormat = {
  begin: toRecord(MESSAGE_COLUMNS),
  ticket: ({ ticket, messages }) =>
    messages
      .map((m) =>
        toRecord([
          ticket.number,
          m.id,
          m.createdAt,
          m.author.id,
          m.author.name,
          m.author.role,
          m.internal,
          m.body,
          m.attachments.map((file) => file.name).join('; '),
        ]),
      )
      .join(''),
  end: '',
};

export const FORMATS = { json, csv: tickets, 'csv-messages': messages } as const;
export type FormatName = keyof typeof FORMATS;
