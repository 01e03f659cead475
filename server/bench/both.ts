import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { createApp } from '../app.ts';
import { openDatabase } from '../db/open.ts';
import { openPostgres } from '../db/postgres/open.ts';
import type { Db } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { captureTransport } from '../mail/capture.ts';
import { migrateDatabase } from '../migrate/migrate-database.ts';
import { openSource } from '../migrate/source.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { startCluster } from '../testing/postgres/cluster.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { removeDatabase, seededDatabase } from './database.ts';
import type { Figure } from './figure.ts';

const TICKETS = 10_000;
const ROUNDS = 5;
const AT_ONCE = 16;

type Ask = (path: string, body?: unknown) => Promise<unknown>;
interface Work {
  name: string;
  /** How often in a round. */
  times: number;
  run(ask: Ask, n: number): Promise<unknown>;
}

const NEW = { category: 'technical', priority: 'normal', description: 'It smokes.' };
const create = (ask: Ask, n: number) => ask('/api/tickets', { ...NEW, subject: `Printer ${n} on fire` });
const get = (name: string, path: string, times = 100): Work => ({ name, times, run: (ask) => ask(path) });

/** Numbers of the seeded tickets begin at 1001: this one is somewhere in the middle. */
const ONE = '/api/tickets/SUP-6001';

const WORK: readonly Work[] = [
  get('session', '/api/session'),
  get('badges', '/api/tickets/counts'),
  get('list of 25', '/api/tickets'),
  get('list, three filters', '/api/tickets?status=closed&priority=normal&category=billing'),
  get('list by last change', '/api/tickets?status=open&sort=updated'),
  get('list of mine', '/api/tickets?assignee=me'),
  get('search, common word', '/api/tickets?q=invoice', 50),
  get('search, absent word', '/api/tickets?q=zyzzyva'),
  get('search, two letters', '/api/tickets?q=in', 50),
  get('ticket', ONE),
  get('conversation', `${ONE}/messages`),
  { name: 'create', times: 30, run: create },
  { name: 'reply', times: 30, run: (ask, n) => ask(`${ONE}/messages`, { body: `Reply ${n}` }) },
  {
    name: `${AT_ONCE} creates at once`,
    times: 5,
    run: (ask, n) => Promise.all(Array.from({ length: AT_ONCE }, (_, i) => create(ask, n * AT_ONCE + i))),
  },
];

/**
 * The same requests of an agent on both databases, with the same tickets, in turns: how long each takes, and how many
 * times as long on PostgreSQL, whose server has the other core. Both write to the disk before they answer.
 */
export async function measureBoth(): Promise<Figure[]> {
  const path = seededDatabase(TICKETS);
  const folder = mkdtempSync(join(tmpdir(), 'support-center-both-'));
  const cluster = await startCluster({ durable: true });
  const config = { kind: 'postgres', url: cluster.url('postgres'), connections: 10 } as const;
  try {
    const source = openSource(path);
    try {
      await migrateDatabase(source, config, {
        restart: false,
        say: () => undefined,
        copyFiles: async () => undefined,
      });
    } finally {
      source.close();
    }
    const sqlite = openDatabase(path);
    const postgres = openPostgres(config);
    await sql`VACUUM ANALYZE`.execute(postgres.db);
    try {
      return await compare(await askerOf(sqlite.db, folder), await askerOf(postgres.db, folder));
    } finally {
      await sqlite.close();
      await postgres.close();
    }
  } finally {
    await cluster.stop();
    removeDatabase(path);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function compare(sqlite: Ask, postgres: Ask): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const work of WORK) {
    let [here, there] = [Infinity, Infinity];
    for (let round = 0; round < ROUNDS; round += 1) {
      here = Math.min(here, await time(work, sqlite, round));
      there = Math.min(there, await time(work, postgres, round));
    }
    const base = { group: 'both', tickets: TICKETS };
    figures.push(
      { ...base, name: `${work.name}: on SQLite`, unit: 'µs', value: here },
      { ...base, name: `${work.name}: on PostgreSQL`, unit: 'µs', value: there },
      { ...base, name: `${work.name}: PostgreSQL to SQLite`, unit: '×', value: there / here },
    );
  }
  return figures;
}

/** @returns microseconds each */
async function time({ times, run }: Work, ask: Ask, round: number): Promise<number> {
  const began = performance.now();
  for (let n = 0; n < times; n += 1) await run(ask, round * times + n);
  return ((performance.now() - began) * 1000) / times;
}

async function askerOf(db: Db, folder: string): Promise<Ask> {
  const config = createTestConfig({ logLevel: 'error', attachments: { kind: 'file', path: folder } });
  const silent = () => undefined;
  const app = createApp({
    config,
    db,
    clock: { now: () => Date.now() },
    log: { debug: silent, info: silent, warn: silent, error: console.error },
    storage: createDiskStorage(folder),
    live: createLiveHub(),
    mail: captureTransport,
  });
  const agent = await db
    .selectFrom('users')
    .select(['external_id as sub', 'name', 'email', 'role'])
    .where('external_id', '=', 'seed-agent-1')
    .executeTakeFirstOrThrow();
  const token = await signToken(agent, config.auth, Date.now());
  const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
  return async (path, body) => {
    const init = body === undefined ? { headers } : { method: 'POST', headers, body: JSON.stringify(body) };
    const answer = await app.request(path, init);
    if (!answer.ok) throw new Error(`${path} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as unknown;
  };
}
