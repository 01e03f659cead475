/** The server that requests are measured against, a process of its own; told what to do by `measured-server.ts`. */
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ownProcess } from '../own-process.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { serveBare } from './bare-server.ts';
import { watchTurns } from './watch-turns.ts';

export type ServerRequest = 'begin' | 'end';

export interface ServerLoad {
  /** Milliseconds of its processor, all threads. */
  processorMs: number;
  /** Milliseconds that the event loop was late, by the histogram of Node. */
  lateP99: number;
  lateMax: number;
  /** Milliseconds of the processor in its longest turn: what neighbours and the disk cannot lengthen. */
  longestTurn: number;
  /** Milliseconds in its longest turn that it waited neither for work nor for a processor: with what the disk costs. */
  longestHold: number;
  heapUsed: number;
}
export type ServerAnswer = ServerLoad | { port: number };

const RESOLUTION_MS = 5;

const [kind, path = ''] = process.argv.slice(2);
const { port, stop } = kind === 'bare' ? await serveBare(path) : await serveOurs();
const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();
let before = process.cpuUsage();
let turns = watchTurns(RESOLUTION_MS);

process.on('message', (request: ServerRequest) => {
  const { user, system } = process.cpuUsage(before);
  const toMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  answer({
    processorMs: (user + system) / 1000,
    lateP99: toMs(late.percentile(99)),
    lateMax: toMs(late.max),
    longestTurn: turns.longestMs,
    longestHold: turns.longestHoldMs,
    heapUsed: process.memoryUsage().heapUsed,
  });
  turns.stop();
  if (request === 'end') return;
  // Last: what telling costs is no cost of the requests.
  late.reset();
  before = process.cpuUsage();
  turns = watchTurns(RESOLUTION_MS);
});
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
process.on('SIGTERM', () => void stop().then(() => process.exit(0)));
answer({ port });

async function serveOurs() {
  // As `npm start` does.
  ownProcess();
  const { createSupportCenter } = await import('../support-center.ts');
  const config = createTestConfig({
    rateLimit: false,
    logLevel: 'info',
    database: { kind: 'sqlite', path },
    attachments: { kind: 'file', path: `${path}-files` },
  });
  const support = createSupportCenter({ config });
  const { port } = await support.start();
  return { port, stop: () => support.stop() };
}

function answer(message: ServerAnswer): void {
  process.send?.(message);
}
