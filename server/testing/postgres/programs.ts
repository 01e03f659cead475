import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEBIAN = '/usr/lib/postgresql';
const ELSEWHERE = ['/opt/homebrew/bin', '/usr/local/bin', '/usr/local/pgsql/bin', '/usr/pgsql/bin'];
const NEEDED = ['initdb', 'postgres'];

/**
 * The folder with the programs of a PostgreSQL server; where there is none, Debian's are installed.
 *
 * @throws Error when there are none and none could be installed
 */
export function findPrograms(): string {
  const found = search();
  if (found) return found;
  console.log('No PostgreSQL server on this machine: installing the package postgresql for the tests.');
  install();
  const installed = search();
  if (installed) return installed;
  throw new Error(
    'The tests on PostgreSQL need its programs (initdb, postgres), and none could be installed. Install the package postgresql by hand, or put their folder into PATH.',
  );
}

function search(): string | undefined {
  const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN) : [];
  const newestFirst = versions
    .sort((a, b) => Number(b) - Number(a))
    .map((version) => join(DEBIAN, version, 'bin'));
  const folders = [
    ...newestFirst,
    ...(process.env['PATH'] ?? '').split(delimiter),
    ...ELSEWHERE,
    ...homebrew(),
  ];
  return folders.find((folder) => NEEDED.every((name) => folder !== '' && existsSync(join(folder, name))));
}

/** Homebrew keeps those of a certain version out of PATH. */
function homebrew(): string[] {
  return ['/opt/homebrew/opt', '/usr/local/opt'].flatMap((folder) =>
    existsSync(folder)
      ? readdirSync(folder)
          .filter((name) => /^postgresql@\d+$/.test(name))
          .map((name) => join(folder, name, 'bin'))
      : [],
  );
}

function install(): void {
  if (!existsSync('/usr/bin/apt-get')) return;
  const isRoot = process.getuid?.() === 0;
  if (isRoot && !existsSync('/etc/postgresql-common')) {
    // The package would start a server of its own otherwise.
    mkdirSync('/etc/postgresql-common', { recursive: true });
    writeFileSync('/etc/postgresql-common/createcluster.conf', 'create_main_cluster = false\n');
  }
  const apt = (...args: string[]) => {
    const command = ['env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    if (!isRoot) command.unshift('sudo', '-n');
    spawnSync(command[0]!, command.slice(1), { stdio: 'inherit' });
  };
  apt('update', '-qq');
  apt('install', '-y', '-qq', '--no-install-recommends', 'postgresql');
}
