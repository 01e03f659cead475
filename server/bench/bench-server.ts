/** The server that requests are measured against, a process of its own; told what to do by `measured-server.ts`. */
import { readFileSync } from 'node:fs';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { ownProcess } from '../own-process.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { serveBare } from './bare-server.ts';

export type ServerRequest = 'begin' | 'end';

export interface ServerLoad {
  /** Milliseconds of its processor, all threads. */
  processorMs: number;
  /** Milliseconds that the event loop was late, by the histogram of Node. */
  lateP99: number;
  lateMax: number;
  /** Milliseconds of the processor in its longest turn: what neighbours and the disk cannot lengthen. */
  longestTurn: number;
  /** Bytes resident, without the pages of the database file that are mapped. */
  resident: number;
  heapUsed: number;
}
export type ServerAnswer = ServerLoad | { port: number };

const RESOLUTION_MS = 5;

const [kind, path = ''] = process.argv.slice(2);
const { port, stop } = kind === 'bare' ? await serveBare(path) : await serveOurs();
const late = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
late.enable();
let before = process.cpuUsage();
let longest = 0;
let last = threadMs();
setInterval(() => {
  const now = threadMs();
  longest = Math.max(longest, now - last);
  last = now;
}, RESOLUTION_MS).unref();

process.on('message', (request: ServerRequest) => {
  if (request === 'begin') {
    late.reset();
    before = process.cpuUsage();
    longest = 0;
  }
  const { user, system } = process.cpuUsage(before);
  const toMs = (nanoseconds: number) => Math.max(0, nanoseconds / 1e6 - RESOLUTION_MS);
  answer({
    processorMs: (user + system) / 1000,
    lateP99: toMs(late.percentile(99)),
    lateMax: toMs(late.max),
    longestTurn: longest,
    resident: residentApart(path),
    heapUsed: process.memoryUsage().heapUsed,
  });
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

function threadMs(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}

/** Linux tells of each mapping; elsewhere the pages of the file are among the rest. */
function residentApart(file: string): number {
  const { rss } = process.memoryUsage();
  try {
    const smaps = readFileSync('/proc/self/smaps', 'utf8');
    let mapped = 0;
    let isOfFile = false;
    for (const line of smaps.split('\n')) {
      if (/^[0-9a-f]+-[0-9a-f]+ /.test(line)) isOfFile = line.includes(file);
      else if (isOfFile && line.startsWith('Rss:')) mapped += Number(/\d+/.exec(line)?.[0] ?? 0) * 1024;
    }
    return rss - mapped;
  } catch {
    return rss;
  }
}
