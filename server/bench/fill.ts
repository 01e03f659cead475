import { foldSubject } from '../db/search.ts';
import type { RawDatabase } from '../db/open.ts';
import { openBulk } from './bulk.ts';
import { createLoader } from './loader.ts';
import { loadPeople } from './people.ts';
import { Random } from './random.ts';
import { tellStory } from './story.ts';

const TWO_YEARS_MS = 2 * 365 * 24 * 60 * 60 * 1000;

export interface FillOptions {
  tickets: number;
  /** Clients that the tickets are spread over; some file many, most few. */
  users: number;
  /** The same seed, time and numbers make the same tickets. */
  seed: number;
  /** Milliseconds since 1970 UTC. */
  now: number;
  /** Called now and then with the tickets written, and once for each step after them. */
  onProgress?: (progress: { tickets: number } | { step: string }) => void;
}

export interface Filled {
  tickets: number;
  messages: number;
  /** Ids of the first and last ticket. */
  ids: [number, number];
}

/**
 * Adds tickets with their conversations and histories, of the last two years, or since the newest ticket
 * where there are some already: the order of the ids stays the order of time. Everything is written in
 * one transaction where the database is ours alone, and in many small ones beside a running server.
 */
export function fillDatabase(raw: RawDatabase, options: FillOptions): Filled {
  const { tickets, now, onProgress } = options;
  const bulk = openBulk(raw, tickets);
  try {
    const newest = raw.prepare('SELECT id, created_at FROM tickets ORDER BY id DESC LIMIT 1').get() as
      { id: number; created_at: number } | undefined;
    const random = new Random(options.seed + (newest?.id ?? 0));
    const people = bulk.write(() => loadPeople(raw, random, options));
    const loader = createLoader(raw, foldSubject);
    const start = Math.min(Math.max(now - TWO_YEARS_MS, newest?.created_at ?? 0), now);
    let written = 0;
    while (written < tickets) {
      const end = Math.min(tickets, written + bulk.batch);
      bulk.write(() => {
        for (; written < end; written += 1) {
          const createdAt = start + Math.floor(((now - start) * (written + random.next())) / tickets);
          // Squared: the first clients file hundreds of times as many as the last.
          const requester = people.clients[Math.floor(people.clients.length * random.next() ** 2)]!;
          loader.add(tellStory(random, requester, people.agents, createdAt, now), requester, random);
        }
      });
      onProgress?.({ tickets: written });
    }
    bulk.finish((step) => onProgress?.({ step }));
    return loader.filled();
  } catch (error) {
    bulk.abandon();
    throw error;
  }
}
