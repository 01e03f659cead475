import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, request, type ClientRequest, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { text } from 'node:stream/consumers';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from './db/open.ts';
import { signToken } from './testing/sign-token.ts';
import { createTestConfig } from './testing/test-config.ts';
import { CLIENT } from './testing/users.ts';

const MAIN = fileURLToPath(new URL('main.ts', import.meta.url));
const ROOT = fileURLToPath(new URL('..', import.meta.url));
const SECRET = 's'.repeat(32);
let folder: string;
let child: ChildProcess | undefined;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-main-'));
});
afterEach(async () => {
  if (child && child.exitCode === null && child.signalCode === null) {
    child.kill('SIGKILL');
    await once(child, 'exit');
  }
  await rm(folder, { recursive: true, force: true });
});

function run(env: Record<string, string> = {}, command = [process.execPath, MAIN]): ChildProcess {
  const isNpm = command[0] === 'npm';
  child = spawn(command[0]!, command.slice(1), {
    cwd: isNpm ? ROOT : folder,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      PATH: process.env.PATH,
      HOME: process.env.HOME,
      PORT: '0',
      AUTH_SECRET: SECRET,
      AUTH_ISSUER: 'https://host.example',
      ...env,
    },
  });
  return child;
}

/** @returns the port, once the process listens */
async function listening(started: ChildProcess): Promise<number> {
  for await (const line of createInterface({ input: started.stdout! })) {
    const { event, url } = JSON.parse(line) as { event: string; url?: string };
    if (event === 'listening') {
      started.stdout!.resume();
      return Number(new URL(url!).port);
    }
  }
  throw new Error(`It did not start: ${await text(started.stderr!)}`);
}

/** Resolves once the process takes no more connections. */
async function refusing(port: number): Promise<void> {
  const ask = () =>
    fetch(`http://127.0.0.1:${port}/healthz`).then(
      () => 'answers',
      () => 'refuses',
    );
  await expect.poll(ask, { timeout: 30_000 }).toBe('refuses');
}

async function exit(started: ChildProcess): Promise<number | null> {
  if (started.exitCode === null) await once(started, 'exit');
  return started.exitCode;
}

const FORM_START =
  '--XX\r\nContent-Disposition: form-data; name="file"; filename="log.txt"\r\n\r\nfirst half, ';
const FORM_END = 'second half\r\n--XX--\r\n';

/** An upload of which the first half is on its way, and has arrived. */
async function uploadHalf(port: number): Promise<ClientRequest> {
  const { auth } = createTestConfig({ auth: { keys: { kind: 'secret', secrets: [SECRET] } } });
  const upload = request({
    port,
    host: '127.0.0.1',
    method: 'POST',
    path: '/api/attachments',
    headers: {
      authorization: `Bearer ${await signToken(CLIENT, auth, Date.now())}`,
      'content-type': 'multipart/form-data; boundary=XX',
    },
  });
  upload.on('error', () => {});
  upload.write(FORM_START);
  // The bytes have a file of their own as soon as they arrive.
  const storage = join(folder, 'data', 'attachments');
  for (;;) {
    const names = await readdir(storage, { recursive: true }).catch(() => []);
    if (names.some((name) => name.endsWith('.part'))) return upload;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

// The first of them may have to build the element.
describe('told to stop', { timeout: 90_000 }, () => {
  it('finishes the requests in flight, closes the database and exits with 0', async () => {
    const started = run({ SHUTDOWN_GRACE_SECONDS: '60' });
    const port = await listening(started);
    const upload = await uploadHalf(port);
    started.kill('SIGTERM');
    await refusing(port);
    upload.end(FORM_END);
    const [response] = (await once(upload, 'response')) as [IncomingMessage];
    expect(response.statusCode).toBe(201);
    expect(response.headers.connection).toBe('close');
    const { size } = JSON.parse(await text(response)) as { size: number };
    expect(size).toBe('first half, second half'.length);
    expect(await exit(started)).toBe(0);

    expect((await readdir(join(folder, 'data'))).sort()).toEqual(['attachments', 'support.db']);
    const database = openDatabase(join(folder, 'data', 'support.db'));
    const rows = await database.db.selectFrom('attachments').select('name').execute();
    await database.close();
    expect(rows).toEqual([{ name: 'log.txt' }]);
  });

  it('cuts what is not finished when the time of grace is over, and closes the database', async () => {
    const started = run({ SHUTDOWN_GRACE_SECONDS: '0' });
    const port = await listening(started);
    await uploadHalf(port);
    started.kill('SIGINT');
    expect(await exit(started)).toBe(0);
    expect((await readdir(join(folder, 'data'))).sort()).toEqual(['attachments', 'support.db']);
  });

  it('stops at once at the second signal', async () => {
    const started = run({ SHUTDOWN_GRACE_SECONDS: '600' });
    const port = await listening(started);
    await uploadHalf(port);
    started.kill('SIGTERM');
    await refusing(port);
    // What comes at the same moment is the same signal, told by two.
    const again = () => {
      started.kill('SIGTERM');
      return started.exitCode;
    };
    await expect.poll(again, { timeout: 30_000, interval: 200 }).toBe(1);
  });

  it('hears what npm is told, and exits with 0 under it', async () => {
    const data = {
      DATABASE_URL: `sqlite:${folder}/support.db`,
      ATTACHMENTS_URL: `file:${folder}/attachments`,
    };
    const started = run(data, ['npm', 'start', '--silent']);
    const port = await listening(started);
    started.kill('SIGTERM');
    await exit(started);
    // npm ends as its script has ended, and not before.
    expect([started.exitCode, started.signalCode]).toEqual([0, null]);
    await expect(fetch(`http://127.0.0.1:${port}/healthz`)).rejects.toThrow();
  });
});

describe('told nonsense', { timeout: 90_000 }, () => {
  it.each<[string, Record<string, string>]>([
    ['AUTH_SECRET', { AUTH_SECRET: 'short' }],
    ['PORT', { PORT: '70000' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://user:hunter2@db/support' }],
  ])('says in one line that %s is wrong, and exits with 1', async (name, env) => {
    const started = run(env);
    const [problem, output, code] = await Promise.all([
      text(started.stderr!),
      text(started.stdout!),
      exit(started),
    ]);
    expect(problem).toMatch(new RegExp(`^support-center: ${name}: [^\\n]+\\n$`));
    expect(problem).not.toContain('hunter2');
    expect(output).toBe('');
    expect(code).toBe(1);
  });

  it('says so when another program has the port', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    const started = run({ PORT: String(port) });
    const [problem, code] = await Promise.all([text(started.stderr!), exit(started)]);
    other.close();
    expect(problem).toBe(`support-center: PORT: ${port} on 127.0.0.1 is in use by another program.\n`);
    expect(code).toBe(1);
  });

  it('says so when the database is no database', async () => {
    const started = run({ DATABASE_URL: `sqlite:${MAIN}` });
    const [problem, code] = await Promise.all([text(started.stderr!), exit(started)]);
    expect(problem).toMatch(/^support-center: [^\n]+\n$/);
    expect(code).toBe(1);
  });
});
