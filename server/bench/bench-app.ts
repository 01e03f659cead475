import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp, type App } from '../app.ts';
import { openDatabase, type RawDatabase } from '../db/open.ts';
import type { Actor, Deps } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { captureTransport } from '../mail/capture.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { recordStatements, type Executed } from './record.ts';

/** A whole server without a port, over a seeded database of SQLite; over one of PostgreSQL: both.ts. */
export interface BenchApp {
  path: string;
  tickets: number;
  raw: RawDatabase;
  deps: Deps;
  app: App;
  /** Whom the benchmark acts as. */
  people: { agent: Actor; client: Actor; busiest: Actor };
  /** Asks as a person does, with a token. @throws Error when the answer is no success */
  ask(actor: Actor, path: string, init?: { method: string; body?: unknown }): Promise<unknown>;
  /** What the database is asked while somebody asks the server; the cache of settings and people is warm. */
  record(actor: Actor, path: string): Promise<Executed[]>;
  close(): Promise<void>;
}

export async function openBenchApp(path: string, tickets: number): Promise<BenchApp> {
  const folder = mkdtempSync(join(tmpdir(), 'support-center-bench-'));
  const config = createTestConfig({
    rateLimit: false,
    logLevel: 'error',
    attachments: { kind: 'file', path: folder },
  });
  const silent = () => {};
  const others = {
    config,
    clock: { now: () => Date.now() },
    log: { debug: silent, info: silent, warn: silent, error: console.error },
    storage: createDiskStorage(folder),
    mail: captureTransport,
  };
  const database = openDatabase(path);
  const deps: Deps = { ...others, db: database.db, live: createLiveHub() };
  const app = createApp(deps);
  // Beside it the same with a listener on the driver, which costs time.
  const watched = openDatabase(path);
  const taken = recordStatements(watched.raw);
  const watchedApp = createApp({ ...others, db: watched.db, live: createLiveHub() });
  const tokens = new Map<string, string>();
  const known = new Set<string>();
  const send = async (to: App, actor: Actor, at: string, init: { method: string; body?: unknown }) => {
    const { id: sub, name, email, role } = actor;
    const token = tokens.get(sub) ?? (await signToken({ sub, name, email, role }, config.auth, Date.now()));
    tokens.set(sub, token);
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json', 'if-match': '*' };
    const body = init.body === undefined ? undefined : JSON.stringify(init.body);
    const answer = await to.request(at, { method: init.method, headers, body });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${init.method} ${at} was answered ${answer.status}: ${text}`);
    return text === '' ? null : (JSON.parse(text) as unknown);
  };
  return {
    path,
    tickets,
    raw: database.raw,
    deps,
    app,
    people: pickPeople(database.raw),
    ask: (actor, at, init = { method: 'GET' }) => send(app, actor, at, init),
    async record(actor, at) {
      // Whoever asks for the first time is written down, and the settings are read.
      if (!known.has(actor.id)) await send(watchedApp, actor, '/api/tickets', { method: 'GET' });
      known.add(actor.id);
      taken();
      await send(watchedApp, actor, at, { method: 'GET' });
      return taken();
    },
    async close() {
      await watched.close();
      await database.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function pickPeople(raw: RawDatabase): BenchApp['people'] {
  const find = (externalId: string): Actor => {
    const row = raw
      .prepare('SELECT id, external_id, name, email, role FROM users WHERE external_id = ?')
      .get(externalId) as { id: number; external_id: string } & Pick<Actor, 'name' | 'email' | 'role'>;
    return { userId: row.id, id: row.external_id, name: row.name, email: row.email, role: row.role };
  };
  const clients = raw.prepare(`SELECT count(*) FROM users WHERE role = 'client'`).pluck().get() as number;
  return {
    agent: find('seed-agent-1'),
    // One of the middle, and the one who files the most by far.
    client: find(`seed-client-${Math.ceil(clients / 2)}`),
    busiest: find('seed-client-1'),
  };
}
