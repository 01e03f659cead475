/**
 * What idle streams of events cost, and how long a change takes
 * to the last of them, beside a bare Node server that writes the same bytes in the same run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { AGENT } from '../testing/users.ts';
import type { Figure } from './figure.ts';
import type { HeapAnswer, StreamServerAnswer, StreamServerRequest } from './stream-server.ts';

/** The figures of one server. */
interface Measured {
  /** Of V8's heap, for each stream. */
  heapBytes: number;
  /** Bytes resident with all of them open. */
  resident: number;
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
    const before = await ask<HeapAnswer>(server, 'heap');
    for (let n = AT_ONCE; n < streams; n += AT_ONCE) readers.push(...(await open(port, token, AT_ONCE)));
    const after = await ask<HeapAnswer>(server, 'heap');
    let fanOutMs = Infinity;
    for (let round = 0; round < ROUNDS; round++) fanOutMs = Math.min(fanOutMs, await fanOut(server, readers));
    const { resident } = after;
    return {
      heapBytes: (after.heapBytes - before.heapBytes) / (readers.length - AT_ONCE),
      resident,
      fanOutMs,
    };
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

/** As a group of `npm run bench`. */
export async function measureStreamGroup(streams = 5000): Promise<Figure[]> {
  const { ours, bare, timesBare } = await measureStreams(streams);
  const base = { group: 'streams', tickets: null };
  const count = streams.toLocaleString('en');
  return [
    { ...base, name: 'heap of a stream', unit: 'KiB', value: ours.heapBytes / 1024, goal: { most: 8 } },
    { ...base, name: 'heap of a response of node:http', unit: 'KiB', value: bare.heapBytes / 1024 },
    {
      ...base,
      name: `resident with ${count}`,
      unit: 'MiB',
      value: ours.resident / 2 ** 20,
      goal: { most: 300 },
    },
    {
      ...base,
      name: `a change to all ${count}, times node:http`,
      unit: '×',
      value: timesBare,
      goal: { most: 1.25 },
    },
    { ...base, name: `a change to all ${count}`, unit: 'ms', value: ours.fanOutMs },
  ];
}
