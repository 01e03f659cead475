import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from './open.ts';
import { withStablePlan } from './stable-plan.ts';

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

test('touches placeholders only', () => {
  const text = `SELECT '?', 'it''s ?', "a?", /* ? */ x -- ?\n FROM t WHERE x = ? AND y IN (?, ?) LIMIT ?`;
  expect(withStablePlan(text)).toBe(
    `SELECT '?', 'it''s ?', "a?", /* ? */ x -- ?\n FROM t WHERE x = +? AND y IN (+?, +?) LIMIT +?`,
  );
});

test('leaves values and types as they are', () => {
  const { raw } = database;
  const select = `SELECT typeof(?) AS a, typeof(?) AS b, typeof(?) AS c, ? AS d, id FROM
    (SELECT 7 AS id UNION ALL SELECT 8) WHERE id = ? LIMIT ?`;
  const values = ['7', null, Buffer.from('x'), 'text', 7, 1];
  const plain = raw.prepare(select).all(...values);
  expect(raw.prepare(withStablePlan(select)).all(...values)).toEqual(plain);
  expect(plain).toEqual([{ a: 'text', b: 'null', c: 'blob', d: 'text', id: 7 }]);
  raw.exec('CREATE TABLE typed (n INTEGER, t TEXT, b BLOB) STRICT');
  raw.prepare(withStablePlan('INSERT INTO typed VALUES (?, ?, ?)')).run(7, 'x', Buffer.from('y'));
  expect(raw.prepare(withStablePlan('SELECT n, t FROM typed WHERE t = ? AND n = ?')).all('x', 7)).toEqual([
    { n: 7, t: 'x' },
  ]);
});

test('full-text search and row values still use their indexes', () => {
  const plan = (sql: string) =>
    database.raw
      .prepare<[], { detail: string }>(`EXPLAIN QUERY PLAN ${withStablePlan(sql).replaceAll('+?', '+1')}`)
      .all()
      .map((row) => row.detail);
  expect(
    plan('SELECT rowid FROM subject_trigrams WHERE subject_trigrams MATCH ? AND rowid < ? LIMIT ?')[0],
  ).toMatch(/VIRTUAL TABLE INDEX \d+:.*M/);
  expect(plan('SELECT id FROM tickets WHERE (updated_at, id) < (?, ?) ORDER BY updated_at DESC')[0]).toMatch(
    /^SEARCH tickets USING .*tickets_updated \(\(?updated_at/,
  );
});
