import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  constants,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
} from 'node:fs';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const ROOM = fileURLToPath(new URL('.', import.meta.url));
const CACHE = `${ROOT}.cache/bench`;
/** What decides what a seeded database looks like, besides the schema. */
const SEEDER = ['bulk', 'fill', 'loader', 'people', 'phrases', 'random', 'seed', 'story', 'vocabulary'];

/**
 * A database of `tickets` seeded tickets, made once for each state of schema and seeder. A million take about a minute
 * and a half, and two gigabytes.
 *
 * @returns the path of a copy that the caller may write to
 */
export function seededDatabase(tickets: number): string {
  mkdirSync(CACHE, { recursive: true });
  const kept = `${CACHE}/tickets-${tickets}-${stateOfSeeder()}.db`;
  if (!existsSync(kept)) {
    // Those of an earlier state are of no use to anybody any more.
    for (const name of readdirSync(CACHE))
      if (name.startsWith(`tickets-${tickets}-`)) rmSync(`${CACHE}/${name}`);
    seed(kept, tickets);
  }
  const scratch = `${CACHE}/scratch-${process.pid}-${tickets}.db`;
  copyFileSync(kept, scratch, constants.COPYFILE_FICLONE);
  return scratch;
}

export function removeDatabase(path: string): void {
  for (const suffix of ['', '-wal', '-shm']) rmSync(path + suffix, { force: true });
}

function seed(kept: string, tickets: number): void {
  const path = `${CACHE}/seeding-${process.pid}.db`;
  process.stderr.write(`Seeding ${tickets.toLocaleString('en')} tickets, once.\n`);
  const { status } = spawnSync(process.execPath, [`${ROOM}seed.ts`, '--tickets', String(tickets)], {
    env: { ...process.env, DATABASE_URL: `sqlite:${path}` },
    stdio: ['ignore', process.stderr, 'inherit'],
  });
  if (status !== 0) throw new Error('The benchmark database could not be seeded.');
  renameSync(path, kept);
}

function stateOfSeeder(): string {
  const hash = createHash('sha256').update(readFileSync(`${ROOT}schema.sql`));
  for (const name of SEEDER) hash.update(readFileSync(`${ROOM}${name}.ts`));
  return hash.digest('hex').slice(0, 10);
}
