import { CATEGORIES, PRIORITIES, STATUSES } from '../contract/vocabulary.ts';
import type { RawDatabase } from '../db/open.ts';
import { foldSubject } from '../db/search.ts';
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
  const random = seeded(seed);
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() ** 2 * values.length)]!;
  const addUser = raw.prepare(
    'INSERT OR IGNORE INTO users (id, external_id, email, name, role, created_at, seen_at) VALUES (?, ?, ?, ?, ?, 0, 0)',
  );
  const addTicket = raw.prepare(
    `INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, assignee_id,
       created_at, updated_at, resolved_at, closed_at, waiting_since)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
  );
  return raw.transaction(() => {
    for (let id = 1; id <= 5; id++) {
      const role = id <= 3 ? 'client' : 'agent';
      addUser.run(id, `user-${id}`, `user-${id}@example.com`, `User ${id}`, role);
    }
    return Array.from({ length: count }, (): SampleTicket => {
      const subject = Array.from({ length: 2 + Math.floor(random() * 3) }, () => pick(WORDS)).join(' ');
      const status = pick(STATUSES);
      const priority = pick(PRIORITIES);
      const category = pick(CATEGORIES);
      const requesterId = 1 + Math.floor(random() ** 6 * 3);
      const assigneeId = pick([null, 4, 5]);
      const updatedAt = Math.floor((random() * count) / 2);
      const stamps = enterStatus(status, updatedAt);
      const { id } = addTicket.get(
        subject,
        foldSubject(subject),
        status,
        priority,
        category,
        requesterId,
        assigneeId,
        updatedAt,
        updatedAt,
        stamps.resolved_at,
        stamps.closed_at,
        stamps.waiting_since,
      ) as { id: number };
      return { id, subject, status, priority, category, requesterId, assigneeId, updatedAt };
    });
  })();
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
