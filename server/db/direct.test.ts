import { afterEach, beforeEach, expect, test } from 'vitest';
import { readTogether } from './direct.ts';
import { query } from './fragment.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { transact } from './transact.ts';

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

const add = (name: string) => ({
  sql: 'INSERT INTO keys (name, value) VALUES (?, ?)',
  parameters: [name, ''],
});
const names = async (db: Parameters<typeof query>[0]) =>
  (await query<{ name: string }>(db, { sql: 'SELECT name FROM keys ORDER BY name', parameters: [] })).map(
    ({ name }) => name,
  );

test('what is asked beside a transaction waits for its end, and sees nothing that is rolled back', async () => {
  const { db } = database;
  let seen: Promise<string[]> | undefined;
  const failing = transact(db, async (trx) => {
    await query(trx, add('lost'));
    seen = names(db);
    // Time for it to go wrong.
    await new Promise((resolve) => setImmediate(resolve));
    expect(await names(trx)).toEqual(['lost']);
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  expect(await seen).toEqual([]);
});

test('what is read together waits for its end, too', async () => {
  const { db } = database;
  const read = () =>
    readTogether(db, (connection) => connection.prepare('SELECT count(*) AS n FROM keys').all([]));
  let seen: Promise<unknown> | undefined;
  await transact(db, async (trx) => {
    await query(trx, add('first'));
    seen = read();
    await new Promise((resolve) => setImmediate(resolve));
    await query(trx, add('second'));
  });
  expect(await seen).toEqual([{ n: 2 }]);
  expect(await read()).toEqual([{ n: 2 }]);
});

test('what is written beside a transaction is no part of it', async () => {
  const { db } = database;
  let written: Promise<unknown> | undefined;
  const failing = transact(db, async (trx) => {
    await query(trx, add('lost'));
    written = query(db, add('kept'));
    await new Promise((resolve) => setImmediate(resolve));
    throw new Error('on purpose');
  });
  await expect(failing).rejects.toThrow('on purpose');
  await written;
  expect(await names(db)).toEqual(['kept']);
});

test('an error has the code of the driver', async () => {
  const { db } = database;
  await query(db, add('once'));
  await expect(query(db, add('once'))).rejects.toMatchObject({ code: 'SQLITE_CONSTRAINT_PRIMARYKEY' });
  expect(await names(db)).toEqual(['once']);
});

test('one that failed of several at once takes nothing of the others along', async () => {
  const { db } = database;
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'a', 'c'].map((name) => transact(db, (trx) => query(trx, add(name)))),
  );
  expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  expect(await names(db)).toEqual(['a', 'b', 'c']);
});
