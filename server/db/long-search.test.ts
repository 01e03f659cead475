import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { SORTS, type Sort } from '../contract/vocabulary.ts';
import { addSampleTickets, type SampleTicket } from '../testing/sample-tickets.ts';
import { query } from './fragment.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { foldSubject, parseSearch } from './search.ts';
import { shareCount, within } from './shared-counts.ts';
import { countByStatus, countByStatusSoon } from './ticket-counts.ts';
import { normaliseScope } from './ticket-filter.ts';
import { ticketPage } from './ticket-page.ts';

let database: OpenDatabase;
let samples: SampleTicket[];

/** As many ids as a large center has given out, most of whose tickets are gone: there are many turns to take. */
beforeAll(() => {
  database = openDatabase(':memory:');
  samples = Array.from({ length: 60 }, (_, n) => {
    database.raw.exec(`UPDATE sqlite_sequence SET seq = seq + 7000 WHERE name = 'tickets'`);
    return addSampleTickets(database.raw, 60, n + 1);
  }).flat();
});
afterAll(() => database.close());

const scopeOf = (typed: string) => normaliseScope({ search: parseSearch(typed, 'SUP') ?? undefined });
const matching = (typed: string) => samples.filter(({ subject }) => foldSubject(subject).includes(typed));

describe('a search that takes many turns', () => {
  const orders: Record<Sort, (a: SampleTicket, b: SampleTicket) => number> = {
    newest: (a, b) => b.id - a.id,
    oldest: (a, b) => a.id - b.id,
    updated: (a, b) => b.updatedAt - a.updatedAt || b.id - a.id,
    priority: (a, b) => urgency(b) - urgency(a) || b.id - a.id,
  };
  const urgency = ({ priority }: SampleTicket) => ['low', 'normal', 'high', 'urgent'].indexOf(priority);

  test.each(SORTS)('finds page after page what no index knows, %s first', async (sort) => {
    // A hyphen alone is in no index.
    const all = matching('-').sort(orders[sort]);
    expect(all.length).toBeGreaterThan(100);
    const ids: number[] = [];
    for (let after: SampleTicket | undefined; ;) {
      const page = await ticketPage(database.db, { scope: scopeOf('-'), sort, limit: 40, after });
      const found = await query<{ id: number }>(database.db, page);
      ids.push(...found.map(({ id }) => id));
      if (found.length < 40) break;
      after = samples.find(({ id }) => id === ids.at(-1));
    }
    expect(ids).toEqual(all.map(({ id }) => id));
  });

  test('counts every hit once', async () => {
    for (const typed of ['-', 'printer', 'in']) {
      const counted = await countByStatus(database.db, scopeOf(typed));
      const expected =
        typed === 'in'
          ? samples.filter(({ subject }) => /(^|[^\p{L}\p{N}])in/u.test(foldSubject(subject)))
          : matching(typed);
      expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(expected.length);
    }
  });

  test('counts for a list only what is known soon, and for who asks in any case', async () => {
    const scope = scopeOf('export');
    const soon = await countByStatusSoon(database.db, scope);
    const counted = await countByStatus(database.db, scope);
    if (soon) expect(soon).toEqual(counted);
    expect(await countByStatusSoon(database.db, scope)).toEqual(counted);
  });
});

describe('a count that is shared', () => {
  test('is made once for all who ask, and again once it has failed', async () => {
    const { db } = database;
    let made = 0;
    const count = async () => {
      made += 1;
      if (made === 1) throw new Error('The disk is gone.');
      return made;
    };
    await expect(shareCount(db, 'a', count)).rejects.toThrow('The disk is gone.');
    expect(await Promise.all([shareCount(db, 'a', count), shareCount(db, 'a', count)])).toEqual([2, 2]);
    expect(await shareCount(db, 'a', count)).toBe(2);
    expect(await shareCount(db, 'b', count)).toBe(3);
  });

  test('is not waited for when it takes long', async () => {
    const never = new Promise<number>(() => {});
    expect(await within(never, 1)).toBeNull();
    expect(await within(Promise.resolve(5), 1000)).toBe(5);
  });
});
