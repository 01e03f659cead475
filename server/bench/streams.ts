/**
 * `node server/bench/streams.ts [--streams N] [--json]`: what idle streams of events cost, and how long a change takes
 * to the last of them, beside a bare Node server that writes the same bytes in the same run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { AGENT } from '../testing/users.ts';
import type { StreamServerAnswer, StreamServerRequest } from './stream-server.ts';

/** The figures of one server. */
interface Measured {
  /** Of V8's heap, for each stream. */
  heapBytes: number;
  /** Milliseconds from the change to the last stream that has it, the best of all rounds. */
  fanOutMs: number;
}

export interface StreamFigures {
  streams: number;
  ours: Measured;
  bare: Measured;
  /** Ours against bare. */
  timesBare: number;
}

const ROUNDS = 15;
/** Connections opened at a time: more than a listening socket queues are turned away. */
const AT_ONCE = 100;

export async function measureStreams(streams: number): Promise<StreamFigures> {
  const ours = await measure('ours', streams);
  const bare = await measure('bare', streams);
  return { streams, ours, bare, timesBare: ours.fanOutMs / bare.fanOutMs };
}

async function measure(kind: 'ours' | 'bare', streams: number): Promise<Measured> {
  const file = fileURLToPath(new URL('stream-server.ts', import.meta.url));
  const server = fork(file, [kind], { execArgv: ['--expose-gc'] });
  const readers: Reader[] = [];
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const token = await signToken(AGENT, createTestConfig().auth, Date.now());
    // The first of all: what is loaded and compiled once is no cost of a stream.
    readers.push(...(await open(port, token, AT_ONCE)));
    const before = await ask<{ heapBytes: number }>(server, 'heap');
    for (let n = AT_ONCE; n < streams; n += AT_ONCE) readers.push(...(await open(port, token, AT_ONCE)));
    const after = await ask<{ heapBytes: number }>(server, 'heap');
    let fanOutMs = Infinity;
    for (let round = 0; round < ROUNDS; round++) fanOutMs = Math.min(fanOutMs, await fanOut(server, readers));
    return { heapBytes: (after.heapBytes - before.heapBytes) / (readers.length - AT_ONCE), fanOutMs };
  } finally {
    for (const { socket } of readers) socket.destroy();
    server.kill();
  }
}

interface Reader {
  socket: Socket;
  /** Called with each piece that comes. */
  onData: (data: Buffer) => void;
}

async function open(port: number, token: string, count: number): Promise<Reader[]> {
  const request = `GET /api/events HTTP/1.1\r\nHost: bench\r\nAuthorization: Bearer ${token}\r\n\r\n`;
  return Promise.all(
    Array.from({ length: count }, async () => {
      const socket = connect({ port, host: '127.0.0.1' });
      const reader: Reader = { socket, onData: () => {} };
      socket.on('data', (data) => reader.onData(data));
      socket.write(request);
      await new Promise<void>((resolve, reject) => {
        reader.onData = () => resolve();
        socket.once('error', reject);
        socket.once('close', () => reject(new Error('The server hung up.')));
      });
      return reader;
    }),
  );
}

async function fanOut(server: ChildProcess, readers: Reader[]): Promise<number> {
  let left = readers.length;
  const all = new Promise<number>((resolve) => {
    for (const reader of readers) {
      reader.onData = (data) => {
        // Not a heartbeat.
        if (!data.includes('event: ticket')) return;
        reader.onData = () => {};
        left -= 1;
        if (left === 0) resolve(performance.timeOrigin + performance.now());
      };
    }
  });
  const { publishedAt } = await ask<{ publishedAt: number }>(server, 'publish');
  return (await all) - publishedAt;
}

async function ask<T extends StreamServerAnswer>(
  server: ChildProcess,
  request: StreamServerRequest,
): Promise<T> {
  server.send(request);
  const [answer] = (await once(server, 'message')) as [T];
  return answer;
}

if (import.meta.main) {
  const { values } = parseArgs({
    options: { streams: { type: 'string', default: '5000' }, json: { type: 'boolean', default: false } },
  });
  const streams = Number(values.streams);
  if (!Number.isInteger(streams) || streams < 200 || streams > 50_000) {
    console.error('--streams: a whole number from 200 to 50000.');
    process.exit(1);
  }
  const figures = await measureStreams(streams);
  if (values.json) console.log(JSON.stringify(figures, null, 2));
  else {
    const line = (name: string, { heapBytes, fanOutMs }: Measured) =>
      console.log(
        `${name.padEnd(10)} ${(heapBytes / 1024).toFixed(1).padStart(6)} KiB  ${fanOutMs.toFixed(0).padStart(6)} ms`,
      );
    console.log(`${streams} streams     heap each  to the last`);
    line('ours', figures.ours);
    line('node:http', figures.bare);
    console.log(`${figures.timesBare.toFixed(2)} × node:http (at most 1.25)`);
  }
}
