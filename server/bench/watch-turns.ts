import { openSync, readSync } from 'node:fs';
import { performance } from 'node:perf_hooks';

/** What the event loop was kept from, turn by turn. */
export interface WatchedTurns {
  /** Milliseconds of the processor in the longest turn: what neighbours and the disk cannot lengthen. */
  longestMs: number;
  /** The same with what was waited for within it, such as the disk, but not for a processor. */
  longestHoldMs: number;
  /** Ends the watch: it is work of its own, and makes garbage. */
  stop(): void;
}

/** @param everyMs between two looks: turns shorter than this are seen as one */
export function watchTurns(everyMs: number): WatchedTurns {
  let last = look();
  const timer = setInterval(() => {
    const now = look();
    const processor = now.processor - last.processor;
    const held = now.time - last.time - (now.idle - last.idle) - (now.queued - last.queued);
    watched.longestMs = Math.max(watched.longestMs, processor);
    watched.longestHoldMs = Math.max(watched.longestHoldMs, processor, held);
    last = now;
  }, everyMs).unref();
  const watched = { longestMs: 0, longestHoldMs: 0, stop: () => clearInterval(timer) };
  return watched;
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

const status = openStatus();
const bytes = Buffer.alloc(100);

/** Linux alone tells of this thread what `queuedMs` reads. */
function openStatus(): number | null {
  try {
    return openSync('/proc/thread-self/schedstat', 'r');
  } catch {
    return null;
  }
}

/** Ready to run, while others had the processor; elsewhere than on Linux that is not told apart. */
function queuedMs(): number {
  if (status === null) return 0;
  const length = readSync(status, bytes, 0, bytes.length, 0);
  return Number(bytes.toString('latin1', 0, length).split(' ')[1]) / 1e6;
}
