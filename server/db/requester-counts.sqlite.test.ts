import { afterEach, beforeEach, expect, it } from 'vitest';
import { Random } from '../bench/random.ts';
import { openDatabase, type OpenDatabase } from './open.ts';

const [BUSY, QUIET] = [1, 2];

let database: OpenDatabase;
beforeEach(() => {
  database = openDatabase(':memory:');
  for (const id of [BUSY, QUIET]) {
    database.raw.exec(`INSERT INTO users (id, external_id, email, name, role, created_at, seen_at)
      VALUES (${id}, 'u${id}', 'u${id}@example.com', 'U', 'client', 0, 0)`);
  }
});
afterEach(() => database.close());

const run = (sql: string, ...values: unknown[]) => database.raw.prepare(sql).run(...values);
const counted = () =>
  database.raw.prepare('SELECT * FROM requester_counts WHERE n > 0 ORDER BY 1, 2, 3, 4').all();
const there = () =>
  database.raw
    .prepare(
      `SELECT requester_id, status, priority, category, count(*) AS n FROM tickets WHERE requester_id = ?
       GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4`,
    )
    .all(BUSY);

function file(requester: number, random: Random): void {
  run(
    `INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, created_at, updated_at)
     VALUES ('A', 'a', 'open', ?, ?, ?, 1, 1)`,
    random.pick(['low', 'urgent']),
    random.pick(['billing', 'general']),
    requester,
  );
}

it('counts the tickets of who has more than a hundred, and of nobody else', () => {
  const random = new Random(3);
  for (let n = 0; n < 100; n++) file(BUSY, random);
  for (let n = 0; n < 20; n++) file(QUIET, random);
  expect(counted()).toEqual([]);
  for (let n = 0; n < 16; n++) file(BUSY, random);
  expect(counted()).toEqual(there());
  for (let n = 0; n < 40; n++) file(n % 2 ? BUSY : QUIET, random);
  expect(counted()).toEqual(there());
});

it('stays right whatever happens to them', () => {
  const random = new Random(5);
  for (let n = 0; n < 130; n++) file(BUSY, random);
  for (let n = 0; n < 200; n++) {
    const ticket = random.int(1001, 1130);
    const change = random.int(0, 4);
    if (change === 0) run('DELETE FROM tickets WHERE id = ?', ticket);
    else if (change === 1)
      run('UPDATE tickets SET assignee_id = ? WHERE id = ?', random.pick([null, QUIET]), ticket);
    else if (change === 2)
      run('UPDATE tickets SET priority = ? WHERE id = ?', random.pick(['low', 'high']), ticket);
    else run('UPDATE tickets SET status = ? WHERE id = ?', random.pick(['open', 'in_progress']), ticket);
  }
  expect(counted()).toEqual(there());
});
