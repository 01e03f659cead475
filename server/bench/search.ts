import type { TicketListQuery } from '../contract/tickets.ts';
import { mergeSearch } from '../db/merge-search.ts';
import { createTicket } from '../tickets/create.ts';
import { countTickets, listTickets } from '../tickets/list.ts';
import type { BenchApp } from './bench-app.ts';
import type { Figure } from './figure.ts';
import { longestTurn } from './longest-turn.ts';
import { countSteps, type Steps } from './steps.ts';
import { measureTyping } from './typing.ts';

const GOAL = { steps: { most: 600 }, pages: { most: 150 } };
const INSERTS = 10_000;
/** In so many, the server has put parts of the indexes together at least once: it does so every second. */
const BETWEEN_MERGES = 1000;

interface Asked {
  name: string;
  query: string;
  /** Filtered, sorted otherwise or deep: no limit is set for these. */
  free?: true;
}

const SEARCHES: readonly Asked[] = [
  { name: 'common word', query: 'q=invoice' },
  { name: 'rare word', query: 'q=zeppelin' },
  { name: 'absent word', query: 'q=xylophone' },
  { name: 'beginning of a word', query: 'q=invo' },
  { name: 'middle of a word', query: 'q=nvoic' },
  { name: 'one letter', query: 'q=i' },
  { name: 'two letters', query: 'q=in' },
  { name: 'two letters, absent', query: 'q=xq' },
  { name: 'several words', query: 'q=webhook+orders' },
  { name: 'common words that never meet', query: 'q=invoice+freezes' },
  { name: 'number', query: 'q=SUP-1042' },
  { name: 'leading part of a number', query: 'q=%2310' },
  { name: 'with a common filter', query: 'q=invoice&status=closed', free: true },
  {
    name: 'with a rare filter',
    query: 'q=invoice&status=waiting_user&priority=urgent&assignee=me',
    free: true,
  },
  { name: 'recently updated first', query: 'q=invoice&sort=updated', free: true },
  { name: 'rare word, most pressing first', query: 'q=zeppelin&sort=priority', free: true },
];

/** Searching, by SQLite's own counters; typed letter by letter against LIKE; and after many single inserts. */
export async function measureSearch(bench: BenchApp): Promise<Figure[]> {
  const base = { group: 'search', tickets: bench.tickets };
  for (let n = 0; n < 3; n++) await file(bench, 'Zeppelin over the harbour');
  // As a server that has been running for some minutes leaves them.
  while (await mergeSearch(bench.deps.db));
  const fresh = await countAll(bench);
  const figures: Figure[] = SEARCHES.flatMap(({ name, free }, n) => {
    const steps = fresh?.[n];
    if (!steps) return [];
    return [
      { ...base, name, unit: 'steps', value: steps.steps, ...(!free && { goal: GOAL.steps }) },
      { ...base, name, unit: 'pages', value: steps.pages, ...(!free && { goal: GOAL.pages }) },
    ] satisfies Figure[];
  });
  figures.push(...(await measureTyping(bench)));
  figures.push(...(await measureBadges(bench)));
  bench.raw.pragma('synchronous = OFF');
  for (let n = 0; n < INSERTS; n++) {
    if (n % BETWEEN_MERGES === 0) await mergeSearch(bench.deps.db);
    await file(bench, `Import of invoice ${n} stops in the webhook for orders`);
  }
  bench.raw.pragma('synchronous = FULL');
  const later = await countAll(bench);
  if (fresh && later) {
    const sum = (of: readonly Steps[]) =>
      of.reduce((total, { pages }, n) => total + (SEARCHES[n]!.free ? 0 : pages), 0);
    figures.push({
      ...base,
      name: `pages after ${INSERTS.toLocaleString('en')} single inserts, times before`,
      unit: '×',
      value: sum(later) / sum(fresh),
      goal: { most: 1.5 },
    });
  }
  return figures;
}

async function countAll(bench: BenchApp): Promise<Steps[] | null> {
  const works = [];
  for (const { query } of SEARCHES)
    works.push(await bench.record(bench.people.agent, `/api/tickets?${query}`));
  return countSteps(bench.path, works);
}

/** The badges beside the results, which count every hit: no turn of the event loop may take long over it. */
async function measureBadges(bench: BenchApp): Promise<Figure[]> {
  const { deps, people, tickets } = bench;
  const figures: Figure[] = [];
  // Compiled by another word: a count is kept for some seconds.
  await countTickets(deps, people.agent, { q: 'refund' });
  for (const q of ['invoice', 'in', 'zeppelin', '..']) {
    const { totalMs, longestMs } = await longestTurn(() => countTickets(deps, people.agent, { q }));
    figures.push(
      {
        group: 'search',
        name: `badges of “${q}”: longest turn`,
        unit: 'ms',
        value: longestMs,
        tickets,
        goal: { most: 50 },
      },
      { group: 'search', name: `badges of “${q}”: altogether`, unit: 'ms', value: totalMs, tickets },
    );
  }
  for (const query of [
    { q: '..' },
    { q: 'invoice', sort: 'updated' },
    { q: 'zeppelin', sort: 'priority' },
  ] as const) {
    const asked: TicketListQuery = { sort: 'newest', limit: 25, ...query };
    const { longestMs } = await longestTurn(() => listTickets(deps, people.agent, asked));
    const name = `list of “${query.q}”, ${asked.sort}: longest turn`;
    figures.push({ group: 'search', name, unit: 'ms', value: longestMs, tickets, goal: { most: 50 } });
  }
  return figures;
}

async function file(bench: BenchApp, subject: string): Promise<void> {
  const ticket = { subject, category: 'technical', priority: 'normal', description: 'As above.' } as const;
  await createTicket(bench.deps, bench.people.client, ticket, undefined);
}
