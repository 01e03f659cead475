import type { Db } from '../deps.ts';
import { query } from './fragment.ts';
import type { Along, PageRequest } from './ticket-order.ts';
import { ticketPageWith } from './ticket-page.ts';

/** What a list shows of a ticket, out of the column that schema.sql makes for that. */
export interface Card {
  id: number;
  requesterId: number;
  assigneeId: number | null;
  followUpOf: number | null;
  /** Milliseconds since 1970 UTC, as `updatedAt`. */
  closedAt: number | null;
  messageCount: number;
  noteCount: number;
  lastMessageId: number;
  lastPublicMessageId: number;
  updatedAt: number;
  /** Members of a JSON object, the same for every reader. */
  json: string;
  /** `messages.id` up to which the reader has read; null: never opened. */
  readUpTo: number | null;
}

interface CardRow {
  card: string;
  read_up_to: number | null;
}

/**
 * A page of cards, in order. SQLite only: two columns instead of twenty, and no join to the people, is what makes
 * it a third of the price of the rows.
 *
 * @param readerId `users.id` of who reads
 */
export async function readCards(db: Db, request: PageRequest, readerId: number): Promise<Card[]> {
  const along: Along = {
    columns: 'tickets.card AS card, seen.message_id AS read_up_to',
    join: {
      sql: 'LEFT JOIN ticket_reads AS seen ON seen.user_id = ? AND seen.ticket_id = tickets.id',
      parameters: [readerId],
    },
  };
  const rows = await query<CardRow>(db, await ticketPageWith(db, request, along));
  return rows.map((row) => readCard(row));
}

/** Digit by digit: taking a list's cards apart by `split` costs as much as reading them from the database. */
function readCard({ card, read_up_to: readUpTo }: CardRow): Card {
  let at = 0;
  const next = (): number | null => {
    const start = at;
    for (let value = 0; ;) {
      const digit = card.charCodeAt(at++) - 48;
      if (!(digit >= 0 && digit <= 9)) return at === start + 1 ? null : value;
      value = value * 10 + digit;
    }
  };
  return {
    id: next() ?? 0,
    requesterId: next() ?? 0,
    assigneeId: next(),
    followUpOf: next(),
    closedAt: next(),
    messageCount: next() ?? 0,
    noteCount: next() ?? 0,
    lastMessageId: next() ?? 0,
    lastPublicMessageId: next() ?? 0,
    updatedAt: next() ?? 0,
    json: card.slice(at),
    readUpTo,
  };
}
