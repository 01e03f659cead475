import { fork } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { AGENT } from '../testing/users.ts';
import { answerOf } from './answer-of.ts';
import type { BenchApp } from './bench-app.ts';
import type { Figure } from './figure.ts';
import { growThread } from './grow-thread.ts';
import type { LoadRequest } from './load.ts';
import { startServer, type MeasuredServer } from './measured-server.ts';

const REQUESTS = 500;
const ROUNDS = 12;
/** Of both alike, before anything is measured: until then it is the compiler that works. */
const WARM_UP = 5000;

/**
 * List and conversation over HTTP, signed in, in turns with bare Hono that serves the same rows as the same JSON to
 * anybody: by the processor time of the server.
 */
export async function measureHttp(bench: BenchApp): Promise<Figure[]> {
  const number = growThread(bench, 50, 0.5);
  const paths = { 'list of 25': '/api/tickets', 'thread of 50': `/api/tickets/${number}/messages?limit=100` };
  const ours = await startServer('ours', bench.path);
  const bare = await startServer('bare', bench.path);
  const token = await signToken(AGENT, createTestConfig().auth, Date.now());
  const load = fork(fileURLToPath(new URL('load.ts', import.meta.url)));
  const ask = async ({ port }: MeasuredServer, path: string, requests: number) => {
    load.send({ port, path, token, requests } satisfies LoadRequest);
    await answerOf(load);
  };
  const run = async (server: MeasuredServer, path: string): Promise<number> => {
    await server.begin();
    await ask(server, path, REQUESTS);
    const { processorMs } = await server.end();
    return (processorMs * 1000) / REQUESTS;
  };
  const figures: Figure[] = [];
  try {
    for (const [name, path] of Object.entries(paths)) {
      for (const server of [ours, bare]) await ask(server, path, WARM_UP);
      let [best, least] = [Infinity, Infinity];
      for (let round = 0; round < ROUNDS; round++) {
        best = Math.min(best, await run(ours, path));
        least = Math.min(least, await run(bare, path));
      }
      const base = { group: 'http', tickets: bench.tickets };
      figures.push(
        {
          ...base,
          name: `${name}: requests to one of bare Hono`,
          unit: '×',
          value: least / best,
          goal: { least: name === 'list of 25' ? 1.4 : 0.9 },
        },
        { ...base, name: `${name}: of the processor`, unit: 'µs', value: best, goal: { growth: 2 } },
        { ...base, name: `${name}: bare Hono`, unit: 'µs', value: least },
      );
    }
  } finally {
    load.kill();
    await bare.stop();
    await ours.stop();
  }
  return figures;
}
