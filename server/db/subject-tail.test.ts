import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from './open.ts';
import { query } from './fragment.ts';
import { parseSearch } from './search.ts';
import { countByStatus } from './ticket-counts.ts';
import { ticketPage } from './ticket-page.ts';

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
  database.raw.exec(
    `INSERT INTO users (id, external_id, email, name, role, created_at, seen_at)
     VALUES (1, 'u', 'u@example.com', 'U', 'client', 0, 0)`,
  );
});
afterEach(() => database.close());

const add = (subject: string, id: number | null = null) =>
  database.raw
    .prepare(
      `INSERT INTO tickets (id, subject, subject_search, status, priority, category, requester_id, created_at, updated_at)
       VALUES (?, ?, ?, 'open', 'low', 'general', 1, 0, 0) RETURNING id`,
    )
    .pluck()
    .get(id, subject, subject) as number;

async function find(typed: string): Promise<number[]> {
  const search = parseSearch(typed, 'SUP')!;
  for (const sort of ['newest', 'oldest', 'updated', 'priority'] as const) {
    const page = await ticketPage(database.db, { scope: { search }, sort, limit: 500 });
    const rows = await query<{ id: number }>(database.db, page);
    const [counted] = await countByStatus(database.db, { search });
    expect(counted?.n ?? 0).toBe(rows.length);
    if (sort === 'priority') return rows.map(({ id }) => id).sort((a, b) => a - b);
  }
  return [];
}

/** Throws where an index does not hold exactly what it should. */
function checkIndexes(): void {
  const { raw } = database;
  raw.exec(`
    INSERT INTO subject_trigrams (rowid, subject_search)
      SELECT id, subject_search FROM tickets WHERE id > (SELECT indexed_to FROM subject_tail);
    INSERT INTO subject_words (rowid, subject_search)
      SELECT id, subject_search FROM tickets WHERE id > (SELECT indexed_to FROM subject_tail);
    UPDATE subject_tail SET indexed_to = (SELECT max(id) FROM tickets);
    INSERT INTO subject_trigrams (subject_trigrams, rank) VALUES ('integrity-check', 1);
    INSERT INTO subject_words (subject_words, rank) VALUES ('integrity-check', 1);
  `);
}

test('a ticket is found from the moment it is filed, whether its subject is indexed or waits for others', async () => {
  const ids: number[] = [];
  for (let n = 0; n < 40; n++) {
    ids.push(add(`printer ${n}`));
    if (n % 7 > 0) continue;
    expect(await find('printer')).toEqual(ids);
    expect(await find('p')).toEqual(ids);
  }
  checkIndexes();
});

test('numbers may be left out, and be taken late', async () => {
  add('printer', 5000);
  add('printer', 1200);
  add('printer', 5001);
  add('printer', 5900);
  expect(await find('printer')).toEqual([1200, 5000, 5001, 5900]);
  checkIndexes();
});

test('what is deleted or renamed is found no more, indexed or not', async () => {
  const ids = Array.from({ length: 40 }, () => add('printer'));
  const { raw } = database;
  for (const id of [ids[0], ids[1], ids[38], ids[39]]) {
    if (id! % 2 === 0) raw.prepare('DELETE FROM tickets WHERE id = ?').run(id);
    else raw.prepare(`UPDATE tickets SET subject_search = 'scanner' WHERE id = ?`).run(id);
  }
  expect(await find('printer')).toEqual(ids.slice(2, 38));
  expect(await find('scanner')).toEqual([ids[0], ids[1], ids[38], ids[39]].filter((id) => id! % 2 === 1));
  checkIndexes();
});

test('what is rolled back leaves nothing behind', async () => {
  for (let n = 0; n < 10; n++) add('printer');
  const { raw } = database;
  raw.exec('BEGIN');
  for (let n = 0; n < 30; n++) add('scanner');
  raw.exec('ROLLBACK');
  expect(await find('scanner')).toEqual([]);
  for (let n = 0; n < 10; n++) add('printer');
  expect(await find('printer')).toHaveLength(20);
  checkIndexes();
});
