import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAside, type Aside } from './aside.ts';
import { createDurable, keepDurable, sharing } from './durable.ts';
import { openDatabase, type OpenDatabase } from './open.ts';
import { transact } from './transact.ts';

let folder: string;
let path: string;
let database: OpenDatabase;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'support-center-durable-'));
  path = join(folder, 'test.db');
  database = openDatabase(path);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true });
});

const synchronous = () => database.raw.pragma('synchronous', { simple: true });
const write = (address: string, reason = 'x') =>
  transact(database.db, async (trx) => {
    const row = { address, reason: 'bounced', detail: reason, since: 0 } as const;
    await trx.insertInto('suppressed_addresses').values(row).execute();
    return synchronous();
  });

it('a transaction commits without waiting for the disk, and nothing else does', async () => {
  expect(synchronous()).toBe(2);
  expect(await write('a@example.com')).toBe(1);
  expect(synchronous()).toBe(2);
  await expect(write('a@example.com')).rejects.toThrow(/UNIQUE/);
  expect(synchronous()).toBe(2);
});

it('one who wants less safety keeps it', async () => {
  database.raw.pragma('synchronous = OFF');
  expect(await write('a@example.com')).toBe(0);
  expect(synchronous()).toBe(0);
});

it('nobody is told before the log is on the disk, and later commits wait for a later time', async () => {
  const aside = createAside(path);
  const waiting: Array<() => void> = [];
  const durable = createDurable(database.raw, path, aside, () => new Promise((done) => waiting.push(done)))!;
  const told: string[] = [];
  const commit = (name: string) => {
    for (const sql of ['begin immediate', 'commit']) durable.database.prepare(sql).run([]);
    void durable.settle()!.then(() => told.push(name));
  };
  commit('first');
  commit('second');
  commit('third');
  await nextTurn();
  expect([waiting.length, told]).toEqual([1, []]);
  waiting[0]!();
  await expect.poll(() => waiting.length).toBe(2);
  expect(told).toEqual(['first']);
  waiting[1]!();
  await expect.poll(() => told).toEqual(['first', 'second', 'third']);
  // Nothing was written since.
  expect(durable.settle()).toBe(null);
  const closed = durable.close();
  waiting[2]!();
  await closed;
});

it('what could not be written to the disk is no success', async () => {
  let calls = 0;
  const share = sharing(async () => {
    if (++calls === 1) throw new Error('on purpose');
  });
  const [first, second] = await Promise.allSettled([share(), share()]);
  expect([first.status, second.status, calls]).toEqual(['rejected', 'fulfilled', 2]);
});

it('a log that has grown is moved into the file off the event loop', async () => {
  const before = statSync(path).size;
  for (let n = 0; n < 300; n++) await write(`${n}@example.com`, 'x'.repeat(5000));
  await expect.poll(() => statSync(path).size, { timeout: 15_000 }).toBeGreaterThan(before + 1_000_000);
});

it('a transaction waits for the last of a long log, not for the rest of it: then it begins anew', async () => {
  const aside = createAside(path);
  const events: string[] = [];
  const watched: Aside = {
    ...aside,
    async run(sql, parameters, begins) {
      const rows = await aside.run<never>(sql, parameters, () => {
        begins?.();
        if (durable.held()) void write('a@example.com').then(() => events.push('written'));
      });
      events.push('moved');
      return rows;
    },
  };
  const durable = createDurable(database.raw, path, watched, undefined, 300)!;
  keepDurable(database.db, durable);
  const row = database.raw.prepare(
    `INSERT INTO suppressed_addresses (address, reason, detail, since) VALUES (?, 'bounced', ?, 0)`,
  );
  durable.database.prepare('begin immediate').run([]);
  for (let n = 0; n < 400; n++) row.run(`long-${n}@example.com`, 'x'.repeat(5000));
  durable.database.prepare('commit').run([]);
  await durable.settle();
  await expect.poll(() => events, { timeout: 15_000 }).toEqual(['moved', 'moved', 'moved', 'written']);
  expect(durable.held()).toBe(null);
  const [{ log }] = database.raw.pragma('wal_checkpoint(PASSIVE)') as [{ log: number }];
  expect(log).toBeLessThan(300);
  await durable.close();
  await aside.close();
});
