import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SORTS } from '../contract/vocabulary.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import type { Fragment } from './fragment.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { parseSearch } from './search.ts';
import { withStablePlan } from './stable-plan.ts';
import { normaliseScope, type TicketScope } from './ticket-filter.ts';
import type { Along } from './ticket-order.ts';
import { ticketPage, ticketPageWith } from './ticket-page.ts';

let database: OpenDatabase;
beforeAll(() => {
  database = openDatabase(':memory:');
  addSampleTickets(database.raw, 7000);
  // With statistics: a plan that only holds without them is none.
  database.raw.exec('ANALYZE');
});
afterAll(() => database.close());

/** The lines of `EXPLAIN QUERY PLAN`. */
function planOf({ sql, parameters }: Fragment): string[] {
  const rows = database.raw.prepare<unknown[], { detail: string }>(
    `EXPLAIN QUERY PLAN ${withStablePlan(sql)}`,
  );
  return rows.all(...parameters).map((row) => row.detail);
}

/** Walks that the LIMIT ends, each from where the page begins; no sort, no look at every ticket, nothing kept aside. */
function expectStreaming(plan: string[]): void {
  expect(plan.filter((line) => /TEMP B-TREE|MATERIALIZE|^SCAN tickets/.test(line))).toEqual([]);
}

/** As `readCards` asks for them. */
const CARDS: Along = {
  columns: 'tickets.card AS card, seen.message_id AS read_up_to',
  join: {
    sql: 'LEFT JOIN ticket_reads AS seen ON seen.user_id = ? AND seen.ticket_id = tickets.id',
    parameters: [4],
  },
};

const after = { id: 5000, updatedAt: 900, priority: 'normal' } as const;
const filters: Record<string, TicketScope> = {
  status: { status: ['closed'] },
  priority: { priority: ['low'] },
  category: { category: ['billing'] },
  'status and priority': { status: ['open'], priority: ['urgent'] },
  'status and category': { status: ['open'], category: ['general'] },
  'priority and category': { priority: ['high'], category: ['account'] },
  'all three': { status: ['open'], priority: ['high'], category: ['account'] },
  'several statuses': { status: ['open', 'in_progress'] },
  'several of each': {
    status: ['open', 'closed'],
    priority: ['low', 'high'],
    category: ['billing', 'account'],
  },
};

describe.each(SORTS)('sort=%s', (sort) => {
  test.each(Object.entries(filters))('with %s reads one index range, in order', async (_, filter) => {
    for (const position of [undefined, after]) {
      const request = { scope: normaliseScope(filter), sort, after: position, limit: 26 };
      expectStreaming(planOf(await ticketPage(database.db, request)));
      expectStreaming(planOf(await ticketPageWith(database.db, request, CARDS)));
    }
  });

  test('without a filter sorts nothing, and a deep page begins where it begins', async () => {
    const first = planOf(await ticketPage(database.db, { scope: {}, sort, limit: 26 }));
    expect(first.filter((line) => line.includes('TEMP B-TREE'))).toEqual([]);
    expectStreaming(planOf(await ticketPage(database.db, { scope: {}, sort, after, limit: 26 })));
    expectStreaming(planOf(await ticketPageWith(database.db, { scope: {}, sort, after, limit: 26 }, CARDS)));
  });

  test('of nobody’s many tickets sorts nothing', async () => {
    const request = { scope: { assigneeId: null }, sort, limit: 26 };
    expectStreaming(planOf(await ticketPage(database.db, request)));
    expectStreaming(planOf(await ticketPageWith(database.db, request, CARDS)));
  });
});

test.each(['newest', 'oldest'] as const)('a search streams by sort=%s', async (sort) => {
  for (const typed of ['printer', 'p', 'printer lo', 'SUP-10']) {
    const search = parseSearch(typed, 'SUP')!;
    expectStreaming(planOf(await ticketPage(database.db, { scope: { search }, sort, after, limit: 26 })));
  }
});

test('a client’s own list sorts nothing by newest, and never looks at anybody else’s', async () => {
  const scope = { requesterId: 1 };
  expectStreaming(planOf(await ticketPage(database.db, { scope, sort: 'newest', after, limit: 26 })));
  for (const sort of SORTS) {
    const plan = planOf(await ticketPage(database.db, { scope, sort, limit: 26 }));
    expect(plan[0]).toMatch(/^SEARCH tickets USING (COVERING )?INDEX tickets_requester\w* \(requester_id=\?/);
  }
});
