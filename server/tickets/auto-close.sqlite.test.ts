import { expect, it } from 'vitest';
import { openDatabase } from '../db/open.ts';
import { transact } from '../db/transact.ts';
import { autoCloseCutoffs } from '../rules/auto-close.ts';
import { idleQuery } from './auto-close-repository.ts';

const RULES = { resolvedAfterDays: 7, waitingUserAfterDays: 5, reminderDaysBefore: 2 };

it('auto-close finds its tickets by an index', async () => {
  const { db, raw, close } = openDatabase(':memory:');
  const cutoffs = autoCloseCutoffs(RULES, true, Date.UTC(2026, 0, 15));
  const plans: string[] = [];
  for (const step of ['close', 'remind', 'resolve'] as const) {
    await transact(db, async (trx) => {
      const { sql, parameters } = idleQuery(trx, step, cutoffs, 50)!.compile();
      const rows = raw.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(parameters) as Array<{ detail: string }>;
      plans.push(rows.map((row) => row.detail).join('; '));
    });
  }
  expect(plans).toEqual([
    'SEARCH tickets USING INDEX tickets_resolved_at (resolved_at<?)',
    'SEARCH tickets USING INDEX tickets_waiting_since (waiting_since<?)',
    'SEARCH tickets USING INDEX tickets_waiting_since (waiting_since<?)',
  ]);
  await close();
});
