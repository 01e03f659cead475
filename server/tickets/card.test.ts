import { afterAll, beforeAll, expect, test } from 'vitest';
import { TicketPage } from '../contract/session.ts';
import type { TicketListQuery } from '../contract/tickets.ts';
import { SORTS } from '../contract/vocabulary.ts';
import { openDatabase, type OpenDatabase } from '../db/open.ts';
import type { Actor, Deps } from '../deps.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { listTickets, listTicketsAsJson } from './list.ts';

let database: OpenDatabase;
let deps: Deps;

beforeAll(() => {
  database = openDatabase(':memory:');
  const { raw } = database;
  addSampleTickets(raw, 400);
  const nasty = raw.prepare('UPDATE tickets SET subject = ? WHERE id = ?');
  for (const [n, subject] of [
    '"}],"priority":"urgent","x":[{"',
    'a | b, c | "|" , \\ \\" \u0001 \u2028 \u007f',
    '😀 مرحبا <script>alert(1)</script> {{x}} %s \t',
    '|',
  ].entries()) {
    nasty.run(subject, 1390 + n);
  }
  raw.exec(`
    UPDATE users SET name = 'A "quoted" | name, \\ and 😀', email = 'a"b@example.com', external_id = 'i"d\\' WHERE id = 2;
    UPDATE tickets SET related_app_id = 'a"' || id, related_app_name = 'An "app" \\' WHERE id % 3 = 0;
    UPDATE tickets SET follow_up_of = id - 1 WHERE id % 5 = 0;
    UPDATE tickets SET first_responded_at = created_at + 1767225599999 WHERE id % 2 = 0;
    UPDATE tickets SET created_at = 1767225600000 + id * 997, updated_at = updated_at * 86399999 WHERE id % 7 > 1;
    UPDATE tickets SET closed_at = closed_at * 86399999 WHERE closed_at IS NOT NULL;
    UPDATE tickets SET message_count = id % 4, note_count = id % 3, last_message_id = id % 11,
      last_public_message_id = id % 9, version = id % 13 + 1;
    INSERT INTO ticket_reads (user_id, ticket_id, message_id)
      SELECT users.id, tickets.id, tickets.id % 10 FROM users JOIN tickets ON (users.id + tickets.id) % 3 = 0;
  `);
  deps = { config: createTestConfig(), db: database.db, clock: { now: () => 0 } } as unknown as Deps;
});
afterAll(() => database.close());

const actors: Actor[] = [
  { userId: 1, id: 'user-1', name: 'User 1', email: 'user-1@example.com', role: 'client' },
  { userId: 4, id: 'user-4', name: 'User 4', email: 'user-4@example.com', role: 'agent' },
];
const filters: Array<Partial<TicketListQuery>> = [
  {},
  { status: ['closed'] },
  { status: ['open', 'closed'], priority: ['low', 'high'] },
  { priority: ['urgent'], category: ['billing'] },
  { assignee: 'me' },
  { assignee: 'none' },
  { q: 'printer' },
  { q: 'SUP-13' },
  { include: ['counts', 'session', 'unread', 'position'] },
];

test.each(actors)('the list that $role gets as JSON says what the list of rows says', async (actor) => {
  for (const sort of SORTS) {
    for (const filter of filters) {
      let cursor: string | undefined;
      for (let page = 0; page < 3; page++) {
        const query: TicketListQuery = { sort, limit: 30, cursor, ...filter };
        const expected = await listTickets(deps, actor, query);
        const json = JSON.parse((await listTicketsAsJson(deps, actor, query)).join('')) as unknown;
        expect(json).toEqual(expected);
        expect(TicketPage.parse(json)).toEqual(expected);
        if (expected.nextCursor === null) break;
        cursor = expected.nextCursor;
      }
    }
  }
});
