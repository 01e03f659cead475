import { countTickets } from '../tickets/list.ts';
import type { BenchApp } from './bench-app.ts';
import { compare } from './compare.ts';
import type { Figure } from './figure.ts';
import { countSteps } from './steps.ts';

const GOAL = { steps: { most: 750, growth: 1.05 }, pages: { most: 4 } };
const NAIVE = 'SELECT +status, count(*) FROM tickets GROUP BY +status';

/** The counts on the badges, under every kind of filter. */
export async function measureBadges(bench: BenchApp): Promise<Figure[]> {
  const { agent, client, busiest } = bench.people;
  const kinds = [
    { name: 'all tickets', actor: agent, query: '' },
    { name: 'one priority', actor: agent, query: '?priority=urgent' },
    {
      name: 'two priorities, one category',
      actor: agent,
      query: '?priority=low&priority=high&category=billing',
    },
    { name: 'assigned to me', actor: agent, query: '?assignee=me' },
    { name: "nobody's, one category", actor: agent, query: '?assignee=none&category=general' },
    { name: 'one client', actor: client, query: '' },
    { name: 'the busiest client', actor: busiest, query: '' },
    { name: 'the busiest client, one category', actor: busiest, query: '?category=billing' },
  ];
  const works = [];
  for (const { actor, query } of kinds) works.push(await bench.record(actor, `/api/tickets/counts${query}`));
  const counted = countSteps(bench.path, works);
  const base = { group: 'badges', tickets: bench.tickets };
  const figures: Figure[] = kinds.flatMap(({ name, actor }, n) => {
    const steps = counted?.[n];
    if (!steps) return [];
    // Few tickets of a person are counted one by one, in an index that is deeper than the counters are.
    const isOwn = actor === client;
    return [
      { ...base, name, unit: 'steps', value: steps.steps, ...(!isOwn && { goal: GOAL.steps }) },
      { ...base, name, unit: 'pages', value: steps.pages, ...(!isOwn && { goal: GOAL.pages }) },
    ] satisfies Figure[];
  });
  const work = () => countTickets(bench.deps, agent, {});
  const naive = await compare(() => bench.raw.prepare(NAIVE).all(), work);
  figures.push(
    { ...base, name: 'all tickets', unit: 'µs', value: (await compare(work)).micros },
    { ...base, name: 'counting each ticket, times ours', unit: '×', value: naive.ratio ?? NaN },
  );
  return figures;
}
