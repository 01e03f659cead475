import { listTicketsAsJson } from '../tickets/list.ts';
import { listMessagesAsJson, readTicket } from '../tickets/read.ts';
import type { BenchApp } from './bench-app.ts';
import { compare } from './compare.ts';
import type { Figure } from './figure.ts';
import { growThread } from './grow-thread.ts';
import { isReading } from './record.ts';
import { countSteps } from './steps.ts';

const LIMIT = 100;
/** What a reader waits for must not grow with the number of tickets. */
const FLAT = { growth: 2 };

/** Conversations, and what our repository costs over the same statements prepared once and called straight. */
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
  const works = [];
  for (const { path } of kinds) works.push(await bench.record(agent, path));
  const counted = countSteps(bench.path, works);
  const figures: Figure[] = [];
  for (const [n, { name, run }] of kinds.entries()) {
    const replay = works[n]!.filter(isReading).map(({ sql, parameters }) => {
      const statement = bench.raw.prepare(sql);
      return () => statement.all(...parameters);
    });
    const { micros, ratio } = await compare(run, () => {
      for (const again of replay) again();
    });
    const steps = counted?.[n];
    if (steps) {
      figures.push({ ...base, name, unit: 'steps', value: steps.steps, goal: FLAT });
      figures.push({ ...base, name, unit: 'pages', value: steps.pages, goal: FLAT });
    }
    figures.push({ ...base, name: `${name}, times its bare statements`, unit: '×', value: ratio ?? NaN });
    figures.push({ ...base, name, unit: 'µs', value: micros, goal: FLAT });
  }
  return figures;
}
