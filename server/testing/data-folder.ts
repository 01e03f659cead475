import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { main } from '../cli/main.ts';
import type { Ticket } from '../contract/tickets.ts';
import { createSupportCenter, type SupportCenter } from '../support-center.ts';
import { createTestClient, type TestClient } from './test-client.ts';
import { createTestConfig } from './test-config.ts';
import { databaseUrl, newDatabaseFor } from './open-test-database.ts';
import { signToken } from './sign-token.ts';
import { AGENT, CLIENT, OTHER_CLIENT, type TestUser } from './users.ts';

/** A support center with its data in a folder, as the program `support-center` finds it. */
export interface DataFolder {
  folder: string;
  /** The file of SQLite. */
  database: string;
  attachments: string;
  /** As the program reads it. */
  env: Record<string, string>;
  support: SupportCenter;
  as(user: TestUser): TestClient;
  /** Runs the program. */
  run(...args: string[]): Promise<{ code: number; output: string; errors: string }>;
  close(): Promise<void>;
}

export const NOTE = 'only agents may read this';
export const FILE = { name: '=cmd.txt', content: 'The bytes of a log' };

export async function createDataFolder(): Promise<DataFolder> {
  const folder = await mkdtemp(join(tmpdir(), 'support-center-data-'));
  const database = await newDatabaseFor(folder);
  const attachments = join(folder, 'attachments');
  const config = createTestConfig({
    logLevel: 'silent',
    database,
    attachments: { kind: 'file', path: attachments },
  });
  const support = createSupportCenter({ config });
  const env = {
    DATABASE_URL: databaseUrl(database),
    ATTACHMENTS_URL: `file:${attachments}`,
    AUTH_SECRET: 's'.repeat(32),
    AUTH_ISSUER: 'https://host.example',
  };
  return {
    folder,
    database: database.kind === 'sqlite' ? database.path : '',
    attachments,
    env,
    support,
    as: (user) =>
      createTestClient(
        (path, init) => support.app.request(path, init),
        async () => `Bearer ${await signToken(user, config.auth, Date.now())}`,
      ),
    run: (...args) => runProgram(args, env),
    async close() {
      await support.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** The program `support-center` with these settings, without a process of its own. */
export async function runProgram(
  args: string[],
  env: Record<string, string>,
): Promise<{ code: number; output: string; errors: string }> {
  let output = '';
  let errors = '';
  const code = await main(args, {
    env,
    say: (line) => void (output += `${line}\n`),
    warn: (line) => void (errors += `${line}\n`),
    write: async (text) => void (output += text),
  });
  return { code, output, errors };
}

/** Two clients' tickets: one with a file, a reply and a note that has a file too. */
export async function fillDataFolder(data: DataFolder): Promise<{ numbers: string[]; files: string[] }> {
  const upload = async (user: TestUser) => {
    const response = await data.as(user).upload('/api/attachments', FILE);
    return ((await response.json()) as { id: string }).id;
  };
  const file = async (user: TestUser, subject: string, attachmentIds: string[]) => {
    const input = { subject, category: 'billing', priority: 'low', description: `About ${subject}` };
    const response = await data.as(user).post('/api/tickets', { ...input, attachmentIds });
    return ((await response.json()) as Ticket).number;
  };
  const files = [await upload(CLIENT), await upload(AGENT)];
  const numbers = [
    await file(CLIENT, '=SUM(A1:A9) is shown', [files[0]!]),
    await file(OTHER_CLIENT, 'Another matter', []),
  ];
  const messages = `/api/tickets/${numbers[0]}/messages`;
  await data.as(AGENT).post(messages, { body: 'A public answer' });
  await data.as(AGENT).post(messages, { body: NOTE, internal: true, attachmentIds: [files[1]] });
  return { numbers, files };
}
