import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, expect, it } from 'vitest';
import { signForProcess, startServerProcess, type ServerProcess } from '../testing/server-process.ts';
import { CLIENT } from '../testing/users.ts';
import { gather } from './crowd.ts';
import { IS_LONG } from './long.ts';

const MIB = 1024 * 1024;
const METRICS_TOKEN = 'read-the-metrics';
/** Ten minutes of 200 people with 1,000 streams; by default a few seconds of a few. */
const SIZE = IS_LONG
  ? { people: 200, streams: 1000, pauseMs: 1000, seconds: 600 }
  : { people: 10, streams: 40, pauseMs: 50, seconds: 3 };

let folder: string | undefined;
let server: ServerProcess | undefined;
afterEach(async () => {
  await server?.end('SIGKILL');
  if (folder) await rm(folder, { recursive: true, force: true });
});

/** @returns bytes of heap in use, as the server tells */
async function readHeap(url: string): Promise<number> {
  const response = await fetch(`${url}/metrics`, { headers: { authorization: `Bearer ${METRICS_TOKEN}` } });
  return Number(/^nodejs_heap_size_used_bytes (\S+)$/m.exec(await response.text())?.[1]);
}

const median = (values: number[]) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)]!;

it('a crowd is served to the last one, and leaves nothing in memory', { timeout: 15 * 60_000 }, async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-crowd-'));
  server = await startServerProcess({ folder, env: { METRICS_TOKEN } });
  const { url } = server;
  const signed = new Map<number, { token: Promise<string>; at: number }>();
  const token = (person: number) => {
    const known = signed.get(person);
    if (known && Date.now() - known.at < 5 * 60_000) return known.token;
    const user = { ...CLIENT, sub: `person-${person}`, email: `person-${person}@example.com` };
    const fresh = { token: signForProcess(user), at: Date.now() };
    signed.set(person, fresh);
    return fresh.token;
  };
  const crowd = gather(url, token, SIZE);
  const heap: number[] = [];
  const samples = IS_LONG ? 120 : 10;
  for (let n = 0; n < samples; n += 1) {
    await sleep((SIZE.seconds * 1000) / samples);
    heap.push(await readHeap(url));
  }
  const { answered, events, dropped } = crowd;
  await crowd.stop();
  expect(crowd.refused).toEqual([]);
  expect(answered).toBeGreaterThan(SIZE.people * 3);
  expect(events).toBeGreaterThan(0);
  // In ten minutes every token has expired once, and its streams with it.
  expect(dropped).toBeLessThanOrEqual(IS_LONG ? SIZE.streams * 3 : 0);
  const part = Math.floor(samples / 4);
  // The first quarter warms up; a leak of a kilobyte a request would be a hundred megabytes.
  const [early, late] = [median(heap.slice(part, 2 * part)), median(heap.slice(-part))];
  if (IS_LONG) console.log({ answered, events, dropped, earlyMiB: early / MIB, lateMiB: late / MIB });
  expect((late - early) / MIB).toBeLessThan(IS_LONG ? 32 : 100);
});
