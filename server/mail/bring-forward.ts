import type { Db } from '../deps.ts';

/** No mail waits longer for its next attempt: neither backoff, `Retry-After`, digest nor claim. */
const LONGEST_WAIT_MS = 2 * 60 * 60 * 1000;

/**
 * Makes due what was put off by a clock that has been set back since: else it would wait until that time
 * comes again.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function bringForward(db: Db, now: number): Promise<void> {
  const limit = now + LONGEST_WAIT_MS;
  const late = await db
    .selectFrom('outbox')
    .select('id')
    .where('finished_at', 'is', null)
    .where('next_attempt_at', '>', limit)
    .limit(1)
    .executeTakeFirst();
  // A look every few seconds, a write once in years.
  if (!late) return;
  await db
    .updateTable('outbox')
    .set({ next_attempt_at: now })
    .where('finished_at', 'is', null)
    .where('next_attempt_at', '>', limit)
    .execute();
}
