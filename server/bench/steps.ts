import { spawnSync } from 'node:child_process';
import { isReading, type Executed } from './record.ts';

/** What SQLite itself counts: the same on a busy machine and on an idle one. */
export interface Steps {
  /** Of its virtual machine; work inside full-text search is not among them. */
  steps: number;
  /** Of the database, each counted once for a piece of work. */
  pages: number;
  /** Stepped over in walks of a whole table. */
  scanned: number;
  sorts: number;
}

const COUNTERS: Record<keyof Steps, string> = {
  steps: 'Virtual Machine Steps',
  pages: 'Page cache misses',
  scanned: 'Fullscan Steps',
  sorts: 'Sort Operations',
};

/** A placeholder, or what may hold a question mark that is none. */
const TOKEN = /'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n]*|\/\*[\s\S]*?\*\/|\?\d*/g;

/**
 * Runs what reads of each piece of work in the `sqlite3` shell, which hands out SQLite's counters; the driver does not.
 * Every piece begins with an empty cache.
 *
 * @param path of a database that is open here: its shared memory is there then
 * @returns in the order of `works`; null where there is no shell, or one too old for the database
 */
export function countSteps(path: string, works: ReadonlyArray<readonly Executed[]>): Steps[] | null {
  const input = [
    '.stats on',
    // The first statement reads the schema, which an open connection knows.
    'SELECT count(*) FROM settings;',
    ...works.flatMap((work, n) => [
      'PRAGMA shrink_memory;',
      `.print @@${n}`,
      ...work.filter(isReading).map((statement) => `${literal(statement)};`),
    ]),
  ].join('\n');
  const options = ['-batch', '-bail', '-cmd', 'PRAGMA cache_size = -256000', '-cmd', 'PRAGMA mmap_size = 0'];
  const { status, stdout } = spawnSync('sqlite3', ['-readonly', ...options, path], {
    input,
    encoding: 'utf8',
    maxBuffer: 2 ** 30,
  });
  if (status !== 0) return null;
  const parts = stdout.split(/^@@\d+\n/m).slice(1);
  if (parts.length !== works.length) return null;
  return parts.map((part, n) => {
    const last = n === parts.length - 1 ? part : part.slice(0, lastStatement(part));
    const counted = Object.fromEntries(
      Object.entries(COUNTERS).map(([name, title]) => [name, sumOf(last, title)]),
    ) as unknown as Steps;
    return { ...counted, steps: counted.steps - stepsOfLimits(works[n]!) };
  });
}

/** What a statement that was left early does here to be left: set a counter, count down with each row, and halt. */
function stepsOfLimits(work: readonly Executed[]): number {
  return work.filter(isReading).reduce((sum, { rows }) => sum + (rows === undefined ? 0 : rows + 2), 0);
}

/** Where the report of the pragma that follows begins: it is no part of the work. */
function lastStatement(part: string): number {
  const at = part.lastIndexOf('Memory Used:');
  return at < 0 ? part.length : at;
}

function sumOf(part: string, title: string): number {
  let sum = 0;
  for (const match of part.matchAll(new RegExp(`^${title}: +(\\d+)$`, 'gm'))) sum += Number(match[1]);
  return sum;
}

function literal({ sql, parameters, rows }: Executed): string {
  let at = 0;
  const text = sql.replace(TOKEN, (token) => {
    if (!token.startsWith('?')) return token;
    return quote(parameters[token === '?' ? at++ : Number(token.slice(1)) - 1]);
  });
  return rows === undefined ? text : `${text} LIMIT ${rows}`;
}

function quote(value: unknown): string {
  if (value === null || value === undefined) return 'NULL';
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value !== 'string') throw new Error('Only texts and numbers are bound by what reads.');
  return `'${value.replaceAll("'", "''")}'`;
}
