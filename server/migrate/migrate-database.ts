import { createHash } from 'node:crypto';
import { isDeepStrictEqual } from 'node:util';
import type { PostgresConfig } from '../config-database.ts';
import type { Source } from './source.ts';
import { STEPS, type Row, type Step } from './tables.ts';
import { withTarget, type Target } from './target.ts';

/** Says in one sentence why what was copied is not what was there. */
export class MigrationFailed extends Error {}

export interface MigrateOptions {
  restart: boolean;
  /** A line of progress. */
  say(line: string): void;
  /** Done with everything that the database names, before it becomes a support center. */
  copyFiles(): Promise<void>;
}

/** Milliseconds between two lines about the same table. */
const SAY_EVERY_MS = 2000;

/**
 * Copies every table with its ids, row by row as they are, then reads both sides again and compares.
 *
 * @throws DatabaseUnusable when the target is not empty; MigrationFailed when the two differ in the end
 */
export async function migrateDatabase(
  source: Source,
  config: PostgresConfig,
  { restart, say, copyFiles }: MigrateOptions,
): Promise<void> {
  const fingerprint = source.fingerprint();
  await withTarget(config, { fingerprint, restart }, async (target, resumed) => {
    if (resumed) say('Going on with the migration that was interrupted.');
    for (const step of STEPS) await copy(step, source, target, say);
    await continueNumbers(source, target);
    await copyFiles();
    for (const step of STEPS) await compare(step, source, target, say);
    if (!isDeepStrictEqual(await target.counts(), source.counts())) {
      throw new MigrationFailed('The badges count other tickets than in the source: --restart begins anew.');
    }
    await target.finish();
  });
}

async function copy(step: Step, source: Source, target: Target, say: (line: string) => void): Promise<void> {
  const columns = source.columns(step);
  const there = await target.columns(step);
  if (columns.length !== there.length || columns.some((column) => !there.includes(column))) {
    throw new MigrationFailed(`The columns of ${step.table} differ: ${columns.join()} and ${there.join()}.`);
  }
  const total = source.count(step);
  const { copied: before, last } = await target.progress(step);
  let copied = before;
  let said = performance.now();
  for (const rows of source.pages(step, last)) {
    await target.insert(step, rows, columns);
    copied += rows.length;
    if (performance.now() - said < SAY_EVERY_MS || copied === total) continue;
    said = performance.now();
    say(`${step.name}: ${count(copied)} of ${count(total)}`);
  }
  if (total > 0) say(`${step.name}: ${count(copied)} copied`);
}

/** What is numbered goes on where it was, also past what was deleted: no number is given twice. */
async function continueNumbers(source: Source, target: Target): Promise<void> {
  for (const { table, numbered } of STEPS) {
    if (numbered) await target.continueAt(table, source.lastNumber(table));
  }
  await target.continueSequence('history_seq', source.lastNumber('history'), true);
  await target.continueSequence('round_robin_position', source.dealtOut(), false);
}

async function compare(
  step: Step,
  source: Source,
  target: Target,
  say: (line: string) => void,
): Promise<void> {
  const columns = source.columns(step);
  const here = await digest(source.pages(step, null), columns);
  const there = await digest(target.pages(step, columns), columns);
  if (here.rows !== there.rows || here.sha256 !== there.sha256) {
    throw new MigrationFailed(
      `${step.name} differs: ${count(here.rows)} rows here, ${count(there.rows)} there` +
        `${here.rows === there.rows ? ', with other contents' : ''}. Nothing serves from it; --restart begins anew.`,
    );
  }
  if (here.rows > 0) say(`${step.name}: ${count(here.rows)} compared, sha256 ${here.sha256.slice(0, 16)}…`);
}

async function digest(
  pages: Iterable<Row[]> | AsyncIterable<Row[]>,
  columns: string[],
): Promise<{ rows: number; sha256: string }> {
  const hash = createHash('sha256');
  let rows = 0;
  for await (const page of pages) {
    for (const row of page) hash.update(`${JSON.stringify(columns.map((column) => row[column]))}\n`);
    rows += page.length;
  }
  return { rows, sha256: hash.digest('hex') };
}

function count(n: number): string {
  return n.toLocaleString('en');
}
