/**
 * The server side of `streams.ts`, a process of its own so that its heap is nobody else's: ours, or the least that
 * Node can do, a list of responses that a frame is written to.
 */
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Change } from '../deps.ts';
import { HELLO } from '../live/frames.ts';
import { ownProcess } from '../own-process.ts';
import { createTestConfig } from '../testing/test-config.ts';

/** What the benchmark asks for, and what it is answered. */
export type StreamServerRequest = 'heap' | 'publish';
export type HeapAnswer = { heapBytes: number; resident: number };
/** `processorMs`: of all threads, until everything is written that can be. */
export type PublishAnswer = { publishedAt: number; processorMs: number };
export type StreamServerAnswer = { port: number } | HeapAnswer | PublishAnswer;

const CHANGE: Change = {
  type: 'ticket.updated',
  number: 'SUP-1001',
  seq: 7,
  internal: false,
  requesterId: 0,
};
/** The same bytes as ours. */
const FRAME = Buffer.from(
  'event: ticket\nid: 7\ndata: {"type":"ticket.updated","number":"SUP-1001","seq":7}\n\n',
);

const [kind] = process.argv.slice(2);
const { port, publish } = kind === 'bare' ? await startBare() : await startOurs();
// Nobody is left to ask.
process.on('disconnect', () => process.exit());
process.on('message', (request: StreamServerRequest) => {
  if (request === 'heap') {
    globalThis.gc?.();
    globalThis.gc?.();
    const { heapUsed, rss } = process.memoryUsage();
    return answer({ heapBytes: heapUsed, resident: rss });
  }
  const publishedAt = performance.timeOrigin + performance.now();
  const before = process.cpuUsage();
  publish();
  // What is written ends, as Node has it, a little later.
  setImmediate(() => {
    const { user, system } = process.cpuUsage(before);
    answer({ publishedAt, processorMs: (user + system) / 1000 });
  });
});
answer({ port });

function answer(message: StreamServerAnswer): void {
  process.send?.(message);
}

async function startOurs(): Promise<{ port: number; publish: () => void }> {
  // As `npm start` does.
  ownProcess();
  const { createSupportCenter } = await import('../support-center.ts');
  const config = createTestConfig({ rateLimit: false, logLevel: 'silent' });
  const support = createSupportCenter({ config });
  const { port } = await support.start();
  return { port, publish: () => support.deps.live.publish(CHANGE) };
}

async function startBare(): Promise<{ port: number; publish: () => void }> {
  const responses = new Set<ServerResponse>();
  const server = createServer((_request, response) => {
    response.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' });
    response.write(HELLO);
    responses.add(response);
    response.once('close', () => responses.delete(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const publish = () => {
    for (const response of responses) response.write(FRAME);
  };
  return { port: (server.address() as AddressInfo).port, publish };
}
