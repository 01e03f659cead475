import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { copyFile, mkdtemp, readFile, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { fillDatabase } from '../bench/fill.ts';
import type { DatabaseConfig } from '../config-database.ts';
import type { Ticket } from '../contract/tickets.ts';
import { openExisting } from '../db/maintain.ts';
import { openDatabase } from '../db/open.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { runProgram } from '../testing/data-folder.ts';
import { startCluster, type Cluster } from '../testing/postgres/cluster.ts';
import { startS3Server, type S3Server } from '../testing/s3-server.ts';
import type { TestClient } from '../testing/test-client.ts';
import { TEST_NOW } from '../testing/test-clock.ts';
import { openCenter, useEverything } from '../testing/used-center.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';
import { openSource } from './source.ts';
import { DERIVED, STEPS } from './tables.ts';

const PROGRAM = fileURLToPath(new URL('../cli/support-center.mjs', import.meta.url));
const TICKETS = 1000;
// Programs of their own, a database server and thousands of rows.
vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let cluster: Cluster;
let s3: S3Server;
/** Filled once; each test has a copy. */
let model: string;
let folder: string;
let source: string;
let target: string;
let env: Record<string, string>;
let databases = 0;

const open = (database: DatabaseConfig, attachments = join(model, 'attachments')) =>
  openCenter(database, attachments);

beforeAll(async () => {
  [cluster, s3] = await Promise.all([startCluster(), startS3Server()]);
  model = await mkdtemp(join(tmpdir(), 'support-center-model-'));
  const path = join(model, 'support.db');
  const database = openDatabase(path);
  database.raw.pragma('synchronous = OFF');
  fillDatabase(database.raw, { tickets: TICKETS, users: 150, seed: 3, now: TEST_NOW });
  await database.close();
  await useEverything(open({ kind: 'sqlite', path }));
}, 60_000);
afterAll(async () => {
  await Promise.all([cluster.stop(), s3.close()]);
  await rm(model, { recursive: true, force: true });
});

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-migrate-'));
  source = join(folder, 'support.db');
  await copyFile(join(model, 'support.db'), source);
  databases += 1;
  await sql('postgres', `CREATE DATABASE migrated_${databases}`);
  target = cluster.url(`migrated_${databases}`);
  env = { ...s3.env, DATABASE_URL: target, ATTACHMENTS_URL: `s3://${s3.bucket}/moved-${databases}` };
});
afterEach(() => rm(folder, { recursive: true, force: true }));

async function sql(database: string, text: string): Promise<Array<Record<string, unknown>>> {
  const client = new pg.Client({ connectionString: cluster.url(database) });
  await client.connect();
  try {
    return (await client.query(text)).rows as Array<Record<string, unknown>>;
  } finally {
    await client.end();
  }
}
const migrate = (...more: string[]) =>
  runProgram(
    [
      'migrate',
      '--from',
      `sqlite:${source}`,
      '--attachments-from',
      `file:${join(model, 'attachments')}`,
      ...more,
    ],
    env,
  );
const config = (): DatabaseConfig => ({ kind: 'postgres', url: target, connections: 4 });

/** Everything that an API answers to one user, as far as it may see. */
async function everything(client: TestClient): Promise<Record<string, unknown>> {
  const answers: Record<string, unknown> = {};
  const read = async (path: string) => {
    const response = await client.get(path);
    answers[path] = [response.status, await response.json()];
    return answers[path] as [number, { tickets?: Ticket[]; nextCursor?: string }];
  };
  for (const path of ['/api/session', '/api/center', '/api/agents', '/api/settings']) await read(path);
  const numbers = new Set<string>();
  for (const query of [
    '',
    'sort=oldest',
    'sort=updated',
    'sort=priority',
    'status=open',
    'q=invoice',
    'q=in',
    'q=ÄÖÜ',
    'priority=high&category=billing',
    'assignee=me',
    'assignee=none',
  ]) {
    await read(`/api/tickets/counts?${query}`);
    let cursor: string | undefined;
    for (let page = 0; page < 2; page++) {
      const path = `/api/tickets?limit=40&${query}${cursor ? `&cursor=${cursor}` : ''}`;
      const [, { tickets = [], nextCursor }] = await read(path);
      for (const { number } of tickets.slice(0, 4)) numbers.add(number);
      cursor = nextCursor ?? undefined;
      if (!cursor) break;
    }
  }
  for (const number of numbers) {
    for (const part of ['', '/messages', '/history']) await read(`/api/tickets/${number}${part}`);
  }
  return answers;
}

describe('a migration', () => {
  it('gives the same answers to everybody afterwards, and goes on with the numbers', async () => {
    const before = await readFile(source);
    const { code, output, errors } = await migrate();
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(output).toContain(`tickets: 1,006 copied\n`);
    expect(output).toMatch(/messages: [\d,]+ compared, sha256 [0-9a-f]{16}…\n/);
    expect(output).toContain('attachments: 7 copied, 0 were there, each compared with its hash\n');
    expect((await readFile(source)).subarray(100).equals(before.subarray(100))).toBe(true);
    const [old, moved] = [open({ kind: 'sqlite', path: source }), open(config())];
    const owner = await old.support.deps.db
      .selectFrom('users')
      .selectAll()
      .where('role', '=', 'client')
      .where('external_id', '<>', CLIENT.sub)
      .orderBy('id')
      .executeTakeFirstOrThrow();
    const seeded = {
      sub: owner.external_id,
      email: owner.email,
      name: owner.name,
      role: 'client' as const,
    };
    for (const user of [CLIENT, seeded, AGENT, ADMIN]) {
      const [here, there] = [await everything(old.as(user)), await everything(moved.as(user))];
      expect(Object.keys(here).length).toBeGreaterThan(20);
      expect(there).toEqual(here);
    }
    const input = { subject: 'The next one', category: 'general', priority: 'low', description: 'x' };
    for (let n = 0; n < 3; n++) {
      const [here, there] = await Promise.all(
        [old, moved].map(
          async ({ as }) => (await (await as(CLIENT).post('/api/tickets', input)).json()) as Ticket,
        ),
      );
      expect(there).toEqual(here);
    }
    const repeated = {
      subject: 'Migrated 2 – “ÄÖÜ” 😀',
      category: 'billing',
      priority: 'high',
      description: '#2',
    };
    const file = await old.support.deps.db
      .selectFrom('attachments')
      .select('uid')
      .where('name', '=', '2.log')
      .executeTakeFirstOrThrow();
    const again = await moved
      .as(CLIENT)
      .post('/api/tickets', { ...repeated, attachmentIds: [file.uid] }, { 'idempotency-key': 'key-2' });
    expect(again.status).toBe(201);
    expect(((await again.json()) as Ticket).subject).toBe(repeated.subject);
    expect((await moved.as(CLIENT).get('/api/tickets?q=Migrated')).status).toBe(200);
    await Promise.all([old.support.stop(), moved.support.stop()]);
  });

  it('goes on after being killed, time and again, and is refused to servers until then', async () => {
    const args = [
      'migrate',
      '--from',
      `sqlite:${source}`,
      '--attachments-from',
      `file:${join(model, 'attachments')}`,
    ];
    let resumed = 0;
    let isDone = false;
    for (let kill = 0; kill < 10 && !isDone; kill++) {
      const child = spawn(process.execPath, [PROGRAM, ...args], {
        env: { PATH: process.env['PATH'], ...env },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      let output = '';
      const exited = once(child, 'exit');
      let lines = 0;
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        lines = output.split('\n').length;
        // Each time a little further, in the middle of copying, of files and of comparing; not once all is done.
        if (lines > 2 + kill * 5 && lines < 24) child.kill('SIGKILL');
      });
      await exited;
      if (output.startsWith('Going on')) resumed += 1;
      const [state] = await sql(`migrated_${databases}`, 'SELECT version FROM schema_version');
      // A kill may come a moment too late.
      if (Number(state!['version']) > 0) isDone = true;
      else {
        const { support } = open(config());
        await expect(support.start()).rejects.toThrow('a migration into the database is not finished');
        await support.stop();
      }
    }
    expect(isDone).toBe(true);
    expect(resumed).toBeGreaterThan(2);
    expect(await sql(`migrated_${databases}`, 'SELECT count(*)::INT AS n FROM tickets')).toEqual([
      { n: 1006 },
    ]);
    const { support } = open(config());
    await support.start();
    await support.stop();
  });

  it('refuses what is not empty, and what it has done', async () => {
    const other = open(config());
    await other.as(CLIENT).get('/api/session');
    await other.support.stop();
    const refused = await migrate();
    expect(refused).toMatchObject({ code: 1, output: '' });
    expect(refused.errors).toBe(
      'support-center migrate: The database is not empty: there are rows in users. Give an empty one.\n',
    );
    expect(await sql(`migrated_${databases}`, 'SELECT count(*)::INT AS n FROM users')).toEqual([{ n: 1 }]);
  });

  it.each<[string, () => void | Promise<void>, RegExp]>([
    [
      'of another version',
      () => change('PRAGMA user_version = 4'),
      /is of version 4, this program of \d+: start its server once/,
    ],
    ['of a newer version', () => change('PRAGMA user_version = 99'), /use a newer version/],
    ['that is not there', () => rm(source), /There is no database at/],
  ])('refuses a source %s in one line', async (_what, prepare, message) => {
    await prepare();
    const { code, output, errors } = await migrate();
    expect({ code, output }).toEqual({ code: 1, output: '' });
    expect(errors).toMatch(/^support-center migrate: [^\n]+\n$/);
    expect(errors).toMatch(message);
  });

  it('refuses a source that a server uses', async () => {
    const { support, as } = open({ kind: 'sqlite', path: source });
    await as(CLIENT).get('/api/session');
    expect((await migrate()).errors).toContain('is in use: stop the server first');
    await support.stop();
  });

  it('keeps writers out of the source while it runs', async () => {
    const held = openSource(source);
    const other = openExisting(source);
    other.pragma('busy_timeout = 1');
    expect(() => other.exec('DELETE FROM keys')).toThrow(/locked/);
    other.close();
    held.close();
  });

  it('does not go on with a source that has changed, and begins anew when told so', async () => {
    await expect(interrupt()).resolves.toBeUndefined();
    change("UPDATE settings SET value = '{}'");
    change(`INSERT INTO keys (name, value) VALUES ('late', 'x')`);
    const refused = await migrate();
    expect(refused.errors).toContain('--restart begins anew');
    expect(await migrate('--restart')).toMatchObject({ code: 0, errors: '' });
    expect(await sql(`migrated_${databases}`, `SELECT value FROM keys WHERE name = 'late'`)).toEqual([
      { value: 'x' },
    ]);
  });

  it('finds a row that is not as it was', async () => {
    await interrupt();
    await sql(
      `migrated_${databases}`,
      `UPDATE messages SET body = body || '!' WHERE id = (SELECT max(id) FROM messages)`,
    );
    const { code, errors } = await migrate();
    expect(code).toBe(1);
    expect(errors).toMatch(
      /^support-center migrate: messages differs: [\d,]+ rows here, [\d,]+ there, with other contents\./,
    );
    const { support } = open(config());
    await expect(support.start()).rejects.toThrow('not finished');
    await support.stop();
  });

  it('tells of files that are gone, and moves files alone', async () => {
    const own = join(folder, 'files');
    const all = createDiskStorage(join(model, 'attachments'));
    const copy = createDiskStorage(own);
    const keys: string[] = [];
    for await (const { key } of all.keys()) keys.push(key);
    for (const key of keys.slice(1)) await copy.put(key, (await all.open(key))!, { maxBytes: 1e6 });
    const files = [
      'migrate',
      '--attachments-from',
      `file:${own}`,
      '--attachments-to',
      `file:${join(folder, 'other')}`,
    ];
    const alone = { DATABASE_URL: `sqlite:${source}` };
    const { code, output, errors } = await runProgram(files, alone);
    expect(code).toBe(3);
    expect(output).toContain('attachments: 6 copied, 0 were there');
    expect(errors).toContain(keys[0]);
    for (const key of keys.slice(1)) {
      expect((await stat(join(folder, 'other', key.slice(0, 2), key))).isFile()).toBe(true);
    }
    expect((await runProgram(files, alone)).output).toContain('attachments: 0 copied, 6 were there');
  });

  it.each<[string[], RegExp]>([
    [['--to', 'sqlite:x.db'], /--to must be postgres/],
    [['--to', 'postgres://hunter2@'], /^support-center migrate: --to must be postgres:\/\/(?!.*hunter2)/],
    [['--from', 'postgres://a@b/c'], /--from is missing/],
    [['--attachments-to', 's3://No'], /--attachments-to must be s3:/],
    [[], /--to or --attachments-to is missing/],
  ])('says in one line what is wrong with %j', async (args, message) => {
    const { code, errors } = await runProgram(['migrate', ...args], { DATABASE_URL: `sqlite:${source}` });
    expect(code).toBe(1);
    expect(errors).toMatch(/^support-center migrate: [^\n]+\n$/);
    expect(errors).toMatch(message);
  });
});

it('knows every table', () => {
  const raw = openExisting(source);
  const tables = raw
    .prepare<[], { name: string }>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    )
    .all()
    .map(({ name }) => name)
    .filter((name) => ![...DERIVED].some((derived) => name === derived || name.startsWith(`${derived}_`)));
  raw.close();
  expect(tables.sort()).toEqual([...new Set<string>(STEPS.map(({ table }) => table))].sort());
});

function change(text: string): void {
  const raw = openExisting(source);
  raw.exec(text);
  raw.close();
}

/** A migration that ends before it compares. */
async function interrupt(): Promise<void> {
  s3.faults.push(
    ...Array.from({ length: 4 }, () => ({ method: 'GET', does: { status: 403, code: 'AccessDenied' } })),
  );
  const { code, errors } = await migrate();
  s3.faults.length = 0;
  expect({ code, errors }).toMatchObject({ code: 1, errors: expect.stringContaining('may not list') });
}
