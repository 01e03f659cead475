import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CACHE = `${ROOT}.cache/bench`;

/**
 * A database of `tickets` seeded tickets, made once for each state of schema and seeder.
 *
 * @returns the path of a copy that the caller may write to
 */
export function seededDatabase(tickets: number): string {
  mkdirSync(CACHE, { recursive: true });
  const kept = `${CACHE}/tickets-${tickets}-${stateOfSeeder()}.db`;
  if (!existsSync(kept)) {
    const path = `${CACHE}/seeding-${process.pid}.db`;
    const seeder = fileURLToPath(new URL('seed.ts', import.meta.url));
    const { status } = spawnSync(process.execPath, [seeder, '--tickets', String(tickets)], {
      env: { ...process.env, DATABASE_URL: `sqlite:${path}` },
      stdio: ['ignore', process.stderr, 'inherit'],
    });
    if (status !== 0) throw new Error('The benchmark database could not be seeded.');
    renameSync(path, kept);
  }
  const scratch = `${CACHE}/scratch-${process.pid}.db`;
  copyFileSync(kept, scratch);
  return scratch;
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function stateOfSeeder(): string {
  const hash = createHash('sha256').update(readFileSync(`${ROOT}schema.sql`));
  const folder = fileURLToPath(new URL('.', import.meta.url));
  const isSeeder = (name: string) =>
    name.endsWith('.ts') &&
    !/^(run|compare|database|operations|steps|http|load|streams|stream-server)\./.test(name);
  for (const name of readdirSync(folder).filter(isSeeder).sort()) hash.update(readFileSync(folder + name));
  return hash.digest('hex').slice(0, 10);
}
