import { claimForOneself, findDamage, openExisting, schemaVersion } from '../db/maintain.ts';
import { DatabaseUnusable } from '../db/unusable.ts';
import { SCHEMA_VERSION } from '../db/migrations/index.ts';
import { keyOf, STEPS, type Key, type Row, type Step } from './tables.ts';

/** A SQLite database that nobody writes to while it is read. */
export interface Source {
  columns(step: Step): string[];
  count(step: Step): number;
  /** Rows behind `after`, a page at a time. */
  pages(step: Step, after: Key | null): Generator<Row[]>;
  /** What it gave last to a table that is numbered; 0: nothing yet. */
  lastNumber(table: string): number;
  /** How many tickets were dealt out in turn. */
  dealtOut(): number;
  /** The badges' counts. */
  counts(): Row[];
  /** Tells whether anything came, went or happened to a ticket. */
  fingerprint(): string;
  files(): Array<{ uid: string; size: number; sha256: string }>;
  close(): void;
}

const PAGE = 500;

/**
 * Opens the database for this process alone: what a server wrote meanwhile would be left behind.
 *
 * @throws DatabaseUnusable when there is none, when it is of another version, damaged or in use
 */
export function openSource(path: string): Source {
  const raw = openExisting(path);
  try {
    const version = schemaVersion(raw);
    if (version !== SCHEMA_VERSION) {
      throw new DatabaseUnusable(
        `${path} is of version ${version}, this program of ${SCHEMA_VERSION}: start its server once, which brings it up to date.`,
      );
    }
  } finally {
    raw.close();
  }
  if (!claimForOneself(path)) throw new DatabaseUnusable(`${path} is in use: stop the server first.`);
  const own = openExisting(path);
  try {
    // Others may look meanwhile, and not write.
    own.exec('BEGIN IMMEDIATE');
    own.pragma('query_only = ON');
    const [damage] = findDamage(own, false);
    if (damage !== undefined) throw new DatabaseUnusable(`${path} is damaged: ${damage}.`);
  } catch (error) {
    own.close();
    throw error;
  }
  const columns = (step: Step) =>
    (own.pragma(`table_info(${step.table})`) as Array<{ name: string }>).map(({ name }) => name);
  const count = ({ table, where = '1' }: Step) =>
    own.prepare<[], [number]>(`SELECT count(*) FROM ${table} WHERE ${where}`).raw().get()![0];
  const number = (sql: string, ...values: string[]) =>
    own
      .prepare<string[], [number | null]>(sql)
      .raw()
      .get(...values)?.[0] ?? 0;
  return {
    columns,
    count,
    *pages(step, after) {
      const names = columns(step).join(', ');
      const order = step.key.join(', ');
      const where = step.where ?? '1';
      const marks = step.key.map(() => '?').join(', ');
      const first = own.prepare(
        `SELECT ${names} FROM ${step.table} WHERE ${where} ORDER BY ${order} LIMIT ${PAGE}`,
      );
      const next = own.prepare(
        `SELECT ${names} FROM ${step.table} WHERE ${where} AND (${order}) > (${marks}) ORDER BY ${order} LIMIT ${PAGE}`,
      );
      for (let last = after; ;) {
        const rows = (last === null ? first.all() : next.all(...last)) as Row[];
        if (rows.length === 0) return;
        last = keyOf(step, rows.at(-1)!);
        yield rows.map(storable);
      }
    },
    lastNumber(table) {
      const column = STEPS.find((step) => step.table === table)!.key[0]!;
      const highest = number(`SELECT max(${column}) FROM ${table}`);
      return Math.max(highest, number('SELECT seq FROM sqlite_sequence WHERE name = ?', table));
    },
    dealtOut: () => number('SELECT round_robin_position FROM settings'),
    counts: () =>
      own
        .prepare<[], Row>(
          `SELECT status, priority, category, n FROM ticket_counts
           WHERE n <> 0 ORDER BY status, priority, category`,
        )
        .all(),
    fingerprint: () =>
      STEPS.map((step) => `${step.name} ${count(step)}`).join(', ') +
      `, history ${number('SELECT max(seq) FROM history')}`,
    files: () =>
      own
        .prepare<[], { uid: string; size: number; sha256: string }>(
          'SELECT uid, size, sha256 FROM attachments ORDER BY id',
        )
        .all(),
    close() {
      if (own.inTransaction) own.exec('ROLLBACK');
      own.close();
    },
  };
}

/** PostgreSQL has no NUL in its texts. No text that is checked holds one. */
function storable(row: Row): Row {
  for (const [column, value] of Object.entries(row)) {
    if (typeof value === 'string' && value.includes('\0')) row[column] = value.replaceAll('\0', '\ufffd');
  }
  return row;
}
