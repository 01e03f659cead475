import { CATEGORIES, PRIORITIES, STATUSES } from '../contract/vocabulary.ts';
import type { RawDatabase } from '../db/open.ts';
import { foldSubject } from '../db/search.ts';
import type { Db } from '../deps.ts';
import { enterStatus } from '../rules/transitions.ts';

const WORDS =
  'printer invoice login password export Café naïve über report e-mail timeout error 401 refund page dashboard slow'.split(
    ' ',
  );

/** What `addSampleTickets` wrote, as far as a test compares by it. */
export interface SampleTicket {
  id: number;
  subject: string;
  status: (typeof STATUSES)[number];
  priority: (typeof PRIORITIES)[number];
  category: (typeof CATEGORIES)[number];
  requesterId: number;
  assigneeId: number | null;
  updatedAt: number;
}

/**
 * Fills a database with tickets of three clients and two agents, the same ones every time: statuses,
 * priorities and categories are unevenly spread, and several tickets share a time.
 *
 * @returns the tickets; clients have the ids 1 to 3, agents 4 and 5
 */
export function addSampleTickets(raw: RawDatabase, count: number, seed = 1): SampleTicket[] {
  const insert = (table: string, row: object) =>
    raw.prepare(
      `INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${Object.keys(row)
        .map((name) => `@${name}`)
        .join()}) RETURNING id`,
    );
  return raw.transaction(() => {
    if (raw.prepare('SELECT 1 FROM users WHERE id = 1').get() === undefined) {
      for (const user of USERS) insert('users', user).get(user);
    }
    const rows = makeRows(count, seed);
    const add = insert('tickets', rows[0]!);
    return rows.map((row) => toSample(row, (add.get(row) as { id: number }).id));
  })();
}

/** The same in either database, which has nobody in it yet. */
export async function fillWithSampleTickets(db: Db, count: number, seed = 1): Promise<SampleTicket[]> {
  await db.insertInto('users').values(USERS).execute();
  const samples: SampleTicket[] = [];
  const rows = makeRows(count, seed);
  for (let at = 0; at < count; at += BATCH) {
    const batch = rows.slice(at, at + BATCH);
    const added = await db.insertInto('tickets').values(batch).returning('id').execute();
    samples.push(...batch.map((row, n) => toSample(row, added[n]!.id)));
  }
  return samples;
}

const BATCH = 500;

const USERS = [1, 2, 3, 4, 5].map((id) => ({
  id,
  external_id: `user-${id}`,
  email: `user-${id}@example.com`,
  name: `User ${id}`,
  role: id <= 3 ? ('client' as const) : ('agent' as const),
  created_at: 0,
  seen_at: 0,
}));

function makeRows(count: number, seed: number) {
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() ** 2 * values.length)]!;
  return Array.from({ length: count }, () => {
    const subject = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(WORDS)).join(' ');
    const status = pick(STATUSES);
    const priority = pick(PRIORITIES);
    const category = pick(CATEGORIES);
    const requester_id = 1 + Math.floor(random() ** 6 * 3);
    const assignee_id = pick([null, 4, 5]);
    const updated_at = Math.floor((random() * count) / 2);
    const { resolved_at, closed_at, waiting_since } = enterStatus(status, updated_at);
    const known = { subject, subject_search: foldSubject(subject), status, priority, category };
    return {
      ...{ ...known, requester_id, assignee_id, created_at: updated_at, updated_at },
      ...{ resolved_at, closed_at, waiting_since },
    };
  });
}

function toSample(row: ReturnType<typeof makeRows>[number], id: number): SampleTicket {
  const { subject, status, priority, category } = row;
  const { requester_id: requesterId, assignee_id: assigneeId, updated_at: updatedAt } = row;
  return { id, subject, status, priority, category, requesterId, assigneeId, updatedAt };
}

/** The same numbers for the same seed. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
