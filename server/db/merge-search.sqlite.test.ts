import { afterAll, beforeAll, expect, test } from 'vitest';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { mergeSearch } from './merge-search.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { parseSearch } from './search.ts';
import { readCards } from './ticket-cards.ts';

const INDEXES = ['subject_trigrams', 'subject_words'];

let database: OpenDatabase;
beforeAll(() => {
  database = openDatabase(':memory:');
  for (let n = 0; n < 120; n++) addSampleTickets(database.raw, 17, n + 1);
});
afterAll(() => database.close());

function partsOf(index: string): number {
  return database.raw.prepare(`SELECT count(DISTINCT segid) FROM ${index}_idx`).pluck().get() as number;
}

async function found(typed: string): Promise<number[]> {
  const search = parseSearch(typed, 'SUP')!;
  const cards = await readCards(database.db, { scope: { search }, sort: 'newest', limit: 50 }, 4);
  return cards.map(({ id }) => id);
}

test('the parts of a full-text index become few, a little at a time, and find the same', async () => {
  const typed = ['printer', 'p', 'timeout err', 'fé'];
  const before = await Promise.all(typed.map(found));
  for (const index of INDEXES) expect(partsOf(index)).toBeGreaterThan(4);
  let turns = 0;
  while (await mergeSearch(database.db)) turns += 1;
  expect(turns).toBeGreaterThan(1);
  for (const index of INDEXES) {
    expect(partsOf(index)).toBeLessThanOrEqual(4);
    // Throws where something is wrong with it.
    database.raw.exec(`INSERT INTO ${index} (${index}) VALUES ('integrity-check')`);
  }
  expect(await Promise.all(typed.map(found))).toEqual(before);
});

test('where there are few, nothing is written', async () => {
  const changes = () => database.raw.prepare('SELECT total_changes()').pluck().get();
  while (await mergeSearch(database.db));
  const before = changes();
  expect(await mergeSearch(database.db)).toBe(false);
  expect(changes()).toBe(before);
});
