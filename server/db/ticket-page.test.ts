import fc from 'fast-check';
import type { Selectable } from 'kysely';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, PRIORITIES, SORTS, STATUSES, type Sort } from '../contract/vocabulary.ts';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { fillWithSampleTickets, type SampleTicket } from '../testing/sample-tickets.ts';
import { isPostgres } from './dialect.ts';
import { query } from './fragment.ts';
import { foldSubject, parseSearch } from './search.ts';
import { readCards } from './ticket-cards.ts';
import { countByStatus } from './ticket-counts.ts';
import { FEW, normaliseScope, type TicketScope } from './ticket-filter.ts';
import type { TicketRow } from './tables.ts';
import { ticketPage } from './ticket-page.ts';

/** Enough for every way of `ticketPage` to be taken. */
const COUNT = 3 * FEW;

let database: OpenTestDatabase;
let samples: SampleTicket[];
let folded: Map<number, string>;

beforeAll(async () => {
  database = await openTestDatabase();
  samples = await fillWithSampleTickets(database.db, COUNT);
  await giveAFew('requester', 6, 211);
  await giveAFew('assignee', 7, 307);
  folded = new Map(samples.map(({ id, subject }) => [id, foldSubject(subject)]));
});
afterAll(() => database.close());

/** Somebody new, with every so many of the tickets. */
async function giveAFew(what: 'requester' | 'assignee', id: number, every: number): Promise<void> {
  const row = {
    external_id: `u${id}`,
    email: `u${id}@example.com`,
    name: `U${id}`,
    created_at: 0,
    seen_at: 0,
  };
  const role = what === 'requester' ? 'client' : 'agent';
  await database.db
    .insertInto('users')
    .values({ ...row, id, role })
    .execute();
  const given = samples.filter((_, n) => n % every === 0);
  for (const sample of given) sample[`${what}Id`] = id;
  const ids = given.map((sample) => sample.id);
  await database.db
    .updateTable('tickets')
    .set({ [`${what}_id`]: id })
    .where('id', 'in', ids)
    .execute();
  if (what === 'requester' && !isPostgres(database.db)) await countRequesters();
}

/** No ticket ever goes from one requester to another but here: their counters are made anew. */
async function countRequesters(): Promise<void> {
  await database.db.deleteFrom('requester_counts').execute();
  await query(database.db, {
    sql: `INSERT INTO requester_counts (requester_id, status, priority, category, n)
      SELECT requester_id, status, priority, category, count(*) FROM tickets
      WHERE requester_id IN (SELECT requester_id FROM tickets GROUP BY requester_id HAVING count(*) > 100)
      GROUP BY requester_id, status, priority, category`,
    parameters: [],
  });
}

async function idsOf(
  scope: TicketScope,
  sort: Sort,
  page: { limit: number; after?: SampleTicket },
): Promise<number[]> {
  const { db } = database;
  const request = { scope: normaliseScope(scope), sort, ...page };
  const rows = await query<{ id: number }>(db, await ticketPage(db, request));
  const ids = rows.map((row) => row.id);
  // The other way to read the same page.
  if (!isPostgres(db)) expect((await readCards(db, request, 4)).map(({ id }) => id)).toEqual(ids);
  return ids;
}

/** The same by looking at every ticket: what the plans must agree with. */
function expected(scope: TicketScope, typed: string | undefined, sort: Sort): SampleTicket[] {
  const urgency = (ticket: SampleTicket) => PRIORITIES.indexOf(ticket.priority);
  const order: Record<Sort, (a: SampleTicket, b: SampleTicket) => number> = {
    newest: (a, b) => b.id - a.id,
    oldest: (a, b) => a.id - b.id,
    updated: (a, b) => b.updatedAt - a.updatedAt || b.id - a.id,
    priority: (a, b) => urgency(b) - urgency(a) || b.id - a.id,
  };
  return samples
    .filter(
      (ticket) =>
        (scope.requesterId === undefined || ticket.requesterId === scope.requesterId) &&
        (scope.assigneeId === undefined || ticket.assigneeId === scope.assigneeId) &&
        (scope.status?.includes(ticket.status) ?? true) &&
        (scope.priority?.includes(ticket.priority) ?? true) &&
        (scope.category?.includes(ticket.category) ?? true) &&
        (typed === undefined || matches(ticket, typed)),
    )
    .sort(order[sort]);
}

function matches({ id }: SampleTicket, typed: string): boolean {
  const number = /^(?:sup-|#)?(\d+)$/i.exec(typed)?.[1];
  if (number && String(id).startsWith(number)) return true;
  const subject = folded.get(id) ?? '';
  return foldSubject(typed)
    .split(' ')
    .every((word) =>
      word.length <= 2
        ? subject.split(/[^\p{L}\p{N}]/u).some((part) => part.startsWith(word))
        : subject.includes(word),
    );
}

const some = <T>(values: readonly T[]) =>
  fc.option(fc.uniqueArray(fc.constantFrom(...values), { minLength: 1 }), { nil: undefined });

const scopes = fc.record({
  requesterId: fc.constantFrom(undefined, undefined, undefined, 1, 3, 6),
  assigneeId: fc.constantFrom(undefined, undefined, null, 4, 5, 7, -1),
  status: some(STATUSES),
  priority: some(PRIORITIES),
  category: some(CATEGORIES),
});
const searches = fc.constantFrom(
  undefined,
  undefined,
  'printer',
  'CAFE',
  'rint',
  'in',
  'e',
  'printer log',
  'mail',
  'slow da',
  'absent',
  '401',
  '#10',
  'sup-2',
  'SUP-1044',
);

describe('a page of tickets', () => {
  test('holds what matches, in order, under any filters, search and sort, first or deep', async () => {
    await fc.assert(
      fc.asyncProperty(
        scopes,
        searches,
        fc.constantFrom(...SORTS),
        fc.nat(),
        fc.integer({ min: 1, max: 30 }),
        async (filter, typed, sort, from, limit) => {
          const search = typed === undefined ? undefined : (parseSearch(typed, 'SUP') ?? undefined);
          const scope = { ...filter, search };
          const all = expected(scope, typed, sort);
          const start = all.length === 0 ? 0 : from % all.length;
          const page = { limit, after: start === 0 ? undefined : all[start - 1] };
          expect(await idsOf(scope, sort, page)).toEqual(all.slice(start, start + limit).map(({ id }) => id));
        },
      ),
      { numRuns: 150 },
    );
  });

  test('goes on behind a ticket that is gone', async () => {
    const [first, second, third] = await idsOf({}, 'priority', { limit: 3 });
    const gone = samples.find(({ id }) => id === second);
    const rows = database.db.selectFrom('tickets').where('id', '=', second!);
    const { card: _, ...row }: Selectable<TicketRow> & { card?: unknown } = await rows
      .selectAll()
      .executeTakeFirstOrThrow();
    await database.db.deleteFrom('tickets').where('id', '=', second!).execute();
    expect(await idsOf({}, 'priority', { limit: 1, after: gone })).toEqual([third]);
    expect(await idsOf({}, 'priority', { limit: 2 })).toEqual([first, third]);
    await database.db.insertInto('tickets').values(row).execute();
  });
});

test('counts by status are those of the same filters and search', async () => {
  await fc.assert(
    fc.asyncProperty(scopes, searches, async ({ status: _, ...filter }, typed) => {
      const search = typed === undefined ? undefined : (parseSearch(typed, 'SUP') ?? undefined);
      const scope = normaliseScope({ ...filter, search });
      const counted = Object.fromEntries(
        (await countByStatus(database.db, scope)).map(({ status, n }) => [status, n]),
      );
      const all = expected(scope, typed, 'newest');
      for (const status of STATUSES) {
        expect(counted[status] ?? 0).toBe(all.filter((ticket) => ticket.status === status).length);
      }
    }),
    { numRuns: 60 },
  );
});
