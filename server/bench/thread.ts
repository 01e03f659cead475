import { readCards } from '../db/ticket-cards.ts';
import { listTicketsAsJson } from '../tickets/list.ts';
import { findThread, readBareMessages } from '../tickets/message-repository.ts';
import { parseNumber } from '../tickets/numbers.ts';
import { listMessagesAsJson, readTicket } from '../tickets/read.ts';
import { readTicketRow } from '../tickets/repository.ts';
import type { BenchApp } from './bench-app.ts';
import { compare } from './compare.ts';
import type { Figure } from './figure.ts';
import { growThread } from './grow-thread.ts';
import { isReading, type Executed } from './record.ts';
import { countSteps } from './steps.ts';

const LIMIT = 100;
/** What a reader waits for must not grow with the number of tickets. */
const FLAT = { growth: 2 };

/** What a repository may cost over its statements. */
const REPOSITORY = { most: 1.1 };

/**
 * Conversations, and what our repository costs over the same statements prepared once and called straight: alone, and
 * with the JSON that is made of what it reads.
 */
export async function measureThread(bench: BenchApp): Promise<Figure[]> {
  const { agent } = bench.people;
  const [short, long] = [growThread(bench, 50, 0.4), growThread(bench, 2000, 0.6)];
  const base = { group: 'thread', tickets: bench.tickets };
  const first = (number: string) => listMessagesAsJson(bench.deps, agent, number, { limit: LIMIT });
  const { nextCursor } = JSON.parse((await first(long)).join('')) as { nextCursor: string };
  const later = { limit: LIMIT, cursor: nextCursor };
  const kinds = [
    { name: '50 messages', path: `/api/tickets/${short}/messages?limit=${LIMIT}`, run: () => first(short) },
    {
      name: 'first 100 of 2,000',
      path: `/api/tickets/${long}/messages?limit=${LIMIT}`,
      run: () => first(long),
    },
    {
      name: 'next 100 of 2,000',
      path: `/api/tickets/${long}/messages?limit=${LIMIT}&cursor=${nextCursor}`,
      run: () => listMessagesAsJson(bench.deps, agent, long, later),
    },
    { name: 'the ticket', path: `/api/tickets/${short}`, run: () => readTicket(bench.deps, agent, short) },
    {
      name: 'list of 25',
      path: '/api/tickets',
      run: () => listTicketsAsJson(bench.deps, agent, { sort: 'newest', limit: 25 }),
    },
  ];
  const id = parseNumber(bench.deps.config.ticketPrefix, short)!;
  const part = { notes: true, after: 0, limit: LIMIT + 1 };
  const page = { scope: {}, sort: 'newest', limit: 26 } as const;
  const { db } = bench.deps;
  const repository: Record<string, { statements: RegExp; run: () => Promise<unknown> }> = {
    '50 messages': {
      statements: / FROM (tickets LEFT JOIN ticket_reads|messages) /,
      run: async () => [await findThread(db, id, agent.userId), await readBareMessages(db, id, part)],
    },
    'the ticket': { statements: / FROM tickets AS t /, run: () => readTicketRow(db, id, agent.userId) },
    'list of 25': {
      statements: / FROM (tickets|ticket_reads) /,
      run: () => readCards(db, page, agent.userId),
    },
  };
  const works = [];
  for (const { path } of kinds) works.push(await bench.record(agent, path));
  const counted = countSteps(bench.path, works);
  const figures: Figure[] = [];
  for (const [n, { name, run }] of kinds.entries()) {
    const bare = works[n]!.filter(isReading);
    const { micros, ratio } = await compare(run, replay(bench, bare));
    const rows = repository[name];
    if (rows) {
      const of = bare.filter(({ sql }) => rows.statements.test(sql.replace(/\s+/g, ' ')));
      const { ratio: times } = await compare(rows.run, replay(bench, of));
      const told = `${name}, repository to its statements`;
      figures.push({ ...base, name: told, unit: '×', value: times ?? NaN, goal: REPOSITORY });
    }
    const steps = counted?.[n];
    if (steps) {
      figures.push({ ...base, name, unit: 'steps', value: steps.steps, goal: FLAT });
      figures.push({ ...base, name, unit: 'pages', value: steps.pages, goal: FLAT });
    }
    figures.push({
      ...base,
      name: `${name}, with its JSON, to the statements`,
      unit: '×',
      value: ratio ?? NaN,
    });
    figures.push({ ...base, name, unit: 'µs', value: micros, goal: FLAT });
  }
  return figures;
}

function replay({ raw }: BenchApp, executed: readonly Executed[]): () => void {
  const statements = executed.map(({ sql, parameters }) => ({ statement: raw.prepare(sql), parameters }));
  return () => {
    for (const { statement, parameters } of statements) statement.all(...parameters);
  };
}
