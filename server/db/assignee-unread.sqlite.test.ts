import { afterEach, beforeEach, expect, it } from 'vitest';
import { Random } from '../bench/random.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { openDatabase, type OpenDatabase } from './open.ts';

const TICKETS = 40;
const CLIENT_AND_AGENTS = [1, 4, 5] as const;

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
  addSampleTickets(database.raw, TICKETS);
});
afterEach(() => database.close());

const all = (sql: string) => database.raw.prepare(sql).all();

it('what an agent has not read stays counted, whatever happens to the tickets and the marks', () => {
  const { raw } = database;
  const random = new Random(7);
  const run = (sql: string, ...values: unknown[]) => raw.prepare(sql).run(...values);
  let message = 0;
  const happenings: ReadonlyArray<(ticket: number) => unknown> = [
    (ticket) => run('UPDATE tickets SET last_message_id = ? WHERE id = ?', ++message, ticket),
    (ticket) => run('UPDATE tickets SET last_message_id = ? WHERE id = ?', ++message, ticket),
    (ticket) =>
      run(
        `INSERT INTO ticket_reads (user_id, ticket_id, message_id) SELECT ?, id, ? FROM tickets WHERE id = ?
         ON CONFLICT DO UPDATE SET message_id = excluded.message_id WHERE message_id < excluded.message_id`,
        random.pick(CLIENT_AND_AGENTS),
        random.int(0, message),
        ticket,
      ),
    (ticket) => run('UPDATE tickets SET assignee_id = ? WHERE id = ?', random.pick([null, 4, 5]), ticket),
    (ticket) =>
      run(
        `UPDATE tickets SET status = @status, closed_at = iif(@status = 'closed', 1, NULL),
           resolved_at = NULL, waiting_since = NULL WHERE id = @ticket`,
        { status: random.pick(['open', 'in_progress', 'closed']), ticket },
      ),
    (ticket) =>
      run(
        `UPDATE tickets SET assignee_id = ?, last_message_id = ? WHERE id = ?`,
        random.pick([4, 5]),
        ++message,
        ticket,
      ),
    (ticket) => random.chance(0.05) && run('DELETE FROM tickets WHERE id = ?', ticket),
    () =>
      run(
        `INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, assignee_id,
           created_at, updated_at, last_message_id) VALUES ('s', 's', 'open', 'low', 'general', 1, 4, 0, 0, ?)`,
        random.int(0, 1),
      ),
  ];
  for (let n = 0; n < 600; n++) {
    const latest = raw.prepare('SELECT max(id) FROM tickets').pluck().get() as number;
    random.pick(happenings)(random.int(1001, latest));
    expect(all('SELECT assignee_id, n FROM assignee_unread WHERE n <> 0 ORDER BY 1')).toEqual(
      all(`SELECT assignee_id, count(*) AS n FROM tickets
        LEFT JOIN ticket_reads AS r ON r.user_id = assignee_id AND r.ticket_id = tickets.id
        WHERE assignee_id IS NOT NULL AND status <> 'closed' AND last_message_id > ifnull(r.message_id, 0)
        GROUP BY 1 ORDER BY 1`),
    );
  }
});

it('reading the count looks at one row, however many tickets there are', () => {
  const plan = all('EXPLAIN QUERY PLAN SELECT n FROM assignee_unread WHERE assignee_id = 4');
  expect(plan).toMatchObject([{ detail: 'SEARCH assignee_unread USING INTEGER PRIMARY KEY (rowid=?)' }]);
});
