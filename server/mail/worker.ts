import type { Clock } from '../deps.ts';

/** Does what waits in a table: when it is told that there is more, and when the time of the next has come. */
export interface Worker {
  /** Does what is due, soon. Returns at once. */
  wake(): void;
  /** Does everything due by the clock, and resolves when each has been dealt with. */
  drain(): Promise<void>;
  /** Begins nothing more and waits for what is in hand; after a few seconds it breaks that off. */
  stop(): Promise<void>;
}

/** What work has to heed once it is told to stop. */
export interface Turn {
  /** Nothing more is to be begun. */
  readonly isOver: boolean;
  /** Breaks off what has been begun. */
  signal: AbortSignal;
}

export interface WorkerOptions {
  clock: Clock;
  /** Does everything due. */
  work(turn: Turn): Promise<void>;
  /** In milliseconds since 1970 UTC; undefined: nothing waits. */
  nextDueAt(): Promise<number | undefined>;
  /** Of work that nobody waits for. */
  failed(error: unknown): void;
  /** Hears of more in this process. @returns the function that ends it */
  onMore(wake: () => void): () => void;
}

const STOP_AFTER_MS = 5_000;
const SHORTEST_SLEEP_MS = 1_000;
const LONGEST_SLEEP_MS = 60_000;

export function createWorker({ clock, work, nextDueAt, failed, onMore }: WorkerOptions): Worker {
  const stopping = new AbortController();
  let isOver = false;
  let draining: Promise<void> | undefined;
  let isMore = false;
  let timer: NodeJS.Timeout | undefined;
  const turn: Turn = {
    get isOver() {
      return isOver;
    },
    signal: stopping.signal,
  };

  const drainOnce = async () => {
    do {
      isMore = false;
      await work(turn);
    } while (isMore && !isOver);
  };
  const drain = (): Promise<void> => {
    if (isOver) return draining ?? Promise.resolve();
    // What came after the work looked for the last time must not wait for the next wake-up.
    if (draining) isMore = true;
    draining ??= drainOnce().finally(() => {
      draining = undefined;
      void sleep();
    });
    return draining;
  };
  const wake = () => {
    drain().catch(failed);
  };
  /** Wakes for what is put off; other processes' work and lapsed claims come with the scheduler. */
  const sleep = async () => {
    clearTimeout(timer);
    if (isOver) return;
    const due = await nextDueAt().catch(() => undefined);
    if (due === undefined || isOver || draining) return;
    const wait = Math.max(due - clock.now(), SHORTEST_SLEEP_MS);
    clearTimeout(timer);
    timer = setTimeout(wake, Math.min(wait, LONGEST_SLEEP_MS));
    timer.unref();
  };
  const forget = onMore(wake);

  return {
    wake,
    drain,
    async stop() {
      isOver = true;
      forget();
      clearTimeout(timer);
      const breakOff = setTimeout(() => stopping.abort(), STOP_AFTER_MS);
      await draining?.catch(() => undefined);
      clearTimeout(breakOff);
    },
  };
}
