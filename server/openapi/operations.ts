import type { z } from 'zod';
import type { ErrorCode } from '../contract/errors.ts';
import { QuarantineQuery } from '../contract/mail.ts';
import { EventsQuery } from '../contract/presence.ts';
import { MessageListQuery, TicketFilter, TicketListQuery } from '../contract/tickets.ts';
import type { SchemaName } from './schemas.ts';

/** One method of one path, as far as its schemas do not say it already. */
export interface Operation {
  id: string;
  method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  path: string;
  summary: string;
  /** No token needed. */
  isPublic?: boolean;
  query?: z.ZodObject;
  /** Request headers beside `Authorization`. */
  headers?: Array<'If-Match' | 'If-None-Match' | 'Idempotency-Key' | 'Last-Event-ID'>;
  body?: SchemaName | 'multipart';
  answer: {
    status: number;
    /** A schema; 'bytes' for a file, 'events' for a stream of them; nothing for an answer without a body. */
    schema?: SchemaName | 'bytes' | 'events';
    headers?: Array<'ETag' | 'Location'>;
  };
  /** Problems beside those that every operation of its kind can have. */
  problems: ErrorCode[];
}

export const OPERATIONS: Operation[] = [
  {
    id: 'readCenter',
    method: 'get',
    path: '/api/center',
    summary: 'Whether support is on, and where the external helpdesk is.',
    isPublic: true,
    answer: { status: 200, schema: 'Center' },
    problems: [],
  },
  {
    id: 'readSession',
    method: 'get',
    path: '/api/session',
    summary: 'Who the token speaks of, and what they may do. Also answered while support is off.',
    headers: ['If-None-Match'],
    answer: { status: 200, schema: 'Session', headers: ['ETag'] },
    problems: [],
  },
  {
    id: 'listTickets',
    method: 'get',
    path: '/api/tickets',
    summary: 'A page of tickets: of all, or for a client of their own.',
    query: TicketListQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, schema: 'TicketPage', headers: ['ETag'] },
    problems: ['invalid_request', 'support_disabled'],
  },
  {
    id: 'countTickets',
    method: 'get',
    path: '/api/tickets/counts',
    summary: 'How many tickets of each status the same filters leave.',
    query: TicketFilter.omit({ status: true }),
    headers: ['If-None-Match'],
    answer: { status: 200, schema: 'CountsAnswer', headers: ['ETag'] },
    problems: ['invalid_request', 'support_disabled'],
  },
  {
    id: 'createTicket',
    method: 'post',
    path: '/api/tickets',
    summary: 'Files a ticket. The description becomes its first message.',
    headers: ['Idempotency-Key'],
    body: 'NewTicket',
    answer: { status: 201, schema: 'Ticket', headers: ['ETag', 'Location'] },
    problems: ['idempotency_conflict', 'support_disabled'],
  },
  {
    id: 'readTicket',
    method: 'get',
    path: '/api/tickets/{number}',
    summary: 'One ticket.',
    answer: { status: 200, schema: 'Ticket', headers: ['ETag'] },
    problems: ['not_found', 'support_disabled'],
  },
  {
    id: 'changeTicket',
    method: 'patch',
    path: '/api/tickets/{number}',
    summary: 'Changes status, priority, category or assignee. For agents.',
    headers: ['If-Match'],
    body: 'TicketPatch',
    answer: { status: 200, schema: 'Ticket', headers: ['ETag'] },
    problems: ['forbidden', 'not_found', 'version_mismatch', 'version_required'],
  },
  {
    id: 'deleteTicket',
    method: 'delete',
    path: '/api/tickets/{number}',
    summary: 'Deletes it for good, with its messages and files. For admins.',
    answer: { status: 204 },
    problems: ['forbidden', 'not_found'],
  },
  {
    id: 'closeTicket',
    method: 'post',
    path: '/api/tickets/{number}/close',
    summary: 'Closes it, with a message as its last reply. For agents.',
    body: 'Close',
    answer: { status: 200, schema: 'Ticket', headers: ['ETag'] },
    problems: ['forbidden', 'not_found', 'already_closed'],
  },
  {
    id: 'reopenTicket',
    method: 'post',
    path: '/api/tickets/{number}/reopen',
    summary: 'Reopens it: agents at any time, its requester within the window.',
    body: 'Reopen',
    answer: { status: 200, schema: 'Ticket', headers: ['ETag'] },
    problems: ['not_found', 'reopen_window_expired', 'support_disabled'],
  },
  {
    id: 'listMessages',
    method: 'get',
    path: '/api/tickets/{number}/messages',
    summary: 'The conversation, oldest first. Internal notes are in it for agents only.',
    query: MessageListQuery,
    headers: ['If-None-Match'],
    answer: { status: 200, schema: 'MessagePage', headers: ['ETag'] },
    problems: ['invalid_request', 'not_found', 'support_disabled'],
  },
  {
    id: 'postMessage',
    method: 'post',
    path: '/api/tickets/{number}/messages',
    summary: 'A reply, or an internal note of an agent. With `If-Match`, not over a newer one.',
    headers: ['Idempotency-Key', 'If-Match'],
    body: 'NewMessage',
    answer: { status: 201, schema: 'Message' },
    problems: [
      'forbidden',
      'not_found',
      'reopen_window_expired',
      'idempotency_conflict',
      'version_mismatch',
      'support_disabled',
    ],
  },
  {
    id: 'listHistory',
    method: 'get',
    path: '/api/tickets/{number}/history',
    summary: 'Who changed what, when.',
    answer: { status: 200, schema: 'HistoryAnswer' },
    problems: ['not_found', 'support_disabled'],
  },
  {
    id: 'setPresence',
    method: 'put',
    path: '/api/tickets/{number}/presence',
    summary: 'Says that one looks at a ticket or writes on it, and hears who else does. For agents.',
    body: 'PresenceInput',
    answer: { status: 200, schema: 'PresenceAnswer' },
    problems: ['forbidden', 'not_found', 'support_disabled'],
  },
  {
    id: 'streamEvents',
    method: 'get',
    path: '/api/events',
    summary: 'Server-Sent Events: which ticket has changed, as it happens. Ends when the token expires.',
    query: EventsQuery,
    headers: ['Last-Event-ID'],
    answer: { status: 200, schema: 'events' },
    problems: ['invalid_request', 'support_disabled'],
  },
  {
    id: 'uploadAttachment',
    method: 'post',
    path: '/api/attachments',
    summary: 'Uploads a file, to be named in a message within 24 hours.',
    body: 'multipart',
    answer: { status: 201, schema: 'Attachment' },
    problems: ['support_disabled'],
  },
  {
    id: 'readAttachment',
    method: 'get',
    path: '/api/attachments/{id}',
    summary: 'The bytes of a file, for whoever may read its message.',
    headers: ['If-None-Match'],
    answer: { status: 200, schema: 'bytes', headers: ['ETag'] },
    problems: ['not_found', 'support_disabled'],
  },
  {
    id: 'listAgents',
    method: 'get',
    path: '/api/agents',
    summary: 'Everybody a ticket can be assigned to. For agents.',
    answer: { status: 200, schema: 'AgentsAnswer' },
    problems: ['forbidden'],
  },
  {
    id: 'readSettings',
    method: 'get',
    path: '/api/settings',
    summary: 'The settings. For admins.',
    answer: { status: 200, schema: 'Settings', headers: ['ETag'] },
    problems: ['forbidden'],
  },
  {
    id: 'changeSettings',
    method: 'put',
    path: '/api/settings',
    summary: 'Saves settings; top-level fields that are left out keep their value. For admins.',
    headers: ['If-Match'],
    body: 'SettingsInput',
    answer: { status: 200, schema: 'Settings', headers: ['ETag'] },
    problems: ['forbidden', 'version_mismatch', 'version_required'],
  },
  {
    id: 'takeEvent',
    method: 'post',
    path: '/api/webhooks/resend',
    summary: 'For the mail provider: what became of a mail, or that one has come in. Signed by Svix headers.',
    isPublic: true,
    answer: { status: 200, schema: 'Received' },
    problems: ['invalid_token', 'invalid_request', 'not_found', 'payload_too_large', 'storage_full'],
  },
  {
    id: 'retryMail',
    method: 'post',
    path: '/api/tickets/{number}/messages/{id}/mail',
    summary: 'Sends the mail about a message again, where it failed or bounced. For agents.',
    answer: { status: 200, schema: 'Message' },
    problems: ['forbidden', 'not_found', 'support_disabled', 'storage_full'],
  },
  {
    id: 'readOriginal',
    method: 'get',
    path: '/api/tickets/{number}/messages/{id}/original',
    summary: 'The mail that a message came as, with all that was quoted. For agents.',
    answer: { status: 200, schema: 'OriginalMail' },
    problems: ['forbidden', 'not_found', 'support_disabled'],
  },
  {
    id: 'listQuarantine',
    method: 'get',
    path: '/api/quarantine',
    summary: 'Mails that an agent has to look at, newest first. For agents.',
    query: QuarantineQuery,
    answer: { status: 200, schema: 'QuarantinePage' },
    problems: ['forbidden', 'support_disabled'],
  },
  {
    id: 'releaseMail',
    method: 'post',
    path: '/api/quarantine/{id}/release',
    summary: 'Makes a mail of the quarantine a reply, a note or a ticket. For agents.',
    body: 'ReleaseMail',
    answer: { status: 200, schema: 'ReleasedMail' },
    problems: ['forbidden', 'not_found', 'reopen_window_expired', 'support_disabled'],
  },
  {
    id: 'dropMail',
    method: 'delete',
    path: '/api/quarantine/{id}',
    summary: 'Removes a mail from the quarantine, with its text. For agents.',
    answer: { status: 204 },
    problems: ['forbidden', 'not_found', 'support_disabled'],
  },
];
