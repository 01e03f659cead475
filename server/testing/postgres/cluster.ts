import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { chownSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import pg from 'pg';
import { findPrograms } from './programs.ts';

export interface Cluster {
  /** Of one of its databases. */
  url(database: string): string;
  /** Stops the server and removes everything of it. */
  stop(): Promise<void>;
}

/** As an operator would have it: what is committed is on the disk. */
const DURABLE = { fsync: 'on', full_page_writes: 'on', synchronous_commit: 'on', autovacuum: 'on' };

/** Nothing in it outlives the tests: not even a power cut has to find it whole. */
const SETTINGS = {
  listen_addresses: '',
  fsync: 'off',
  full_page_writes: 'off',
  synchronous_commit: 'off',
  wal_level: 'minimal',
  max_wal_senders: '0',
  max_connections: '300',
  shared_buffers: '128MB',
  autovacuum: 'off',
  log_min_messages: 'fatal',
};

/**
 * The server, and after it its folder, end with whoever started them, also when that is killed: its end closes the
 * pipe that `cat` reads.
 */
const RUN = `
folder=$1; shift
"$@" & server=$!
(cat > /dev/null; kill -QUIT $server) 2> /dev/null <&3 &
wait $server
rm -rf "$folder"
`;

/**
 * A PostgreSQL server of its own in a temporary folder, reached by a socket in it alone.
 *
 * @param options.durable for measuring: it writes as safely as one that somebody relies on
 */
export async function startCluster({ durable = false } = {}): Promise<Cluster> {
  const programs = findPrograms();
  const folder = mkdtempSync(join(tmpdir(), 'support-pg-'));
  const user = unprivileged();
  if (user) chownSync(folder, user.uid, user.gid);
  const data = join(folder, 'data');
  let server: ChildProcess | undefined;
  const stop = async () => {
    if (server && server.exitCode === null && server.signalCode === null) {
      const ended = once(server, 'exit');
      server.stdio[3]!.destroy();
      await ended;
    }
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    const args = ['--auth=trust', '--username=support', '--encoding=UTF8', '--locale=C.UTF-8', '--no-sync'];
    const init = [...args, '--no-instructions', '-D', data];
    execFileSync(join(programs, 'initdb'), init, {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe'],
    });
    // For the tests of a password that is wrong.
    const access = join(data, 'pg_hba.conf');
    writeFileSync(access, `local all locked scram-sha-256\n${readFileSync(access, 'utf8')}`);
    const settings = Object.entries({
      ...SETTINGS,
      ...(durable && DURABLE),
      unix_socket_directories: folder,
    });
    const flags = settings.flatMap(([name, value]) => ['-c', `${name}=${value}`]);
    const command = [join(programs, 'postgres'), '-D', data, ...flags];
    server = spawn('/bin/sh', ['-c', RUN, 'sh', folder, ...command], {
      ...user,
      cwd: folder,
      stdio: ['ignore', 'ignore', 'pipe', 'pipe'],
      // Ctrl-C is for the tests, which then end the server.
      detached: true,
    });
    const url = (database: string) =>
      `postgres://support@localhost/${database}?host=${encodeURIComponent(folder)}`;
    await untilReady(server, url('postgres'));
    return { url, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** PostgreSQL refuses to run as root. */
function unprivileged(): { uid: number; gid: number } | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const users = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'));
  const found = ['postgres', 'nobody'].map((name) => users.find((user) => user[0] === name)).find(Boolean);
  if (!found) throw new Error('PostgreSQL does not run as root, and there is no user postgres or nobody.');
  return { uid: Number(found[2]), gid: Number(found[3]) };
}

async function untilReady(server: ChildProcess, url: string): Promise<void> {
  let said = '';
  server.stderr!.on('data', (chunk: Buffer) => (said += chunk.toString()));
  for (const giveUpAt = performance.now() + 60_000; ; await wait(30)) {
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      return await client.end();
    } catch (error) {
      await client.end().catch(() => undefined);
      const isOver = server.exitCode !== null || performance.now() > giveUpAt;
      if (isOver) throw new Error(`The PostgreSQL server did not start: ${said}`, { cause: error });
    }
  }
}
