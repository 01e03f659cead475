import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { isReading, recordStatements, type Executed } from '../bench/record.ts';
import { SORTS } from '../contract/vocabulary.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { parseSearch } from './search.ts';
import { readCards } from './ticket-cards.ts';
import { normaliseScope, type TicketScope } from './ticket-filter.ts';
import type { PagePosition, PageRequest } from './ticket-order.ts';

const LIMIT = 26;

interface Watched extends OpenDatabase {
  take: () => Executed[];
}

let database: Watched;
let smaller: Watched;
beforeAll(() => {
  [database, smaller] = [fill(7000), fill(3500)];
});
afterAll(async () => {
  await database.close();
  await smaller.close();
});

function fill(count: number): Watched {
  const opened = openDatabase(':memory:');
  addSampleTickets(opened.raw, count);
  // With statistics: a plan that only holds without them is none.
  opened.raw.exec('ANALYZE');
  return { ...opened, take: recordStatements(opened.raw) };
}

/** What is run for a page of cards; who has many tickets is known. */
async function statementsFor(request: PageRequest, { db, take }: Watched = database): Promise<Executed[]> {
  for (let n = 0; n < 2; n++) {
    take();
    await readCards(db, { ...request, scope: normaliseScope(request.scope) }, 4);
  }
  return take().filter(isReading);
}

/** The lines of `EXPLAIN QUERY PLAN`. */
function plansOf(statements: readonly Executed[]): string[] {
  return statements.flatMap(({ sql, parameters }) =>
    database.raw
      .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${sql}`)
      .all(...parameters)
      .map((row) => row.detail),
  );
}

/** Walks that are left where the page ends, each from where it begins; no sort, no look at every ticket, nothing kept aside. */
function expectStreaming(statements: readonly Executed[]): void {
  const plans = plansOf(statements);
  expect(plans.filter((line) => /TEMP B-TREE|MATERIALIZE|^SCAN tickets/.test(line))).toEqual([]);
}

/** How many tickets are read from indexes, and in how many places of them; those of the very time of a position apart. */
function readBy(statements: readonly Executed[]): { rows: number; ranges: number } {
  const read = statements.filter(({ sql }) => /FROM tickets/.test(sql) && !sql.includes('updated_at = '));
  const rows = read.reduce((sum, run) => sum + (run.rows ?? (/LIMIT \+\?$/.test(run.sql) ? LIMIT : 0)), 0);
  return { rows, ranges: read.length };
}

const after: PagePosition = { id: 4000, updatedAt: 900, priority: 'normal' };
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
const people: Record<string, TicketScope> = {
  'of anybody': {},
  'of nobody’s': { assigneeId: null },
  'of an agent’s': { assigneeId: 4 },
  'of a client’s': { requesterId: 1 },
};

describe.each(SORTS)('sort=%s', (sort) => {
  describe.each(Object.entries(people))('%s', (_, own) => {
    test.each(Object.entries(filters))(
      'with %s reads a page and a ticket for each range, at any size',
      async (_, filter) => {
        for (const position of [undefined, after]) {
          const request = { scope: { ...own, ...filter }, sort, after: position, limit: LIMIT };
          const statements = await statementsFor(request);
          expectStreaming(statements);
          const { rows, ranges } = readBy(statements);
          expect(ranges).toBeLessThanOrEqual(80);
          // Tickets that are passed over stand for ranges: together they are no more than all ranges would be.
          const passed = statements.some(({ sql }) => /AS (priority|category) FROM/.test(sql)) ? 80 : 0;
          expect(rows).toBeLessThanOrEqual(LIMIT + ranges + passed + LIMIT * (sort === 'priority' ? 4 : 1));
          // By priority, of fewer tickets more priorities are gone through.
          const before = readBy(await statementsFor(request, smaller)).ranges;
          expect(ranges).toBeLessThanOrEqual(before);
          if (sort !== 'priority') expect(ranges).toBe(before);
        }
      },
    );

    test('without a filter sorts nothing, and a deep page begins where it begins', async () => {
      const request = { scope: own, sort, limit: LIMIT };
      const first = plansOf(await statementsFor(request));
      expect(first.filter((line) => /TEMP B-TREE|MATERIALIZE/.test(line))).toEqual([]);
      expectStreaming(await statementsFor({ ...request, after }));
    });
  });
});

test('by one value each there is one range, or one for each value of what an index has besides', async () => {
  const rangesOf = async (scope: TicketScope, sort: PageRequest['sort']) =>
    readBy(await statementsFor({ scope, sort, limit: LIMIT })).ranges;
  expect(await rangesOf({ status: ['closed'] }, 'newest')).toBe(1);
  expect(await rangesOf({ status: ['closed'], priority: ['low'] }, 'newest')).toBe(1);
  expect(await rangesOf({ status: ['closed'], priority: ['low'] }, 'updated')).toBe(4);
  expect(await rangesOf({ status: ['closed', 'open'], priority: ['low'] }, 'oldest')).toBe(2);
  expect(await rangesOf({ assigneeId: 4 }, 'updated')).toBe(5);
  expect(await rangesOf({ assigneeId: 4, status: ['open'] }, 'updated')).toBe(1);
  expect(await rangesOf({ requesterId: 1 }, 'newest')).toBe(1);
});

test.each(['newest', 'oldest'] as const)('a search streams by sort=%s', async (sort) => {
  for (const typed of ['printer', 'p', 'printer lo', 'SUP-10']) {
    const search = parseSearch(typed, 'SUP')!;
    const statements = await statementsFor({ scope: { search }, sort, after, limit: LIMIT });
    expectStreaming(statements);
    for (const { rows } of statements) expect(rows ?? 0).toBeLessThanOrEqual(LIMIT);
  }
});

test.each(SORTS)(
  'somebody with few tickets has all of them looked at in one place, sort=%s',
  async (sort) => {
    const [row] = database.raw
      .prepare<[], { id: number }>(
        `INSERT INTO users (external_id, email, name, role, created_at, seen_at) VALUES ('few-${sort}', 'f', 'F', 'client', 0, 0) RETURNING id`,
      )
      .all();
    database.raw
      .prepare(
        'UPDATE tickets SET requester_id = ? WHERE id IN (SELECT id FROM tickets WHERE requester_id = 1 LIMIT 9)',
      )
      .run(row!.id);
    const scope = { requesterId: row!.id, priority: ['low', 'normal', 'high'] as const };
    const statements = await statementsFor({ scope, sort, limit: LIMIT });
    const plans = plansOf(statements);
    expect(plans[0]).toMatch(/^SEARCH tickets USING INDEX tickets_requester_triple \(requester_id=\?\)/);
    expect(plans.slice(1).filter((line) => line.includes('tickets'))).toEqual([]);
  },
);
