import type { Clock } from '../deps.ts';

/** A clock that stands still until a test moves it. */
export interface TestClock extends Clock {
  /** @param ms milliseconds to go forward */
  advance(ms: number): void;
  /** @param ms milliseconds since 1970 UTC */
  set(ms: number): void;
}

export const TEST_NOW = Date.UTC(2026, 0, 15, 12);

/** @param now milliseconds since 1970 UTC; default 2026-01-15T12:00:00Z */
export function createTestClock(now: number = TEST_NOW): TestClock {
  let time = now;
  return {
    now: () => time,
    advance(ms) {
      time += ms;
    },
    set(ms) {
      time = ms;
    },
  };
}
