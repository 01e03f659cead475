import { spawnSync } from 'node:child_process';
import type { CompiledQuery } from 'kysely';
import { withStablePlan } from '../db/stable-plan.ts';

/** What SQLite itself counts: the same on a busy machine and on an idle one. */
export interface Steps {
  /** Of its virtual machine; work inside full-text search is not among them. */
  steps: number;
  /** Of the database, each counted once. */
  pages: number;
}

/**
 * Runs those of the statements that read in the `sqlite3` shell, which hands out SQLite's counters; the driver does not.
 *
 * @returns null where there is no shell, or one too old for the database
 */
export function countSteps(path: string, statements: readonly CompiledQuery[]): Steps | null {
  const first = measure(path, '');
  const reading = statements.filter((query) => /^select/i.test(query.sql));
  const all = measure(path, reading.map((query) => `${literal(query)};\n`).join(''));
  if (!first || !all) return null;
  return { steps: all.steps - first.steps, pages: all.pages - first.pages };
}

function measure(path: string, sql: string): Steps | null {
  // The first statement reads the schema, which an open connection knows.
  const input = `.stats on\nSELECT count(*) FROM settings;\n${sql}`;
  const options = ['-batch', '-bail', '-cmd', 'PRAGMA cache_size = -256000', '-cmd', 'PRAGMA mmap_size = 0'];
  const { status, stdout } = spawnSync('sqlite3', ['-readonly', ...options, path], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (status !== 0) return null;
  const values = (name: string) =>
    [...stdout.matchAll(new RegExp(`^${name}: +(\\d+)$`, 'gm'))].map((match) => Number(match[1]));
  // Both count from one statement to the next.
  const steps = values('Virtual Machine Steps');
  const pages = values('Page cache misses');
  if (steps.length === 0 || pages.length !== steps.length) return null;
  const sum = (numbers: number[]) => numbers.reduce((total, n) => total + n, 0);
  return { steps: sum(steps), pages: sum(pages) };
}

function literal({ sql, parameters }: CompiledQuery): string {
  let at = 0;
  // Marked first, so that question marks within strings are not taken for placeholders.
  return withStablePlan(sql).replaceAll('+?', () => `+${quote(parameters[at++])}`);
}

function quote(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') throw new Error('Only texts and numbers are bound by what reads.');
  return `'${value.replaceAll("'", "''")}'`;
}
