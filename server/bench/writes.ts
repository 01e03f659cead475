import { statSync } from 'node:fs';
import { openExisting } from '../db/maintain.ts';
import type { RawDatabase } from '../db/open.ts';
import { changeTicket } from '../tickets/control.ts';
import { createTicket } from '../tickets/create.ts';
import { postMessage } from '../tickets/reply.ts';
import type { BenchApp } from './bench-app.ts';
import { compare } from './compare.ts';
import type { Figure, Goal } from './figure.ts';

const AT_ONCE = 16;
const FLAT = { growth: 2 };
const NEW_TICKET = {
  subject: 'A benchmark asks for help',
  category: 'technical',
  priority: 'normal',
  description: 'The quick brown fox files a ticket.',
} as const;

interface Write {
  name: string;
  run(): Promise<unknown>;
  goal: Goal;
  /** How many of the bare rows it is held against. */
  rows: number;
}

/** What is written, as durably as one bare row is; and how much of it, by what the log grows. */
export async function measureWrites(bench: BenchApp): Promise<Figure[]> {
  const { raw, deps, people } = bench;
  raw.exec(
    'CREATE TABLE IF NOT EXISTS bench_bare (id INTEGER PRIMARY KEY, subject TEXT, body TEXT, at INTEGER) STRICT',
  );
  const bare = raw.prepare('INSERT INTO bench_bare (subject, body, at) VALUES (?, ?, ?)');
  const create = () => createTicket(deps, people.client, NEW_TICKET, undefined);
  await create();
  const bareRows = copyLastTicket(raw);
  const next = spreadNumbers(bench);
  let turn = 0;
  const writes: Write[] = [
    { name: 'create', run: create, goal: { most: 2.5, ...FLAT }, rows: 1 },
    {
      name: `${AT_ONCE} creates at once`,
      run: () => Promise.all(Array.from({ length: AT_ONCE }, create)),
      goal: { most: 1.2, ...FLAT },
      rows: AT_ONCE,
    },
    {
      name: 'reply',
      run: () => postMessage(deps, people.agent, next(), { body: 'Thank you, we are on it.' }, undefined),
      goal: FLAT,
      rows: 1,
    },
    {
      name: 'status change',
      run: () => {
        const status = (['open', 'in_progress'] as const)[turn++ % 2]!;
        return changeTicket(deps, people.agent, next(), { status }, '*');
      },
      goal: FLAT,
      rows: 1,
    },
  ];
  const base = { group: 'writes', tickets: bench.tickets };
  const figures: Figure[] = [];
  for (const { name, run, goal, rows } of writes) {
    const { micros, ratio } = await compare(run, () => {
      for (let n = 0; n < rows; n++) bare.run('A', 'The', 1);
    });
    const pages = await pagesLogged(bench, run);
    figures.push(
      {
        ...base,
        name: `${name}, times ${rows === 1 ? 'a bare row' : `${rows} bare rows`}`,
        unit: '×',
        value: ratio ?? NaN,
        goal,
      },
      { ...base, name: `${name}: pages written`, unit: 'pages', value: pages, goal: FLAT },
      { ...base, name, unit: 'µs', value: micros },
    );
  }
  const { ratio } = await compare(create, bareRows);
  figures.push({ ...base, name: 'create, times its rows in bare tables', unit: '×', value: ratio ?? NaN });
  return figures;
}

/** What a new ticket consists of, and by what the last one is found. */
const PARTS = { tickets: 'id', messages: 'id', ticket_reads: 'ticket_id', history: 'seq', outbox: 'id' };

/** Writes the very rows of the last ticket, in one durable transaction, into tables that nothing hangs on. */
function copyLastTicket(raw: RawDatabase): () => void {
  const inserts = Object.entries(PARTS).map(([table, key]) => {
    raw.exec(`CREATE TABLE IF NOT EXISTS bench_${table} AS SELECT * FROM ${table} LIMIT 0`);
    const row = raw.prepare(`SELECT * FROM ${table} ORDER BY ${key} DESC LIMIT 1`).raw().get() as unknown[];
    const insert = raw.prepare(`INSERT INTO bench_${table} VALUES (${row.map(() => '?').join(', ')})`);
    return () => insert.run(row);
  });
  return raw.transaction(() => {
    for (const insert of inserts) insert();
  });
}

/** Pages that one call adds to the write-ahead log, on average. */
async function pagesLogged({ raw, path }: BenchApp, run: () => Promise<unknown>): Promise<number> {
  const CALLS = 100;
  const FRAME = 4096 + 24;
  const before = setCheckpoints(raw, 0);
  raw.pragma('wal_checkpoint(TRUNCATE)');
  await run();
  // While somebody reads what is in it, the log is not begun anew, whoever moves it into the file.
  const reader = openExisting(path);
  reader.exec('BEGIN; SELECT 1 FROM settings');
  const first = statSync(`${path}-wal`).size;
  for (let n = 0; n < CALLS; n++) await run();
  const size = statSync(`${path}-wal`).size - first;
  reader.close();
  setCheckpoints(raw, before);
  return size / FRAME / CALLS;
}

function setCheckpoints(raw: RawDatabase, pages: number): number {
  const before = raw.pragma('wal_autocheckpoint', { simple: true }) as number;
  raw.pragma(`wal_autocheckpoint = ${pages}`);
  return before;
}

/** Numbers of tickets from all over, never two close to each other: nobody works on one page of the database. */
function spreadNumbers({ deps, tickets }: BenchApp): () => string {
  let at = 0;
  return () => {
    at = (at + Math.floor(tickets * 0.381)) % tickets;
    return `${deps.config.ticketPrefix}-${1001 + at}`;
  };
}
