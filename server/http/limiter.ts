import { CompiledQuery } from 'kysely';
import { RateLimiterMemory, RateLimiterPostgres, type RateLimiterAbstract } from 'rate-limiter-flexible';
import { isPostgres } from '../db/dialect.ts';
import type { Db } from '../deps.ts';

/** How many points of what may be used up in how many seconds. */
export interface Rate {
  /** Tells its counts from those of other rates. */
  name: string;
  points: number;
  duration: number;
}

/** Keeps count in this process, or for all processes together where PostgreSQL is what they share. */
export function createLimiter(db: Db, { name, points, duration }: Rate): RateLimiterAbstract {
  const options = { keyPrefix: name, points, duration };
  if (!isPostgres(db)) return new RateLimiterMemory(options);
  return new RateLimiterPostgres({
    ...options,
    storeType: 'client',
    storeClient: clientOf(db),
    tableName: 'rate_limits',
    tableCreated: true,
    clearExpiredByTimeout: true,
    // Whoever is over it already costs the database nothing more.
    inMemoryBlockOnConsumed: points + 1,
    // While the database cannot count, each process does.
    insuranceLimiter: new RateLimiterMemory(options),
  });
}

/** As much of the driver's client as the library uses. */
function clientOf(db: Db) {
  return {
    async query({ text, values = [] }: { text: string; values?: unknown[] }) {
      const { rows, numAffectedRows } = await db.executeQuery(CompiledQuery.raw(text, values));
      return { rows, rowCount: Number(numAffectedRows ?? rows.length) };
    },
  };
}
