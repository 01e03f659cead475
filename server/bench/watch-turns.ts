import { readFileSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** What the event loop was kept from, turn by turn, as long as it runs. */
export interface WatchedTurns {
  /** Milliseconds of the processor in the longest turn: what neighbours and the disk cannot lengthen. */
  readonly longestMs: number;
  /** The same with what was waited for within it, such as the disk, but not for a processor. */
  readonly longestHoldMs: number;
  forget(): void;
}

/** @param everyMs between two looks: turns shorter than this are seen as one */
export function watchTurns(everyMs: number): WatchedTurns {
  let longestMs = 0;
  let longestHoldMs = 0;
  let last = look();
  setInterval(() => {
    const now = look();
    const processor = now.processor - last.processor;
    const held = now.time - last.time - (now.idle - last.idle) - (now.queued - last.queued);
    longestMs = Math.max(longestMs, processor);
    longestHoldMs = Math.max(longestHoldMs, processor, held);
    last = now;
  }, everyMs).unref();
  return {
    get longestMs() {
      return longestMs;
    },
    get longestHoldMs() {
      return longestHoldMs;
    },
    forget() {
      longestMs = 0;
      longestHoldMs = 0;
      last = look();
    },
  };
}

/** Milliseconds of this thread since it began. */
function look() {
  const { user, system } = process.threadCpuUsage();
  return {
    time: performance.now(),
    processor: (user + system) / 1000,
    idle: performance.nodeTiming.idleTime,
    queued: queuedMs(),
  };
}

/** Ready to run, while others had the processor. Linux tells; elsewhere that is not told apart. */
function queuedMs(): number {
  try {
    return Number(readFileSync('/proc/thread-self/schedstat', 'utf8').split(' ')[1]) / 1e6;
  } catch {
    return 0;
  }
}
