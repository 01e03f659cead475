import { IS_POSTGRES } from '../testing/open-test-database.ts';

/** Set by `npm run test:abuse -- --long`: more of the same, for a night. */
export const IS_LONG = process.env['ABUSE_LONG'] === '1';

/** @returns how often fast-check tries: as often as given, or fifty times that; on PostgreSQL the first half of it */
export function runs(times: number): number {
  const all = IS_LONG ? times * 50 : times;
  return IS_POSTGRES ? Math.ceil(all / 2) : all;
}
