import { afterEach, beforeEach, expect, test } from 'vitest';
import { isReading, recordStatements, type Executed } from '../bench/record.ts';
import { CATEGORIES, SORTS, type Sort } from '../contract/vocabulary.ts';
import { addSampleTickets, type SampleTicket } from '../testing/sample-tickets.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { readCards } from './ticket-cards.ts';
import { normaliseScope, type TicketScope } from './ticket-filter.ts';
import type { PagePosition } from './ticket-order.ts';

const LIMIT = 26;
/** Three of the four, by two of the priorities: of all tickets, most. */
const most: TicketScope = { priority: ['low', 'normal'], category: CATEGORIES.slice(0, 3) };

let database: OpenDatabase;
let samples: SampleTicket[];
let take: () => Executed[];
beforeEach(() => {
  database = openDatabase(':memory:');
  samples = addSampleTickets(database.raw, 3000);
  take = recordStatements(database.raw);
});
afterEach(() => database.close());

async function pageOf(scope: TicketScope, sort: Sort, after?: PagePosition): Promise<number[]> {
  take();
  const request = { scope: normaliseScope(scope), sort, limit: LIMIT, ...(after && { after }) };
  return (await readCards(database.db, request, 4)).map(({ id }) => id);
}

/** Tickets looked at, and the indexes along which. */
function looked(): { rows: number; indexes: string[] } {
  const walks = take().filter((run) => isReading(run) && run.sql.includes('INDEXED BY tickets_'));
  return {
    rows: walks.reduce((sum, { rows }) => sum + (rows ?? 0), 0),
    indexes: [...new Set(walks.map(({ sql }) => /INDEXED BY (\w+)/.exec(sql)![1]!))],
  };
}

function expected(sort: Sort): number[] {
  const order = ['low', 'normal', 'high', 'urgent'];
  const key = (ticket: SampleTicket) =>
    sort === 'updated' ? ticket.updatedAt : sort === 'priority' ? order.indexOf(ticket.priority) : 0;
  return samples
    .filter(
      ({ priority, category }) => most.priority!.includes(priority) && most.category!.includes(category),
    )
    .sort((a, b) => key(b) - key(a) || (sort === 'oldest' ? a.id - b.id : b.id - a.id))
    .map(({ id }) => id);
}

test('filters that leave most of the tickets are looked at on the way instead of each combination being a range', async () => {
  expect(await pageOf(most, 'updated')).toEqual(expected('updated').slice(0, LIMIT));
  const { rows, indexes } = looked();
  expect(indexes).not.toContain('tickets_triple_updated');
  expect(rows).toBeLessThan(3 * LIMIT);
});

test('filters that leave few have a range for each combination', async () => {
  await pageOf({ priority: ['high', 'urgent'], category: ['general'] }, 'updated');
  expect(looked().indexes).toEqual(['tickets_triple_updated']);
});

test('a status is never looked at on the way: in places no ticket has it', async () => {
  await pageOf({ ...most, status: ['open', 'in_progress', 'waiting_user', 'resolved'] }, 'updated');
  for (const index of looked().indexes) expect(index).toMatch(/status|triple/);
});

test.each(SORTS)(
  'where the filters leave none for long, sort=%s goes on by ranges, in order',
  async (sort) => {
    // Newest, oldest, and last changed: each end of every order is of what is filtered out.
    const ends = `id IN (SELECT id FROM tickets ORDER BY id DESC LIMIT 900)
    OR id IN (SELECT id FROM tickets ORDER BY id LIMIT 900)
    OR id IN (SELECT id FROM tickets ORDER BY updated_at DESC LIMIT 900)`;
    // What the counters say by then is known of before.
    await pageOf(most, sort);
    const changed = database.raw
      .prepare<[], { id: number }>(`UPDATE tickets SET category = 'general' WHERE ${ends} RETURNING id`)
      .all();
    const ids = new Set(changed.map(({ id }) => id));
    for (const sample of samples) if (ids.has(sample.id)) sample.category = 'general';

    const all = expected(sort);
    let read: number[] = [];
    for (let after: PagePosition | undefined; ;) {
      const page = await pageOf(most, sort, after);
      const { rows } = looked();
      expect(rows).toBeLessThan(400);
      read = [...read, ...page];
      if (page.length < LIMIT) break;
      after = samples.find(({ id }) => id === page.at(-1))!;
    }
    expect(read).toEqual(all);
  },
);
