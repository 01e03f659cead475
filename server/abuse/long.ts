/** Set by `npm run test:abuse -- --long`: more of the same, for a night. */
export const IS_LONG = process.env['ABUSE_LONG'] === '1';

/** @returns how often fast-check tries: as often as given, or fifty times that */
export function runs(times: number): number {
  return IS_LONG ? times * 50 : times;
}
