import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { insertEntry } from '../../tickets/history-repository.ts';
import { openTestDatabase, type OpenTestDatabase } from '../../testing/open-test-database.ts';
import { lock } from '../lock.ts';
import { afterCommit, beforeCommit, transact, type Trx } from '../transact.ts';

let database: OpenTestDatabase;
beforeEach(async () => {
  database = await openTestDatabase();
});
afterEach(() => database.close());

const transaction = <T>(work: (trx: Trx) => Promise<T>) => transact(database.db, work);
const setKey = async (trx: Trx, name: string, value: string) =>
  void (await trx
    .insertInto('keys')
    .values({ name, value })
    .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
    .execute());
const readKeys = async () =>
  (await database.db.selectFrom('keys').selectAll().orderBy('name').execute()).map(
    ({ name, value }) => `${name}=${value}`,
  );
const entry = { ticket_id: 1, requester_id: 1, type: 'created', internal: 0, created_at: 0 } as const;

describe('a transaction', () => {
  it('runs what waits for its commit after it, and never after a rollback', async () => {
    const told: string[] = [];
    await transaction(async (trx) => {
      afterCommit(trx, () => told.push('committed'));
      await setKey(trx, 'a', '1');
    });
    const failing = transaction(async (trx) => {
      afterCommit(trx, () => told.push('never'));
      await setKey(trx, 'b', '1');
      throw new Error('Rolled back.');
    });
    await expect(failing).rejects.toThrow('Rolled back.');
    expect(told).toEqual(['committed']);
    expect(await readKeys()).toEqual(['a=1']);
  });

  it('that meets a deadlock is done again as a whole, and told of once', async () => {
    await transaction(async (trx) => {
      await setKey(trx, 'a', '0');
      await setKey(trx, 'b', '0');
    });
    const told: string[] = [];
    let attempts = 0;
    const { promise: bothHold, resolve } = Promise.withResolvers<void>();
    let holding = 0;
    const cross = (first: string, second: string) =>
      transaction(async (trx) => {
        attempts += 1;
        afterCommit(trx, () => told.push(first));
        await sql`UPDATE keys SET value = value || ${first} WHERE name = ${first}`.execute(trx);
        holding += 1;
        if (holding === 2) resolve();
        await bothHold;
        await sql`UPDATE keys SET value = value || ${first} WHERE name = ${second}`.execute(trx);
      });
    await Promise.all([cross('a', 'b'), cross('b', 'a')]);
    expect(attempts).toBeGreaterThan(2);
    expect(told.sort()).toEqual(['a', 'b']);
    for (const value of await readKeys()) expect(value).toMatch(/=0(ab|ba)$/);
  });

  it('has a lock to itself until it ends', async () => {
    let inside = 0;
    let most = 0;
    const work = (name: string) =>
      transaction(async (trx) => {
        await lock(trx, name);
        inside += 1;
        most = Math.max(most, inside);
        await sql`SELECT pg_sleep(0.01)`.execute(trx);
        inside -= 1;
      });
    await Promise.all([work('x'), work('x'), work('x')]);
    expect(most).toBe(1);
  });

  it('whose connection breaks fails, and the next one has another', async () => {
    const broken = transaction(async (trx) => {
      await setKey(trx, 'a', '1');
      await sql`SELECT pg_terminate_backend(pg_backend_pid())`.execute(trx);
    });
    await expect(broken).rejects.toThrow();
    await transaction((trx) => setKey(trx, 'b', '1'));
    expect(await readKeys()).toEqual(['b=1']);
  });
});

describe('the numbers of the history', () => {
  it('are seen in the order in which they were given, whatever commits last', async () => {
    const seen: number[] = [];
    let isOver = false;
    const watch = async () => {
      // Somebody who resumes behind the highest they know must never have missed one below it.
      while (!isOver) {
        const rows = await database.db
          .selectFrom('history')
          .select('seq')
          .where('seq', '>', seen.at(-1) ?? 0)
          .orderBy('seq')
          .execute();
        seen.push(...rows.map(({ seq }) => seq));
      }
    };
    const watching = watch();
    const told: number[] = [];
    await Promise.all(
      Array.from({ length: 60 }, (_, n) =>
        transaction(async (trx) => {
          await beforeCommit(trx, async () => {
            const seq = await insertEntry(trx, { ...entry, internal: n % 3 === 0 ? 1 : 0 });
            afterCommit(trx, () => told.push(seq));
          });
          await sql`SELECT pg_sleep(${Math.random() / 100})`.execute(trx);
        }),
      ),
    );
    isOver = true;
    await watching;
    const all = await database.db.selectFrom('history').select('seq').orderBy('seq').execute();
    expect(all).toHaveLength(60);
    expect([...new Set([...seen, ...all.map(({ seq }) => seq)])]).toEqual(all.map(({ seq }) => seq));
    expect(told).toEqual(all.map(({ seq }) => seq));
  });

  it('go on in the same steps whatever is internal, and are never given twice', async () => {
    const add = (internal: 0 | 1) => transaction((trx) => insertEntry(trx, { ...entry, internal }));
    expect([await add(0), await add(1), await add(1), await add(0)]).toEqual([1, 2, 3, 1025]);
    await database.db.deleteFrom('history').execute();
    expect(await add(0)).toBe(2049);
  });
});
