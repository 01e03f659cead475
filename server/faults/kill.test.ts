import { mkdtemp, rm } from 'node:fs/promises';
import { randomInt } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSupportCenter } from '../support-center.ts';
import { startJobs } from '../jobs/scheduler.ts';
import { createResendTransport } from '../mail/resend.ts';
import { startResendServer, type ResendServer } from '../testing/resend-server.ts';
import { databaseOf, startServerProcess, type ServerProcess } from '../testing/server-process.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { expectNothingLost, takeInventory } from './inventory.ts';
import { createLoad } from './load.ts';
import { isLong } from './long.ts';

const KILLS = isLong ? 200 : 5;
/** Sends at a time of one process: as many may be under way when it dies. */
const SENDS_AT_ONCE = 2;
const HOUR = 3_600_000;

let folder: string;
let resend: ResendServer;
let server: ServerProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-kill-'));
  resend = await startResendServer();
  // Slow enough that a process dies with mails under way.
  resend.onRequest(() => sleep(randomInt(20)));
});
afterEach(async () => {
  await server?.end('SIGKILL');
  await resend.close();
  await rm(folder, { recursive: true, force: true });
});

it(
  `loses nothing it has acknowledged when it is killed ${KILLS} times under load, and mails everything once`,
  { timeout: KILLS * 15_000 },
  async () => {
    const env = {
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: resend.url,
      MAIL_FROM: 'Support <support@example.com>',
      MAIL_DIGEST_SECONDS: '0',
    };
    const load = createLoad();
    const log: string[] = [];
    for (let kill = 0; kill < KILLS; kill++) {
      server = await startServerProcess({ folder, env });
      await load.repeat(server.url);
      const before = load.acknowledged.length;
      load.run(server.url, 6);
      while (load.acknowledged.length === before && load.refused.length === 0) await sleep(5);
      await sleep(randomInt(500));
      await server.end('SIGKILL');
      await load.stop();
      expectNothingLost(load, await takeInventory(folder));
    }
    expect(log).toEqual([]);

    // What had no answer is asked for again, with the same keys, and happens once.
    server = await startServerProcess({ folder, env });
    await load.repeat(server.url);
    expect(await server.end('SIGTERM')).toBe(0);
    expect(load.unanswered).toEqual([]);

    await sendTheRest();
    const inventory = await takeInventory(folder);
    expectNothingLost(load, inventory);
    // Several replies may have become one mail, and what has been read since needs none.
    const done = new Set(['sent', 'merged', 'read']);
    expect(inventory.mails.filter(({ state }) => !done.has(state))).toEqual([]);
    const keys = resend.received.map((mail) => String(mail.headers['idempotency-key']));
    const sent = inventory.mails.filter(({ state }) => state === 'sent').map(({ key }) => key);
    expect(sent.filter((key) => !keys.includes(key))).toEqual([]);
    expect(keys.filter((key) => !inventory.mails.some((mail) => mail.key === key))).toEqual([]);
    expect(keys.length - new Set(keys).size).toBeLessThanOrEqual(KILLS * SENDS_AT_ONCE);
    expect(load.acknowledged.length).toBeGreaterThan(KILLS);
  },
);

/** Hours later: the claims of the processes that died have lapsed, and so has the cap on mails to one address. */
async function sendTheRest(): Promise<void> {
  let now = Date.now();
  const support = createSupportCenter({
    config: createTestConfig({
      logLevel: 'silent',
      database: await databaseOf(folder),
      attachments: { kind: 'file', path: join(folder, 'data', 'attachments') },
    }),
    deps: {
      clock: { now: () => now },
      mail: createResendTransport({ apiKey: 're_test', baseUrl: resend.url }),
    },
  });
  const jobs = startJobs(support.deps);
  for (let hour = 0; hour < 6; hour += 1) {
    now += HOUR + 1000;
    await jobs.runDue();
  }
  await jobs.stop();
  await support.stop();
}
