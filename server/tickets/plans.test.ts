import { Kysely, SqliteDialect, type CompiledQuery } from 'kysely';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { namePeople } from '../agents/people.ts';
import { listAgents } from '../agents/repository.ts';
import { openDatabase, type OpenDatabase } from '../db/open.ts';
import { withStablePlan } from '../db/stable-plan.ts';
import type { Tables } from '../db/tables.ts';
import { countByStatus } from '../db/ticket-counts.ts';
import type { Db } from '../deps.ts';
import { countAccepted } from '../mail/in/inbox-repository.ts';
import { readQuarantine } from '../mail/in/quarantine-repository.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import {
  isHistoryPruned,
  readEntries,
  readEntriesAfter,
  readLastVisible,
  readSpan,
} from './history-repository.ts';
import {
  findMessageId,
  findThread,
  readBareMessages,
  readFiles,
  readMails,
  readMessageRows,
} from './message-repository.ts';
import { readTicketRow } from './repository.ts';
import { countUnreadOfAssignee, countUnreadOfRequester } from './unread.ts';

let database: OpenDatabase;
let db: Db;
let statements: CompiledQuery[] = [];

beforeAll(() => {
  database = openDatabase(':memory:');
  const { raw } = database;
  addSampleTickets(raw, 3000);
  raw.exec(`
    INSERT INTO messages (uid, ticket_id, author_id, author_role, body, created_at)
      SELECT 'm' || id, id, 1, 'client', 'text', 0 FROM tickets;
    INSERT INTO attachments (uid, uploader_id, ticket_id, message_id, name, size, content_type, sha256, created_at)
      SELECT 'a' || id, 1, ticket_id, id, 'n', 1, 't', 's', 0 FROM messages;
    INSERT INTO history (ticket_id, requester_id, type, created_at) SELECT id, requester_id, 'created', 0 FROM tickets;
    ANALYZE;
  `);
  db = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: raw }),
    log: ({ query }) => void statements.push(query),
  });
});
beforeEach(() => {
  statements = [];
});
afterAll(() => database.close());

/** The plans of every statement that ran since the test began. */
function plans(): string[] {
  return statements.flatMap(({ sql, parameters }) =>
    database.raw
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${withStablePlan(sql)}`)
      .all(...parameters)
      .map((row) => row.detail),
  );
}

test('a conversation is read along the index of its ticket, in order', async () => {
  const span = [1, 2 ** 40] as const;
  const part = { notes: false, after: 5, limit: 101 };
  await findThread(db, 1500, 1);
  await findMessageId(db, 1500, 'm1500', { notes: true });
  await readMessageRows(db, 1500, part);
  await readBareMessages(db, 1500, part);
  await readFiles(db, 1500, span);
  await readMails(db, 1500, span);
  await readEntries(db, 1500);
  expect(plans().filter((line) => /SCAN|TEMP B-TREE/.test(line))).toEqual([]);
});

test('what a stream missed is found without looking at what others do', async () => {
  await readSpan(db);
  await isHistoryPruned(db);
  await readEntriesAfter(db, { since: 5, requesterId: null, limit: 501 });
  expect(plans().filter((line) => /SCAN (history|tickets|t|h)\b(?!.*INDEX)|TEMP B-TREE/.test(line))).toEqual(
    [],
  );
  statements = [];
  await readLastVisible(db, 1);
  await readEntriesAfter(db, { since: 5, requesterId: 1, limit: 501 });
  // The few that are theirs are sorted; nobody else's are read.
  expect(plans().filter((line) => /^SCAN (history|tickets|t|h)\b/.test(line))).toEqual([]);
});

test('one ticket is read by its id', async () => {
  await readTicketRow(db, 1500, 1);
  expect(plans()).toEqual([
    'SEARCH t USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH requester USING INTEGER PRIMARY KEY (rowid=?)',
    'SEARCH assignee USING INTEGER PRIMARY KEY (rowid=?) LEFT-JOIN',
    'SEARCH ticket_reads USING PRIMARY KEY (user_id=? AND ticket_id=?) LEFT-JOIN',
  ]);
});

test('badges read counters, or an index of one person’s tickets', async () => {
  await countByStatus(db, {});
  await countByStatus(db, { priority: ['high'], category: ['billing'] });
  await countByStatus(db, { assigneeId: 4, status: ['open'] });
  await countByStatus(db, { requesterId: 1, priority: ['low'] });
  // Not counted: who has many tickets is.
  await countByStatus(db, { requesterId: 5, priority: ['low'] });
  expect(statements.map(({ sql }) => /FROM (\w+)/.exec(sql)?.[1])).toEqual([
    'ticket_counts',
    'ticket_counts',
    'assignee_counts',
    'requester_counts',
    'requester_counts',
    'requester_counts',
    'tickets',
  ]);
  const found = plans();
  expect(found.at(-1)).toMatch(
    /^SEARCH tickets USING COVERING INDEX tickets_requester_triple \(requester_id=\?/,
  );
  expect(found.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
});

test('what is unread is counted among one person’s tickets', async () => {
  await countUnreadOfRequester(db, 1);
  await countUnreadOfAssignee(db, 4);
  expect(plans().filter((line) => /SCAN|TEMP B-TREE/.test(line))).toEqual([]);
});

test('the people on a list are found by their ids', async () => {
  await namePeople({ db, clock: { now: () => 0 } }, [1, 2, 4]);
  expect(plans().filter((line) => !line.startsWith('SCAN wanted'))).toEqual([
    'SEARCH users USING INTEGER PRIMARY KEY (rowid=?)',
  ]);
});

test('agents, the quarantine and the mails of a sender are found by the indexes that hold only them', async () => {
  await listAgents(db);
  await readQuarantine(db, { before: undefined, limit: 26 });
  await countAccepted(db, 'somebody@example.com', 0);
  expect(plans()).toEqual([
    'SCAN users USING INDEX users_agents',
    'SCAN inbound_mails USING INDEX inbound_mails_quarantine',
    expect.stringMatching(/^SEARCH inbound_mails USING COVERING INDEX inbound_mails_sender/),
  ]);
});

test('where a client’s events stand is read in an index of their tickets and in the history of a few', async () => {
  await readLastVisible(db, 1);
  expect(plans().filter((line) => / (history|tickets) /.test(line))).toEqual([
    'SEARCH tickets USING COVERING INDEX tickets_requester_updated (requester_id=?)',
    'SEARCH history USING INDEX history_ticket (ticket_id=?)',
    expect.stringContaining('INDEX history_deleted (requester_id=?)'),
  ]);
  expect(plans().filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
});
