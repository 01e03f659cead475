import { randomInt } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { TicketEvent } from '../contract/events.ts';
import { loadDatabase } from '../config.ts';
import { openPostgres } from '../db/postgres/open.ts';
import type { Db } from '../deps.ts';
import { EventReader } from '../testing/event-reader.ts';
import { startResendServer, type ResendServer } from '../testing/resend-server.ts';
import {
  databaseIn,
  signForProcess,
  startServerProcess,
  type ServerProcess,
} from '../testing/server-process.ts';
import { createTestClient } from '../testing/test-client.ts';
import { fileTicket, patchTicket } from '../testing/tickets.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { expectNothingLost, takeInventory } from './inventory.ts';
import { createLoad, type Load } from './load.ts';
import { isLong } from './long.ts';

const KILLS = isLong ? 60 : 3;
/** Sends at a time of one process: as many may be under way when it dies. */
const SENDS_AT_ONCE = 2;
const RESOLVED = 12;
const MONTH = 30 * 24 * 3_600_000;

/** One of several processes on the same database and files: ended, it comes back at another address. */
interface Member {
  server: ServerProcess;
  load: Load;
  follower: Follower;
}

/** An agent's page: what it was told, whatever it was connected to. */
interface Follower {
  seqs: number[];
  follow(url: string): Promise<void>;
  /** Keeps what was told so far: the connection is gone. */
  leave(): Promise<void>;
}

let folder: string;
let resend: ResendServer;
let members: Member[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-processes-'));
  members = [];
  resend = await startResendServer();
  resend.onRequest(() => sleep(randomInt(20)));
});
afterEach(async () => {
  await Promise.all(members.map(({ server }) => server.end('SIGKILL')));
  await resend.close();
  await rm(folder, { recursive: true, force: true });
});

const start = () =>
  startServerProcess({
    folder,
    env: {
      RESEND_API_KEY: 're_test',
      RESEND_BASE_URL: resend.url,
      MAIL_FROM: 'Support <support@example.com>',
      MAIL_DIGEST_SECONDS: '0',
    },
  });

function createFollower(): Follower {
  let reader: EventReader | undefined;
  let lastId: string | undefined;
  const seqs: number[] = [];
  return {
    get seqs() {
      const now = reader ? (reader.dataOf('ticket') as TicketEvent[]).map(({ seq }) => seq) : [];
      return [...seqs, ...now];
    },
    async follow(url) {
      const headers = {
        authorization: `Bearer ${await signForProcess(AGENT)}`,
        ...(lastId !== undefined && { 'last-event-id': lastId }),
      };
      reader = new EventReader(await fetch(`${url}/api/events`, { headers }));
    },
    async leave() {
      lastId = reader?.lastId ?? lastId;
      seqs.push(...((reader?.dataOf('ticket') ?? []) as TicketEvent[]).map(({ seq }) => seq));
      await reader?.close();
      reader = undefined;
    },
  };
}

const client = (url: string, user: typeof AGENT) =>
  createTestClient(
    (path, init) => fetch(url + path, init),
    async () => `Bearer ${await signForProcess(user)}`,
  );

it(
  `loses and doubles nothing with three processes, one of which is killed ${KILLS} times`,
  { timeout: 120_000 + KILLS * 20_000 },
  async () => {
    for (let n = 0; n < 3; n += 1) {
      const member = { server: await start(), load: createLoad(), follower: createFollower() };
      members.push(member);
      await member.follower.follow(member.server.url);
    }
    for (const { server, load } of members) load.run(server.url, 3);
    for (let kill = 0; kill < KILLS; kill += 1) {
      const victim = members[kill % members.length]!;
      const survivor = members[(kill + 1) % members.length]!;
      const before = victim.load.acknowledged.length;
      while (victim.load.acknowledged.length === before && victim.load.refused.length === 0) await sleep(5);
      await sleep(randomInt(300));
      await victim.server.end('SIGKILL');
      await victim.load.stop();
      await victim.follower.leave();
      // What had no answer is asked for again where somebody still answers, with the same keys.
      await victim.load.repeat(survivor.server.url);
      victim.server = await start();
      await victim.follower.follow(victim.server.url);
      victim.load.run(victim.server.url, 3);
    }
    await Promise.all(members.map(({ load }) => load.stop()));

    for (const { load } of members) expectNothingLost(load, await takeInventory(folder));
    await everybodyHeardEverything();
    await mailedOnce();
  },
);

/** Each follower was told every entry once, in order, from the first that it heard. */
async function everybodyHeardEverything(): Promise<void> {
  const all = await withDatabase(async (db) =>
    (await db.selectFrom('history').select('seq').orderBy('seq').execute()).map(({ seq }) => seq),
  );
  for (const { follower } of members) {
    const giveUpAt = performance.now() + 20_000;
    while (follower.seqs.at(-1) !== all.at(-1) && performance.now() < giveUpAt) await sleep(20);
    const { seqs } = follower;
    expect(seqs).toEqual(all.slice(all.indexOf(seqs[0]!)));
    expect(seqs.length).toBeGreaterThan(KILLS);
  }
}

/** What a process had claimed when it died is sent by another once the claim has lapsed: not waited for here. */
async function mailedOnce(): Promise<void> {
  const giveUpAt = performance.now() + 30_000;
  let waiting: number;
  do {
    await sleep(50);
    waiting = await withDatabase(
      async (db) =>
        (await db.selectFrom('outbox').select('id').where('state', 'in', ['queued', 'sending']).execute())
          .length,
    );
  } while (waiting > KILLS * SENDS_AT_ONCE && performance.now() < giveUpAt);
  const { mails } = await takeInventory(folder);
  const keys = resend.received.map((mail) => String(mail.headers['idempotency-key']));
  const sent = mails.filter(({ state }) => state === 'sent').map(({ key }) => key);
  expect(sent.length).toBeGreaterThan(KILLS);
  expect(sent.filter((key) => !keys.includes(key))).toEqual([]);
  expect(keys.filter((key) => !mails.some((mail) => mail.key === key))).toEqual([]);
  expect(keys.length - new Set(keys).size).toBeLessThanOrEqual(KILLS * SENDS_AT_ONCE);
}

it('closes what is due once, whichever of three processes sees it first', { timeout: 120_000 }, async () => {
  const first = await start();
  members.push({ server: first, load: createLoad(), follower: createFollower() });
  const numbers: string[] = [];
  for (let n = 0; n < RESOLVED; n += 1) {
    const { number } = await fileTicket(client(first.url, CLIENT), { subject: `Ticket ${n}` });
    await patchTicket(client(first.url, AGENT), number, { status: 'resolved' });
    numbers.push(number);
  }
  const ids = numbers.map((number) => Number(number.split('-')[1]));
  await first.end('SIGTERM');
  await withDatabase((db) =>
    db
      .updateTable('tickets')
      .set((eb) => ({ resolved_at: eb('resolved_at', '-', MONTH) }))
      .where('id', 'in', ids)
      .execute(),
  );
  // Each looks for what is due as it starts.
  const servers = await Promise.all([start(), start(), start()]);
  for (const server of servers) members.push({ server, load: createLoad(), follower: createFollower() });
  const giveUpAt = performance.now() + 60_000;
  const openOnes = () =>
    withDatabase((db) => db.selectFrom('tickets').select('id').where('status', '<>', 'closed').execute());
  while ((await openOnes()).length > 0 && performance.now() < giveUpAt) await sleep(20);
  for (const server of servers) expect(await server.end('SIGTERM')).toBe(0);
  await withDatabase(async (db) => {
    const entries = await db
      .selectFrom('history')
      .select('ticket_id')
      .where('type', '=', 'status')
      .where('to_value', '=', 'closed')
      .orderBy('ticket_id')
      .execute();
    expect(entries.map(({ ticket_id }) => ticket_id)).toEqual(ids);
    const mails = await db.selectFrom('outbox').select('kind').where('kind', '=', 'closed').execute();
    expect(mails).toHaveLength(RESOLVED);
  });
});

async function withDatabase<T>(work: (db: Db) => Promise<T>): Promise<T> {
  const database = loadDatabase(await databaseIn(folder));
  if (database.kind !== 'postgres') throw new Error('This is about PostgreSQL.');
  const { db, close } = openPostgres(database);
  try {
    return await work(db);
  } finally {
    await close();
  }
}
