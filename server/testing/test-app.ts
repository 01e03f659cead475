import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Selectable } from 'kysely';
import { createApp, type App } from '../app.ts';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import type { OutboxRow } from '../db/tables.ts';
import type { AttachmentStorage, Deps, MailPayload, MailTransport } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { createLog } from '../log.ts';
import { captureTransport } from '../mail/capture.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { openTestDatabase } from './open-test-database.ts';
import { signToken } from './sign-token.ts';
import { createTestClient, type TestClient } from './test-client.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestConfig, type ConfigOverrides } from './test-config.ts';
import type { TestUser } from './users.ts';

export interface TestAppOptions {
  config?: ConfigOverrides;
  /** Milliseconds since 1970 UTC; default 2026-01-15T12:00:00Z. */
  now?: number;
  /** Stored over the defaults before the first request. */
  settings?: Partial<Settings>;
  /** Default: a temporary folder that `close` removes. */
  storageDir?: string;
  /** In place of the folder. */
  storage?: AttachmentStorage;
  /** Default: one that captures. */
  mail?: MailTransport;
}

/** A row of the outbox with its payload parsed. */
export type OutboxMail = Omit<Selectable<OutboxRow>, 'payload'> & { payload: MailPayload };

export interface TestApp {
  app: App;
  deps: Deps;
  clock: TestClock;
  /** Where attachments are. */
  folder: string;
  /** Every line logged so far. */
  logs: Array<Record<string, unknown>>;
  /** A signed token, valid at the clock's present time; `claims` replaces single ones, undefined leaves one out. */
  token(user: TestUser, claims?: Record<string, unknown>): Promise<string>;
  /** Requests of this user, each with a fresh token. */
  as(user: TestUser, claims?: Record<string, unknown>): TestClient;
  /** The outbox, oldest first. */
  mails(): Promise<OutboxMail[]>;
  close(): Promise<void>;
}

/** The whole server without a port: real database, in memory where it is SQLite, fake clock, captured mail, real tokens. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const clock = createTestClock(options.now);
  const folder = options.storageDir ?? (await mkdtemp(join(tmpdir(), 'support-center-test-')));
  const config = createTestConfig({ attachments: { kind: 'file', path: folder }, ...options.config });
  const logs: Array<Record<string, unknown>> = [];
  const database = await openTestDatabase();
  const deps: Deps = {
    config,
    db: database.db,
    clock,
    log: createLog(config.logLevel, clock, (line) => logs.push(JSON.parse(line) as Record<string, unknown>)),
    storage: options.storage ?? createDiskStorage(folder),
    live: createLiveHub(),
    mail: options.mail ?? captureTransport,
  };
  if (options.settings) await storeSettings(deps, options.settings);
  const app = createApp(deps);
  const token = (user: TestUser, claims?: Record<string, unknown>) =>
    signToken(user, config.auth, clock.now(), claims);
  return {
    app,
    deps,
    clock,
    folder,
    logs,
    token,
    as: (user, claims) =>
      createTestClient(
        (path, init) => app.request(path, init),
        async () => `Bearer ${await token(user, claims)}`,
      ),
    async mails() {
      const rows = await deps.db.selectFrom('outbox').selectAll().orderBy('id').execute();
      return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as MailPayload }));
    },
    async close() {
      deps.live.end();
      await database.close();
      if (!options.storageDir) await rm(folder, { recursive: true, force: true });
    },
  };
}

async function storeSettings(deps: Deps, settings: Partial<Settings>): Promise<void> {
  const value = JSON.stringify({ ...DEFAULT_SETTINGS, ...settings });
  const now = deps.clock.now();
  await deps.db
    .insertInto('settings')
    .values({ id: 1, value, version: 1, updated_at: now })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ value, updated_at: now }))
    .execute();
}
