import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { loadDatabase, type Config } from '../config.ts';
import type { DatabaseConfig } from '../config-database.ts';
import { databaseUrl, IS_POSTGRES, newDatabaseFor } from './open-test-database.ts';
import { signToken } from './sign-token.ts';
import { createTestConfig } from './test-config.ts';
import type { TestUser } from './users.ts';

const MAIN = fileURLToPath(new URL('../main.ts', import.meta.url));
const SECRET = 's'.repeat(32);

export interface ServerProcess {
  url: string;
  pid: number;
  /** Every line logged so far, as it came. */
  output: string[];
  /** Sends the signal and waits for the end. @returns the exit code; null: killed */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null>;
}

export interface ServerProcessOptions {
  /** Where `data/` is made. */
  folder: string;
  /** `LOG_LEVEL` stays at `info`: the log says where the process listens. */
  env?: Record<string, string>;
  /** Words before `node server/main.ts`, which end in running what follows them. */
  wrapper?: string[];
}

/** The server as `npm start` runs it, on a free port, with its data in `folder`. */
export async function startServerProcess(options: ServerProcessOptions): Promise<ServerProcess> {
  const [command, ...args] = [...(options.wrapper ?? []), process.execPath, MAIN];
  const child = spawn(command, args, {
    cwd: options.folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env['PATH'],
      PORT: '0',
      AUTH_SECRET: SECRET,
      AUTH_ISSUER: 'https://host.example',
      RATE_LIMIT: 'off',
      ...(await databaseIn(options.folder)),
      ...options.env,
    },
  });
  const output: string[] = [];
  createInterface({ input: child.stderr }).on('line', (line) => output.push(line));
  const url = await new Promise<string>((resolve, reject) => {
    createInterface({ input: child.stdout }).on('line', (line) => {
      output.push(line);
      const address = /"event":"listening","url":"([^"]+)"/.exec(line)?.[1];
      if (address) resolve(address);
    });
    child.once('exit', () => reject(new Error(`The server did not start: ${output.join('\n')}`)));
    child.once('error', reject);
  });
  return { url, pid: child.pid!, output, end: (signal) => end(child, signal) };
}

const databases = new Map<string, string>();

/** What a process with its data in `folder` opens. */
export async function databaseOf(folder: string): Promise<DatabaseConfig> {
  const { DATABASE_URL = `sqlite:${join(folder, 'data', 'support.db')}` } = await databaseIn(folder);
  return loadDatabase({ DATABASE_URL });
}

/** On PostgreSQL each folder has a database of its own, which outlasts the process. */
export async function databaseIn(folder: string): Promise<{ DATABASE_URL?: string }> {
  if (!IS_POSTGRES) return {};
  const url = databases.get(folder) ?? databaseUrl(await newDatabaseFor(folder));
  databases.set(folder, url);
  return { DATABASE_URL: url };
}

async function end(child: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
  if (child.exitCode === null && child.signalCode === null) {
    const ended = once(child, 'exit');
    child.kill(signal);
    await ended;
  }
  return child.exitCode;
}

/** A token that the process accepts, valid for ten minutes. */
export async function signForProcess(user: TestUser): Promise<string> {
  const keys: Config['auth']['keys'] = { kind: 'secret', secrets: [SECRET] };
  return await signToken(user, createTestConfig({ auth: { keys } }).auth, Date.now());
}
