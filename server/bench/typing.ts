import { listTickets } from '../tickets/list.ts';
import type { BenchApp } from './bench-app.ts';
import type { Figure } from './figure.ts';

const TYPED = [
  'invoice 4',
  'zeppelin',
  'dashboard',
  'cannot sign in',
  'xylophone',
  'webhook for orders',
  'nvoic',
];
const LIKE = `SELECT id, subject, status, priority, category, created_at, updated_at FROM tickets
  WHERE subject LIKE ? ORDER BY id DESC LIMIT 25`;

/** Words typed letter by letter, each letter a search: the slowest of a hundred, ours against LIKE. */
export async function measureTyping(bench: BenchApp): Promise<Figure[]> {
  const { deps, people, raw, tickets } = bench;
  const steps = TYPED.flatMap((text) => [...text].map((_, n) => text.slice(0, n + 1)));
  const like = raw.prepare(LIKE);
  const ours = await timesOf(steps, (q) => listTickets(deps, people.agent, { sort: 'newest', limit: 25, q }));
  const theirs = await timesOf(steps, (q) => like.all(`%${q}%`));
  const name = `typed letter by letter, ${steps.length} searches`;
  return [
    {
      group: 'search',
      name: `${name}: p99, times LIKE's`,
      unit: '×',
      value: p99(ours) / p99(theirs),
      tickets,
      goal: tickets >= 100_000 ? { most: 0.1 } : {},
    },
    { group: 'search', name: `${name}: p99`, unit: 'µs', value: p99(ours) * 1000, tickets },
  ];
}

/** @returns milliseconds of each, the best of a few: a stall of the machine is none of ours */
async function timesOf(queries: readonly string[], run: (q: string) => unknown): Promise<number[]> {
  const best = queries.map(() => Infinity);
  for (let round = 0; round < 3; round++) {
    for (const [n, q] of queries.entries()) {
      const start = performance.now();
      await run(q);
      best[n] = Math.min(best[n]!, performance.now() - start);
    }
  }
  return best;
}

function p99(times: readonly number[]): number {
  const sorted = [...times].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(sorted.length * 0.99) - 1)] ?? NaN;
}
