import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CATEGORIES, PRIORITIES, SORTS, STATUSES, type Sort } from '../contract/vocabulary.ts';
import { openTestDatabase, type OpenTestDatabase } from '../testing/open-test-database.ts';
import { fillWithSampleTickets, type SampleTicket } from '../testing/sample-tickets.ts';
import type { Db } from '../deps.ts';
import { query } from './fragment.ts';
import { foldSubject, parseSearch } from './search.ts';
import { countByStatus } from './ticket-counts.ts';
import { FEW, normaliseScope, type TicketScope } from './ticket-filter.ts';
import { ticketPage } from './ticket-page.ts';

/** Enough for every way of `ticketPage` to be taken. */
const COUNT = 3 * FEW;

let database: OpenTestDatabase;
let samples: SampleTicket[];
let folded: Map<number, string>;

beforeAll(async () => {
  database = await openTestDatabase();
  samples = await fillWithSampleTickets(database.db, COUNT);
  folded = new Map(samples.map(({ id, subject }) => [id, foldSubject(subject)]));
});
afterAll(() => database.close());

async function idsOf(
  scope: TicketScope,
  sort: Sort,
  page: { limit: number; after?: SampleTicket },
  db: Db = database.db,
): Promise<number[]> {
  const statement = await ticketPage(db, { scope: normaliseScope(scope), sort, ...page });
  return (await query<{ id: number }>(db, statement)).map((row) => row.id);
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
  requesterId: fc.constantFrom(undefined, undefined, undefined, 1, 3),
  assigneeId: fc.constantFrom(undefined, undefined, null, 4, 5, -1),
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
    const trx = await database.db.startTransaction().execute();
    await trx.deleteFrom('tickets').where('id', '=', second!).execute();
    expect(await idsOf({}, 'priority', { limit: 1, after: gone }, trx)).toEqual([third]);
    expect(await idsOf({}, 'priority', { limit: 2 }, trx)).toEqual([first, third]);
    await trx.rollback().execute();
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
