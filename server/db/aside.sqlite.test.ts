import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { createAside, queryAside, whileAlone } from './aside.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { parseSearch } from './search.ts';
import { countByStatus } from './ticket-counts.ts';

let folder: string;
let path: string;
let database: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'support-center-aside-'));
  path = join(folder, 'test.db');
  database = openDatabase(path);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const CONNECTION = { sql: 'SELECT total_changes() AS n', parameters: [] };

it('the hits of a search are counted by another connection than the one that answers', async () => {
  const { db, raw } = database;
  const samples = addSampleTickets(raw, 3000);
  expect(await queryAside(db, CONNECTION)).toEqual([{ n: 0 }]);
  const counted = await countByStatus(db, { search: parseSearch('printer', 'SUP')! });
  const hits = samples.filter(({ subject }) => subject.toLowerCase().includes('printer'));
  expect(counted.reduce((sum, { n }) => sum + n, 0)).toBe(hits.length);
  for (const { status, n } of counted) {
    expect([status, n]).toEqual([status, hits.filter((hit) => hit.status === status).length]);
  }
});

it('one that fails there fails here, and the next one is answered', async () => {
  await expect(queryAside(database.db, { sql: 'SELECT nothing', parameters: [] })).rejects.toThrow(/nothing/);
  expect(await queryAside(database.db, { sql: 'SELECT ? AS n', parameters: [5] })).toEqual([{ n: 5 }]);
});

it('where there can be no thread, and once it is closed, the answer comes all the same', async () => {
  const aside = createAside(join(folder, 'no', 'such', 'file.db'));
  expect(await aside.run('SELECT 1', [])).toBe(null);
  expect(await aside.run('SELECT 1', [])).toBe(null);
  await aside.close();
  const memory = openDatabase(':memory:');
  expect(await queryAside(memory.db, { sql: 'SELECT 1 AS n', parameters: [] })).toEqual([{ n: 1 }]);
  await memory.close();
});

it('nothing is read while somebody has to be alone', async () => {
  const order: string[] = [];
  const alone = whileAlone(database.db, async () => {
    order.push('begun');
    await new Promise((resolve) => setImmediate(resolve));
    order.push('done');
  });
  const read = queryAside(database.db, CONNECTION).then(() => order.push('read'));
  await Promise.all([alone, read]);
  expect(order).toEqual(['begun', 'done', 'read']);
});
