import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { CATEGORIES, PRIORITIES, STATUSES } from '../contract/vocabulary.ts';
import { openDatabase, type OpenDatabase } from '../db/open.ts';
import { foldSubject } from '../db/search.ts';
import { TEST_NOW } from '../testing/test-clock.ts';
import { UNREAD } from './bulk.ts';
import { fillDatabase } from './fill.ts';

const TWO_YEARS = 2 * 365 * 24 * 3_600_000;
const N = 2000;

let folder: string;
let path: string;
let database: OpenDatabase;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-seed-'));
  path = join(folder, 'seeded.db');
  database = openDatabase(path);
  database.raw.pragma('synchronous = OFF');
});
afterEach(async () => {
  await database.close();
  await rm(folder, { recursive: true, force: true });
});

const fill = (more: Partial<Parameters<typeof fillDatabase>[1]> = {}) =>
  fillDatabase(database.raw, { tickets: N, users: 100, seed: 1, now: TEST_NOW, ...more });
const all = (sql: string) => database.raw.prepare(sql).all() as Array<Record<string, unknown>>;
const one = (sql: string) => database.raw.prepare(sql).pluck().get();
const schema = (raw = database.raw) =>
  raw
    .prepare(`SELECT type, name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY 1, 2`)
    .all();

/** Everything that hangs on the rows is as the triggers would have made it. */
function expectWhole(): void {
  expect(one('PRAGMA integrity_check')).toBe('ok');
  expect(all('PRAGMA foreign_key_check')).toEqual([]);
  const counted = (columns: string) =>
    `SELECT ${columns}, count(*) AS n FROM tickets GROUP BY ${columns.replace(/ AS \w+/, '')}`;
  expect(
    all('SELECT status, priority, category, n FROM ticket_counts WHERE n <> 0 ORDER BY 1, 2, 3'),
  ).toEqual(all(`${counted('status, priority, category')} ORDER BY 1, 2, 3`));
  expect(
    all(
      'SELECT assignee_id, status, priority, category, n FROM assignee_counts WHERE n <> 0 ORDER BY 1, 2, 3, 4',
    ),
  ).toEqual(
    all(
      `${counted('ifnull(assignee_id, 0) AS assignee_id, status, priority, category')} ORDER BY 1, 2, 3, 4`,
    ),
  );
  expect(all('SELECT assignee_id, n FROM assignee_unread WHERE n <> 0 ORDER BY 1')).toEqual(
    all(`SELECT assignee_id, n FROM (${UNREAD.replace('count(*)', 'count(*) AS n')}) ORDER BY 1`),
  );
  for (const index of ['subject_trigrams', 'subject_words']) {
    database.raw.exec(`INSERT INTO ${index} (${index}, rank) VALUES ('integrity-check', 1)`);
  }
  const messages = `SELECT ticket_id, sum(1 - internal) AS public, sum(internal) AS notes, max(id) AS last,
    max(id) FILTER (WHERE internal = 0) AS last_public FROM messages GROUP BY ticket_id`;
  expect(
    one(`SELECT count(*) FROM tickets JOIN (${messages}) ON ticket_id = tickets.id
      WHERE message_count = public AND note_count = notes AND last_message_id = last
        AND last_public_message_id = last_public`),
  ).toBe(one('SELECT count(*) FROM tickets'));
}

describe('the seed', () => {
  it('fills a fresh database, and leaves it whole', () => {
    const before = schema();
    expect(fill()).toMatchObject({ tickets: N, ids: [1001, 1000 + N] });
    expectWhole();
    expect(schema()).toEqual(before);
    expect(one('PRAGMA journal_mode')).toBe('wal');
    expect(one('PRAGMA foreign_keys')).toBe(1);
  });

  it('spreads them over statuses, priorities, categories, people and two years', () => {
    fill();
    for (const [column, values] of Object.entries({
      status: STATUSES,
      priority: PRIORITIES,
      category: CATEGORIES,
    })) {
      expect(all(`SELECT ${column} AS v FROM tickets GROUP BY 1 HAVING count(*) >= 50 ORDER BY 1`)).toEqual(
        [...values].sort().map((v) => ({ v })),
      );
    }
    expect(one('SELECT count(DISTINCT subject) FROM tickets')).toBeGreaterThan(N / 3);
    expect(one('SELECT count(DISTINCT requester_id) FROM tickets')).toBeGreaterThan(90);
    expect(one('SELECT min(created_at) FROM tickets')).toBeLessThan(TEST_NOW - TWO_YEARS + TWO_YEARS / 100);
    expect(one('SELECT max(created_at) FROM tickets')).toBeGreaterThan(TEST_NOW - TWO_YEARS / 100);
  });

  it('tells stories that can have happened', () => {
    fill();
    for (const impossible of [
      `SELECT 1 FROM tickets AS a JOIN tickets AS b ON b.id = a.id + 1 WHERE b.created_at < a.created_at`,
      `SELECT 1 FROM tickets WHERE updated_at < created_at OR updated_at > ${TEST_NOW}`,
      `SELECT 1 FROM tickets WHERE max(ifnull(closed_at, 0), ifnull(resolved_at, 0), ifnull(waiting_since, 0)) > updated_at`,
      `SELECT 1 FROM tickets WHERE first_responded_at < created_at`,
      `SELECT 1 FROM tickets WHERE resolved_at < ${TEST_NOW - 7 * 24 * 3_600_000}`,
      `SELECT 1 FROM messages JOIN tickets ON tickets.id = ticket_id WHERE messages.created_at NOT BETWEEN tickets.created_at AND ${TEST_NOW}`,
      `SELECT 1 FROM messages WHERE internal = 1 AND author_role = 'client'`,
      `SELECT 1 FROM history WHERE (type = 'noted') <> (internal = 1)`,
      `SELECT 1 FROM tickets AS t JOIN tickets AS f ON f.id = t.follow_up_of WHERE f.requester_id <> t.requester_id OR f.id >= t.id`,
      `SELECT 1 FROM tickets WHERE subject <> trim(subject)`,
    ]) {
      expect(all(`${impossible} LIMIT 1`), impossible).toEqual([]);
    }
    const last = `SELECT to_value FROM history WHERE ticket_id = t.id AND type = 'status' ORDER BY seq DESC LIMIT 1`;
    expect(one(`SELECT count(*) FROM tickets AS t WHERE ifnull((${last}), 'open') <> status`)).toBe(0);
    const folded = all('SELECT subject, subject_search FROM tickets');
    for (const row of folded) expect(row['subject_search']).toBe(foldSubject(String(row['subject'])));
  });

  it('makes the same from the same seed, and something else from another', () => {
    const made = [1, 1, 2].map((seed) => {
      const own = openDatabase(':memory:');
      fillDatabase(own.raw, { tickets: 200, users: 10, seed, now: TEST_NOW });
      const text = JSON.stringify(own.raw.prepare('SELECT * FROM tickets ORDER BY id').all());
      void own.close();
      return text;
    });
    expect(made[0]).toBe(made[1]);
    expect(made[0]).not.toBe(made[2]);
  });

  it('appends to what is there, later in time and by the same people', () => {
    fill({ now: TEST_NOW - 24 * 3_600_000 });
    const before = one('SELECT max(created_at) FROM tickets');
    const users = one('SELECT count(*) FROM users');
    expect(fill({ tickets: 300 })).toMatchObject({ ids: [1001 + N, 1300 + N] });
    expectWhole();
    expect(
      one(`SELECT count(*) FROM tickets WHERE id > ${1000 + N} AND created_at < ${Number(before)}`),
    ).toBe(0);
    expect(one('SELECT count(*) FROM users')).toBe(users);
  });

  it('works beside a server that has the database open', async () => {
    const server = openDatabase(path);
    server.raw.prepare('SELECT count(*) FROM tickets').get();
    expect(fill()).toMatchObject({ tickets: N });
    expectWhole();
    expect(server.raw.prepare('SELECT count(*) FROM tickets').pluck().get()).toBe(N);
    await server.close();
  });

  it('leaves nothing behind when it is broken off', () => {
    const before = schema();
    const broken = () =>
      fill({
        onProgress: () => {
          throw new Error('Broken off.');
        },
      });
    expect(broken).toThrow('Broken off.');
    expect(one('SELECT count(*) FROM tickets')).toBe(0);
    expect(one('SELECT count(*) FROM users')).toBe(0);
    expect(schema()).toEqual(before);
    expect(one('PRAGMA journal_mode')).toBe('wal');
    fill();
    expectWhole();
  });
});

describe('npm run seed', () => {
  const seed = (...given: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const script = fileURLToPath(new URL('./seed.ts', import.meta.url));
      const env = { ...process.env, DATABASE_URL: `sqlite:${path}` };
      execFile(process.execPath, [script, ...given], { env }, (error, stdout, stderr) => {
        resolve({ code: Number(error?.code ?? 0), stdout, stderr });
      });
    });

  it('fills DATABASE_URL and says what it did', async () => {
    const { code, stdout, stderr } = await seed('--tickets', '60', '--users', '7');
    expect(stderr).toBe('');
    expect(code).toBe(0);
    expect(stdout).toContain('Done: 60 tickets (numbers 1001 to 1060)');
    expect(one('SELECT count(*) FROM tickets')).toBe(60);
    expect(one(`SELECT count(*) FROM users WHERE role = 'client'`)).toBe(7);
  });

  it.each([
    [[]],
    [['--tickets', '0']],
    [['--tickets', '-5']],
    [['--tickets', '1e6']],
    [['--tickets', '10', '--users', 'many']],
    [['--tickets', '99999999999']],
    [['--tickets', '10', '--what']],
    [['10']],
  ])('refuses %j in one line', async (given) => {
    const { code, stdout, stderr } = await seed(...given);
    expect(code).toBe(1);
    expect(stdout).toBe('');
    expect(stderr).toMatch(/^seed: [^\n]+Usage: npm run seed[^\n]+\n$/);
    expect(one('SELECT count(*) FROM tickets')).toBe(0);
  });
});
