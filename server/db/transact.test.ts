import { afterEach, beforeEach, expect, test } from 'vitest';
import { openDatabase, type OpenDatabase } from './open.ts';
import { afterCommit, transact, type Trx } from './transact.ts';

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
});
afterEach(() => database.close());

const add = (trx: Trx, name: string) => trx.insertInto('keys').values({ name, value: name }).execute();
const names = async () => {
  const rows = await database.db.selectFrom('keys').select('name').orderBy('name').execute();
  return rows.map((row) => row.name);
};

test('of many at once, one that fails takes nothing along and leaves nothing', async () => {
  const told: string[] = [];
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c', 'd'].map((name) =>
      transact(database.db, async (trx) => {
        await add(trx, name);
        afterCommit(trx, () => told.push(name));
        if (name === 'b') throw new Error('Not this one.');
        return name;
      }),
    ),
  );
  expect(outcomes.map((outcome) => (outcome.status === 'fulfilled' ? outcome.value : 'refused'))).toEqual([
    'a',
    'refused',
    'c',
    'd',
  ]);
  expect(await names()).toEqual(['a', 'c', 'd']);
  expect(told).toEqual(['a', 'c', 'd']);
});

test('each sees what those before it have done, in the order they were asked for', async () => {
  const counts = await Promise.all(
    Array.from({ length: 100 }, (_, n) =>
      transact(database.db, async (trx) => {
        await add(trx, `k${n}`);
        const row = await trx
          .selectFrom('keys')
          .select((eb) => eb.fn.countAll<number>().as('n'))
          .executeTakeFirstOrThrow();
        return row.n;
      }),
    ),
  );
  expect(counts).toEqual(Array.from({ length: 100 }, (_, n) => n + 1));
});

test('nobody is told of success before the commit, and all of failure when it fails', async () => {
  const { raw, db } = database;
  raw.exec(`CREATE TABLE parents (id INTEGER PRIMARY KEY) STRICT;
    CREATE TABLE children (parent INTEGER REFERENCES parents (id) DEFERRABLE INITIALLY DEFERRED) STRICT`);
  const told: string[] = [];
  const outcomes = await Promise.allSettled(
    ['a', 'b'].map((name) =>
      transact(db, async (trx) => {
        await add(trx, name);
        afterCommit(trx, () => told.push(name));
        // Found out only when all of it is to be committed.
        if (name === 'b') raw.exec('INSERT INTO children VALUES (7)');
      }),
    ),
  );
  expect(outcomes.map((outcome) => outcome.status)).toEqual(['rejected', 'rejected']);
  expect(told).toEqual([]);
  expect(await names()).toEqual([]);
  await transact(db, (trx) => add(trx, 'later'));
  expect(await names()).toEqual(['later']);
});

test('when SQLite rolls everything back by itself, those it took along hear why, and the others go on', async () => {
  const { raw, db } = database;
  const outcomes = await Promise.allSettled(
    ['a', 'b', 'c'].map((name) =>
      transact(db, async (trx) => {
        await add(trx, name);
        if (name !== 'b') return;
        raw.exec('ROLLBACK');
        throw new Error('The disk is full.');
      }),
    ),
  );
  expect(
    outcomes.map((outcome) => (outcome.status === 'rejected' ? String(outcome.reason) : 'done')),
  ).toEqual(['Error: The disk is full.', 'Error: The disk is full.', 'done']);
  expect(await names()).toEqual(['c']);
});
