import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from './open.ts';
import { StatementCache } from './statement-cache.ts';

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

test('gives the same statement for the same text', () => {
  const cache = new StatementCache(database.raw);
  expect(cache.prepare('SELECT 1')).toBe(cache.prepare('SELECT 1'));
  expect(cache.prepare('SELECT 2')).not.toBe(cache.prepare('SELECT 1'));
});

test('statements of one text that are read from at the same time are told apart', () => {
  const cache = new StatementCache(database.raw);
  const sql = 'SELECT value FROM json_each(?)';
  const [one, other] = [0, 1].map((copy) => cache.prepare(sql, copy).iterate(['[1,2]']));
  expect([one!.next().value, other!.next().value, one!.next().value]).toEqual([
    { value: 1 },
    { value: 1 },
    { value: 2 },
  ]);
  one!.return!();
  other!.return!();
  expect(cache.prepare(sql, 1)).toBe(cache.prepare(sql, 1));
});

test('forgets the one unused for longest', () => {
  const cache = new StatementCache(database.raw, 2);
  const [first, second] = [cache.prepare('SELECT 1'), cache.prepare('SELECT 2')];
  cache.prepare('SELECT 1');
  cache.prepare('SELECT 3');
  expect(cache.size).toBe(2);
  expect(cache.prepare('SELECT 1')).toBe(first);
  expect(cache.prepare('SELECT 2')).not.toBe(second);
});

test('a statement survives a change of the schema', () => {
  const cache = new StatementCache(database.raw);
  const count = () => cache.prepare('SELECT count(*) AS n FROM users').all([]);
  expect(count()).toEqual([{ n: 0 }]);
  database.raw.exec('CREATE INDEX users_seen ON users (seen_at)');
  expect(count()).toEqual([{ n: 0 }]);
});

test('rolling back what has been rolled back already does nothing', () => {
  const cache = new StatementCache(database.raw);
  expect(cache.prepare('rollback').run([]).changes).toBe(0);
  cache.prepare('begin').run([]);
  expect(database.raw.inTransaction).toBe(true);
  cache.prepare('rollback').run([]);
  expect(database.raw.inTransaction).toBe(false);
});
