import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomInt } from 'node:crypto';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { signForProcess, startServerProcess, type ServerProcess } from '../testing/server-process.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { expectNothingLost, takeInventory } from './inventory.ts';
import { createLoad } from './load.ts';
import { isLong } from './long.ts';

const RESTARTS = isLong ? 50 : 3;

let folder: string;
let server: ServerProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-restart-'));
});
afterEach(async () => {
  await server?.end('SIGKILL');
  await rm(folder, { recursive: true, force: true });
});

/** Streams of events as two browsers hold them; `ended` resolves when the server has ended both. */
async function listen(url: string): Promise<{ ended: Promise<unknown> }> {
  const responses = await Promise.all(
    [CLIENT, AGENT].map(async (user) => {
      const headers = { authorization: `Bearer ${await signForProcess(user)}` };
      return await fetch(`${url}/api/events`, { headers });
    }),
  );
  expect(responses.map(({ status }) => status)).toEqual([200, 200]);
  return { ended: Promise.all(responses.map((response) => response.text())) };
}

it(
  `restarted ${RESTARTS} times under load, it answers every request that had an effect, and ends every stream`,
  { timeout: 60_000 + RESTARTS * 30_000 },
  async () => {
    const load = createLoad();
    for (let restart = 0; restart < RESTARTS; restart++) {
      server = await startServerProcess({ folder, env: { SHUTDOWN_GRACE_SECONDS: '30' } });
      await load.repeat(server.url);
      const { ended } = await listen(server.url);
      const before = load.acknowledged.length;
      load.run(server.url, 6);
      while (load.acknowledged.length < before + 3 && load.refused.length === 0) await sleep(5);
      await sleep(randomInt(200));
      expect(await server.end('SIGTERM')).toBe(0);
      await load.stop();
      await ended;

      const inventory = await takeInventory(folder);
      expectNothingLost(load, inventory);
      // Who had no answer was not heard: nobody wonders whether the ticket is there.
      expect(load.unanswered.filter((wish) => inventory.texts.has(wish.text))).toEqual([]);
      expect(server.output.filter((line) => /"level":"(error|warn)"/.test(line))).toEqual([]);
    }
  },
);
