/**
 * `npm run bench -- [--tickets N] [--json]`: what the hot paths cost, in figures that a busy machine does not blur:
 * ratios within this run, query plans, statements, bytes, and where the `sqlite3` shell is installed SQLite's own
 * counters. Microseconds stand beside them for orientation.
 */
import { parseArgs } from 'node:util';
import { Kysely, SqliteDialect, type CompiledQuery } from 'kysely';
import { openDatabase, type RawDatabase } from '../db/open.ts';
import { withStablePlan } from '../db/stable-plan.ts';
import type { Tables } from '../db/tables.ts';
import type { Actor, Deps } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { encodeTicketCursor } from '../tickets/cursor.ts';
import { compare } from './compare.ts';
import { removeDatabase, seededDatabase } from './database.ts';
import { measureHttp, type HttpFigures } from './http.ts';
import { operations, type Operation } from './operations.ts';
import { countSteps, type Steps } from './steps.ts';

interface Figures {
  operation: string;
  micros: number;
  /** Against the same statements, prepared once and called straight. */
  timesRaw: number | null;
  /** How many times cheaper than without indexes, counters and search tables; below 1: dearer. */
  naiveTimes: number | null;
  /** Of a write: how many times as dear as one bare row. */
  timesBare: number | null;
  /** Of what it reads; null without the shell, and for writes. */
  counted: Steps | null;
  statements: number;
  bytes: number;
  /**
   * Steps of the plan that sort, or walk a table from its end: `SCAN tickets` under a limit is the newest page, without
   * one it would be the whole table.
   */
  plan: string[];
}

const { values } = parseArgs({
  options: { tickets: { type: 'string', default: '10000' }, json: { type: 'boolean', default: false } },
});
const tickets = Number(values.tickets);
if (!Number.isInteger(tickets) || tickets < 1000 || tickets > 10_000_000) {
  console.error('--tickets: a whole number from 1000 to 10000000.');
  process.exit(1);
}

const path = seededDatabase(tickets);
const database = openDatabase(path);
try {
  const { raw, db } = database;
  raw.exec('CREATE TABLE bench_bare (id INTEGER PRIMARY KEY, subject TEXT, body TEXT, at INTEGER) STRICT');
  const deps = createDeps(db);
  const figures: Figures[] = [];
  for (const operation of operations(pickSample(deps, raw)))
    figures.push(await measure(operation, deps, raw));
  const perTicket = bytesPerTicket(raw, tickets);
  const http = await measureHttp(path, raw);
  if (values.json) {
    console.log(JSON.stringify({ tickets, bytesPerTicket: perTicket, figures, http }, null, 2));
  } else print(figures, perTicket, http);
} finally {
  await database.close();
  removeDatabase(path);
}

async function measure(operation: Operation, deps: Deps, raw: RawDatabase): Promise<Figures> {
  const { name, run, naive, bare } = operation;
  const recorded: CompiledQuery[] = [];
  const recording = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: raw }),
    log: ({ query }) => void recorded.push(query),
  });
  const answer = await run({ ...deps, db: recording });
  const statements = recorded.filter(({ sql }) => !/^(begin|commit|rollback|savepoint|release)/.test(sql));
  const replay = statements.map(({ sql, parameters }) => ({
    statement: raw.prepare(withStablePlan(sql)),
    parameters,
  }));
  const replayAll = () => {
    for (const { statement, parameters } of replay) {
      if (statement.reader) statement.all(...parameters);
      else statement.run(...parameters);
    }
  };
  const work = () => run(deps);
  const { micros, ratio } = await compare(work, bare ? undefined : replayAll);
  const againstNaive = naive ? await compare(() => naive(raw), work) : null;
  const againstBare = bare ? await compare(work, () => bare(raw)) : null;
  return {
    operation: name,
    micros,
    timesRaw: ratio,
    naiveTimes: againstNaive?.ratio ?? null,
    timesBare: againstBare?.ratio ?? null,
    counted: bare ? null : countSteps(path, statements),
    statements: statements.length,
    bytes: Buffer.byteLength(JSON.stringify(answer)),
    plan: [...new Set(statements.flatMap((query) => costlySteps(raw, query)))],
  };
}

function costlySteps(raw: RawDatabase, { sql, parameters }: CompiledQuery): string[] {
  const plan = raw
    .prepare<unknown[], { detail: string }>(`EXPLAIN QUERY PLAN ${withStablePlan(sql)}`)
    .all(...parameters);
  const isCostly = (detail: string) => /^SCAN (?!page|\(|.*(INDEX|CONSTANT ROW))|TEMP B-TREE/.test(detail);
  return plan.map(({ detail }) => detail).filter(isCostly);
}

function createDeps(db: Deps['db']): Deps {
  const silent = () => {};
  return {
    config: createTestConfig(),
    db,
    clock: { now: () => Date.now() },
    log: { debug: silent, info: silent, warn: silent, error: silent },
    storage: { delete: async () => {} } as unknown as Deps['storage'],
    live: createLiveHub(),
    mail: { send: async () => ({ state: 'captured' }) },
  };
}

function pickSample(deps: Deps, raw: RawDatabase) {
  const actorOf = (where: string): Actor => {
    const row = raw
      .prepare(`SELECT id, external_id, name, email, role FROM users WHERE ${where} LIMIT 1`)
      .get() as {
      id: number;
      external_id: string;
    } & Pick<Actor, 'name' | 'email' | 'role'>;
    return { userId: row.id, id: row.external_id, name: row.name, email: row.email, role: row.role };
  };
  const agent = actorOf("role <> 'client'");
  const middle = raw
    .prepare('SELECT id, requester_id FROM tickets ORDER BY id LIMIT 1 OFFSET ?')
    .get(tickets / 2) as {
    id: number;
    requester_id: number;
  };
  return {
    number: `${deps.config.ticketPrefix}-${middle.id}`,
    agent,
    client: actorOf(`id = ${middle.requester_id}`),
    deep: encodeTicketCursor('newest', { id: middle.id, updatedAt: 0, priority: 'normal' }),
  };
}

function bytesPerTicket(raw: RawDatabase, count: number): number {
  return Math.round(
    (Number(raw.pragma('page_count', { simple: true })) * Number(raw.pragma('page_size', { simple: true }))) /
      count,
  );
}

function print(figures: Figures[], perTicket: number, http: HttpFigures): void {
  const number = (value: number | null, digits = 2) => (value === null ? '–' : value.toFixed(digits));
  console.log(
    `${tickets.toLocaleString('en')} tickets, ${perTicket.toLocaleString('en')} bytes of database a ticket\n`,
  );
  console.log(
    'operation                     µs   × raw   naive ×   × bare   steps  pages  stmts   bytes   scans and sorts',
  );
  for (const row of figures) {
    const cells = [
      row.operation.padEnd(26),
      number(row.micros, 0).padStart(6),
      number(row.timesRaw).padStart(7),
      number(row.naiveTimes, 1).padStart(9),
      number(row.timesBare, 1).padStart(8),
      String(row.counted?.steps ?? '–').padStart(7),
      String(row.counted?.pages ?? '–').padStart(6),
      String(row.statements).padStart(6),
      String(row.bytes).padStart(7),
      `   ${row.plan.join('; ') || 'none'}`,
    ];
    console.log(cells.join(' '));
  }
  const { ours, bare, timesBare } = http;
  console.log(
    `\nlist over HTTP, signed in: ${ours.toFixed(0)} µs of processor; bare Hono and a prepared statement ${bare.toFixed(0)} µs: ${timesBare.toFixed(2)} × as many requests (to reach: 0.9)`,
  );
  console.log('to reach: list ≤ 1.1 × raw, create ≤ 2.5 × bare, 16 at once ≤ 1.2 × bare, badges ≤ 750 steps');
}
