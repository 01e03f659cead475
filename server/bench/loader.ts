import type { RawDatabase } from '../db/open.ts';
import type { Filled } from './fill.ts';
import type { Random } from './random.ts';
import type { Somebody, Story } from './story.ts';

export interface Loader {
  add(story: Story, requester: Somebody, random: Random): void;
  filled(): Filled;
}

/** Writes stories as rows, with prepared statements and ids of its own. Inside a transaction only. */
export function createLoader(raw: RawDatabase, foldSubject: (subject: string) => string): Loader {
  const last = (table: string): number =>
    (raw.prepare('SELECT seq FROM sqlite_sequence WHERE name = ?').pluck().get(table) as
      number | undefined) ?? 0;
  const insert = (table: string, columns: string) =>
    raw.prepare(
      `INSERT INTO ${table} (${columns}) VALUES (${columns
        .split(',')
        .map(() => '?')
        .join(', ')})`,
    );
  const insertTicket = insert(
    'tickets',
    'id, subject, subject_search, status, priority, category, related_app_id, related_app_name, requester_id, assignee_id, follow_up_of, created_at, updated_at, first_responded_at, resolved_at, closed_at, waiting_since, message_count, note_count, last_message_id, last_public_message_id, version',
  );
  const insertMessage = insert(
    'messages',
    'id, uid, ticket_id, author_id, author_role, body, internal, created_at',
  );
  const insertEntry = insert(
    'history',
    'ticket_id, requester_id, actor_id, actor_role, type, from_value, to_value, message_id, internal, created_at',
  );
  const insertRead = insert('ticket_reads', 'user_id, ticket_id, message_id');

  const firstTicket = last('tickets') + 1;
  const firstMessage = last('messages') + 1;
  let ticketId = firstTicket;
  let messageId = firstMessage;
  const closedOf = new Map<number, number>();

  const add = (story: Story, requester: Somebody, random: Random) => {
    const { stamps, messages, assignee } = story;
    const id = ticketId++;
    const first = messageId;
    messageId += messages.length;
    const lastPublic = messages.findLastIndex((message) => !message.internal);
    const notes = messages.reduce((sum, message) => sum + Number(message.internal), 0);
    const followUpOf = random.chance(0.02) ? (closedOf.get(requester.id) ?? null) : null;
    if (stamps.status === 'closed') closedOf.set(requester.id, id);
    insertTicket.run(
      id,
      story.subject,
      foldSubject(story.subject),
      stamps.status,
      story.priority,
      story.category,
      story.relatedApp && story.relatedApp.toLowerCase().replaceAll(' ', '-'),
      story.relatedApp,
      requester.id,
      assignee?.id ?? null,
      followUpOf,
      story.createdAt,
      story.updatedAt,
      story.firstRespondedAt,
      stamps.resolved_at,
      stamps.closed_at,
      stamps.waiting_since,
      messages.length - notes,
      notes,
      messageId - 1,
      first + lastPublic,
      story.version,
    );
    for (const [n, { author, body, internal, at }] of messages.entries()) {
      insertMessage.run(first + n, random.uid(), id, author.id, author.role, body, internal ? 1 : 0, at);
    }
    for (const { actor, type, from, to, message, internal, at } of story.entries) {
      const about = message === null ? null : first + message;
      insertEntry.run(
        id,
        requester.id,
        actor?.id ?? null,
        actor?.role ?? null,
        type,
        from,
        to,
        about,
        internal ? 1 : 0,
        at,
      );
    }
    // Who writes has read what is above; the other side mostly has, too.
    for (const reader of assignee ? [requester, assignee] : [requester]) {
      const written = messages.findLastIndex((message) => message.author.id === reader.id);
      const read = random.chance(0.85) ? messages.length - 1 : written;
      const seen = reader.role === 'client' ? Math.min(read, lastPublic) : read;
      if (seen >= 0) insertRead.run(reader.id, id, first + seen);
    }
  };
  return {
    add,
    filled: () => ({
      tickets: ticketId - firstTicket,
      messages: messageId - firstMessage,
      ids: [firstTicket, ticketId - 1],
    }),
  };
}
