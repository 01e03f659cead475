/** How long Resend remembers an idempotency key is 24 h; past this a retry could be a second mail. */
export const RETRY_FOR_MS = 23 * 60 * 60 * 1000;

const FIRST_MS = 5_000;
const LONGEST_MS = 60 * 60 * 1000;

/**
 * The wait before the next attempt: twice as long each time, of which half is left to chance, so that
 * mails which failed together do not come back together.
 *
 * @param attempts made so far, at least 1
 * @param random from 0 to 1
 * @returns milliseconds
 */
export function backoffMs(attempts: number, random: number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 30));
  return Math.round(full / 2 + (full / 2) * random);
}
