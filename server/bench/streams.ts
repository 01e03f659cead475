/**
 * What idle streams of events cost, and how long a change takes
 * to the last of them, beside a bare Node server that writes the same bytes in the same run.
 */
import { fork, type ChildProcess } from 'node:child_process';
import { connect, type Socket } from 'node:net';
import { fileURLToPath } from 'node:url';
import { OWN_ENVIRONMENT } from '../own-process.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { AGENT } from '../testing/users.ts';
import { answerOf } from './answer-of.ts';
import type { Figure } from './figure.ts';
import type { HeapAnswer, PublishAnswer, StreamServerAnswer, StreamServerRequest } from './stream-server.ts';

/** The figures of one server. */
interface Measured {
  /** Of V8's heap, for each stream. */
  heapBytes: number;
  /** Bytes resident with all of them open. */
  resident: number;
  /** Milliseconds of the server's processor for one change, the middle of all rounds. */
  processorMs: number;
  /** Milliseconds from the change to the last stream that has it, the best of all rounds. */
  fanOutMs: number;
}

export interface StreamFigures {
  streams: number;
  ours: Measured;
  bare: Measured;
}

const ROUNDS = 15;
/** Connections opened at a time: more than a listening socket queues are turned away. */
const AT_ONCE = 100;

/** Both servers one round after the other: what a busy machine costs, it costs both. */
export async function measureStreams(streams: number): Promise<StreamFigures> {
  const sides: Side[] = [];
  try {
    for (const kind of ['ours', 'bare'] as const) sides.push(await openSide(kind, streams));
    for (let round = 0; round < ROUNDS; round++) {
      for (const side of sides) side.rounds.push(await fanOut(side));
    }
    const [ours, bare] = sides.map(toFigures) as [Measured, Measured];
    return { streams, ours, bare };
  } finally {
    for (const { server, readers } of sides) {
      for (const { socket } of readers) socket.destroy();
      server.disconnect();
    }
  }
}

/** A server with its streams open. */
interface Side {
  server: ChildProcess;
  readers: Reader[];
  heapBytes: number;
  resident: number;
  rounds: Array<{ processorMs: number; fanOutMs: number }>;
}

async function openSide(kind: 'ours' | 'bare', streams: number): Promise<Side> {
  const file = fileURLToPath(new URL('stream-server.ts', import.meta.url));
  const env = { ...process.env, ...OWN_ENVIRONMENT };
  const server = fork(file, [kind], { execArgv: ['--expose-gc'], env });
  const readers: Reader[] = [];
  try {
    const { port } = await answerOf<{ port: number }>(server);
    const token = await signToken(AGENT, createTestConfig().auth, Date.now());
    // The first of all: what is loaded and compiled once is no cost of a stream.
    readers.push(...(await open(port, token, AT_ONCE)));
    const before = await ask<HeapAnswer>(server, 'heap');
    for (let n = AT_ONCE; n < streams; n += AT_ONCE) readers.push(...(await open(port, token, AT_ONCE)));
    const after = await ask<HeapAnswer>(server, 'heap');
    const heapBytes = (after.heapBytes - before.heapBytes) / (readers.length - AT_ONCE);
    return { server, readers, heapBytes, resident: after.resident, rounds: [] };
  } catch (error) {
    for (const { socket } of readers) socket.destroy();
    server.disconnect();
    throw error;
  }
}

function toFigures({ heapBytes, resident, rounds }: Side): Measured {
  const processor = rounds.map(({ processorMs }) => processorMs).sort((a, b) => a - b);
  const fanOutMs = Math.min(...rounds.map((round) => round.fanOutMs));
  return { heapBytes, resident, processorMs: processor[Math.floor(rounds.length / 2)] ?? NaN, fanOutMs };
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

async function fanOut({ server, readers }: Side): Promise<Side['rounds'][number]> {
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
  const { publishedAt, processorMs } = await ask<PublishAnswer>(server, 'publish');
  return { processorMs, fanOutMs: (await all) - publishedAt };
}

async function ask<T extends StreamServerAnswer>(
  server: ChildProcess,
  request: StreamServerRequest,
): Promise<T> {
  server.send(request);
  return await answerOf<T>(server);
}

/** As a group of `npm run bench`. */
export async function measureStreamGroup(streams = 5000): Promise<Figure[]> {
  const { ours, bare } = await measureStreams(streams);
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
      value: ours.processorMs / bare.processorMs,
      goal: { most: 1.25 },
      note: `of the processor's time, the middle of ${ROUNDS} rounds of each in turn`,
    },
    {
      ...base,
      name: `the same until the last has it`,
      unit: '×',
      value: ours.fanOutMs / bare.fanOutMs,
      note: `the best of ${ROUNDS} rounds of each`,
    },
    { ...base, name: `a change to all ${count}`, unit: 'ms', value: ours.fanOutMs },
  ];
}
