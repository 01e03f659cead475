import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Selectable } from 'kysely';
import type { DatabaseConfig } from '../config-database.ts';
import type { OutboxRow } from '../db/tables.ts';
import type { Change, Deps, MailPayload } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { createLog } from '../log.ts';
import { captureTransport } from '../mail/capture.ts';
import { createDiskStorage } from '../storage/disk.ts';
import { openSharedDatabase } from './open-test-database.ts';
import { createTestClock, type TestClock } from './test-clock.ts';
import { createTestConfig, type ConfigOverrides } from './test-config.ts';

export type StoredMail = Omit<Selectable<OutboxRow>, 'payload'> & { payload: MailPayload };

export interface TestDeps {
  deps: Deps;
  /** The database, for further connections. */
  database: DatabaseConfig;
  /** Where attachments are. */
  attachments: string;
  clock: TestClock;
  logs: Array<Record<string, unknown>>;
  /** What went to the live hub. */
  changes: Change[];
  mails(): Promise<StoredMail[]>;
  close(): Promise<void>;
}

/** What services are given, without the HTTP side: for jobs and mails. The database is one that others can open, too. */
export async function createTestDeps(
  options: Partial<Deps> & { overrides?: ConfigOverrides } = {},
): Promise<TestDeps> {
  const folder = await mkdtemp(join(tmpdir(), 'support-center-deps-'));
  const { overrides, ...given } = options;
  const attachments = join(folder, 'attachments');
  const database = await openSharedDatabase();
  const clock = createTestClock();
  const logs: TestDeps['logs'] = [];
  const changes: Change[] = [];
  const deps: Deps = {
    config: createTestConfig({ attachments: { kind: 'file', path: attachments }, ...overrides }),
    clock,
    log: createLog('debug', clock, (line) => logs.push(JSON.parse(line) as Record<string, unknown>)),
    storage: createDiskStorage(attachments),
    live: createLiveHub(),
    mail: captureTransport,
    ...given,
    db: database.db,
  };
  deps.live.subscribe((change) => changes.push(change));
  return {
    deps,
    database: database.config,
    attachments,
    clock,
    logs,
    changes,
    async mails() {
      const rows = await deps.db.selectFrom('outbox').selectAll().orderBy('id').execute();
      return rows.map((row) => ({ ...row, payload: JSON.parse(row.payload) as MailPayload }));
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
