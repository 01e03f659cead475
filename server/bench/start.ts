import { spawn } from 'node:child_process';
import { get } from 'node:http';
import { createServer, type AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { BenchApp } from './bench-app.ts';
import type { Figure } from './figure.ts';

const ROUNDS = 3;
const GIVE_UP_MS = 60_000;
/** The least of the same kind: the framework, the driver, one look at the database. */
const BARE = `
  import { serve } from '@hono/node-server'; import { Hono } from 'hono'; import Sqlite from 'better-sqlite3';
  const raw = new Sqlite(process.env.BENCH_PATH); raw.prepare('SELECT id FROM tickets LIMIT 1').get();
  serve({ fetch: new Hono().get('/readyz', (c) => c.text('ready')).fetch, port: Number(process.env.PORT) });`;

/** From the command to the first “ready”, on a database that is there. */
export async function measureStart(bench: BenchApp): Promise<Figure[]> {
  const main = fileURLToPath(new URL('../main.ts', import.meta.url));
  let [ours, bare] = [Infinity, Infinity];
  for (let round = 0; round < ROUNDS; round++) {
    ours = Math.min(ours, await timeToReady([main], bench.path));
    bare = Math.min(bare, await timeToReady(['--input-type=module', '--eval', BARE], bench.path));
  }
  const base = { group: 'start', tickets: bench.tickets };
  return [
    { ...base, name: 'from the command to ready', unit: 'ms', value: ours, goal: { most: 1000, growth: 2 } },
    { ...base, name: 'times a bare server on the same database', unit: '×', value: ours / bare },
  ];
}

async function timeToReady(command: readonly string[], path: string): Promise<number> {
  const port = await freePort();
  const start = performance.now();
  const server = spawn(process.execPath, [...command], {
    stdio: ['ignore', 'ignore', 'inherit'],
    cwd: fileURLToPath(new URL('../..', import.meta.url)),
    env: {
      ...process.env,
      BENCH_PATH: path,
      PORT: String(port),
      DATABASE_URL: `sqlite:${path}`,
      ATTACHMENTS_URL: `file:${path}-files`,
      AUTH_SECRET: 'a-secret-of-the-benchmark-of-32-bytes-and-more',
      AUTH_ISSUER: 'https://bench.example',
    },
  });
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  try {
    while (!(await isReady(port))) {
      if (server.exitCode !== null || performance.now() - start > GIVE_UP_MS)
        throw new Error('It did not start.');
      await sleep(2);
    }
    return performance.now() - start;
  } finally {
    server.kill('SIGTERM');
    await gone;
  }
}

function isReady(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    get({ port, host: '127.0.0.1', path: '/readyz', agent: false }, (response) => {
      response.resume();
      resolve(response.statusCode === 200);
    }).once('error', () => resolve(false));
  });
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
