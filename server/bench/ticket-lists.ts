import { CATEGORIES, SORTS, STATUSES, type Priority, type Sort } from '../contract/vocabulary.ts';
import { encodeTicketCursor } from '../tickets/cursor.ts';
import type { BenchApp } from './bench-app.ts';
import type { Figure } from './figure.ts';
import type { Executed } from './record.ts';
import { countSteps, type Steps } from './steps.ts';

/** A filter that a person can set: none, one value, or two. */
const VALUES = {
  status: [[], ['open'], ['closed'], ['open', 'waiting_user'], [...STATUSES.slice(0, 4)]],
  priority: [[], ['urgent'], ['low', 'high']],
  category: [[], ['billing'], [...CATEGORIES.slice(0, 3)]],
} as const;
const ASSIGNEES = ['', 'me', 'none'] as const;
const PLACES = ['first', 'middle', 'last'] as const;

const GOAL = {
  steps: { most: 450, growth: 1.05 },
  pages: { most: 60 },
  scanned: { most: 30 },
  sorts: { most: 0 },
};

/** Asked beforehand: the counters by which an index is chosen are read twice a minute, not with each list. */
const COUNTED = ['', '&assignee=me', '&assignee=none'].map(
  (whose) => `/api/tickets?sort=updated&priority=low&priority=high&category=billing&category=account${whose}`,
);

interface Asked {
  /** Whose list it is: figures of a kind are told together. */
  kind: string;
  path: string;
  actor: 'agent' | 'client' | 'busiest';
}

/** Lists under every combination of filters, sort and place, by SQLite's own counters: the worst of each kind. */
export async function measureLists(bench: BenchApp): Promise<Figure[]> {
  const asked = await everyList(bench);
  for (const path of COUNTED) await bench.record(bench.people.agent, path);
  const looks: Array<{ work: Executed[]; again: Executed[] }> = [];
  for (const { actor, path } of asked) {
    const look = () => bench.record(bench.people[actor], path);
    looks.push({ work: await look(), again: await look() });
  }
  const counted = countSteps(
    bench.path,
    looks.map(({ work }) => work),
  );
  const known = countSteps(
    bench.path,
    looks.map(({ again }) => again),
  );
  if (!counted || !known) return [];
  const kinds = [...new Set(asked.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const of = asked.flatMap((list, n) =>
      list.kind === kind ? [{ list, steps: counted[n]!, known: known[n]! }] : [],
    );
    return worstOf(kind, of, bench.tickets);
  });
}

interface Looked {
  list: Asked;
  steps: Steps;
  /** With the names of all people on it known already. */
  known: Steps;
}

function worstOf(kind: string, of: readonly Looked[], tickets: number): Figure[] {
  const figure = (
    counter: keyof Steps,
    unit: Figure['unit'],
    title: string,
    look: 'steps' | 'known' = 'steps',
  ): Figure => {
    const worst = of.reduce((a, b) => (b[look][counter] > a[look][counter] ? b : a));
    const value = worst[look][counter];
    return {
      group: 'lists',
      name: `${kind}: ${title}`,
      unit,
      value,
      tickets,
      goal: GOAL[counter],
      ...(tickets === 1_000_000 && value > (GOAL[counter].most ?? 0) && { note: query(worst.list) }),
    };
  };
  const sorted = of.map(({ steps }) => steps.steps).sort((a, b) => a - b);
  return [
    {
      group: 'lists',
      name: `${kind}: typical of ${of.length}`,
      unit: 'steps',
      value: sorted[Math.floor(sorted.length / 2)] ?? 0,
      tickets,
      goal: GOAL.steps,
    },
    figure('steps', 'steps', 'the dearest'),
    figure('steps', 'steps', 'the dearest, names known', 'known'),
    figure('pages', 'pages', 'the most'),
    figure('pages', 'pages', 'the most, names known', 'known'),
    figure('scanned', 'rows', 'walked of a table'),
    figure('sorts', 'sorts', 'sorted'),
  ];
}

function query({ path, actor }: Asked): string {
  const { searchParams } = new URL(path, 'http://bench');
  searchParams.delete('cursor');
  return `${actor === 'agent' ? '' : `${actor}, `}${decodeURIComponent(searchParams.toString())}`;
}

async function everyList(bench: BenchApp): Promise<Asked[]> {
  const asked: Asked[] = [];
  for (const [n, filter] of everyFilter().entries()) {
    for (const sort of SORTS) {
      const isNarrow = filter.has('assignee');
      // Every place of every fourth combination: the first page of all.
      for (const place of n % 4 === 0 ? PLACES : PLACES.slice(0, 1)) {
        const cursor = place === 'first' ? '' : cursorAt(bench, sort, place);
        const query = new URLSearchParams([
          ...filter,
          ['sort', sort],
          ...(cursor ? [['cursor', cursor]] : []),
        ]);
        asked.push({
          kind: isNarrow ? 'with assignee' : hasSeveral(filter) ? 'several values each' : 'one value each',
          path: `/api/tickets?${query}`,
          actor: 'agent',
        });
      }
    }
  }
  for (const actor of ['client', 'busiest'] as const) {
    for (const sort of SORTS) {
      for (const filter of ['', '&status=open', '&priority=urgent&category=billing']) {
        const kind = actor === 'client' ? 'one client' : 'the busiest client';
        asked.push({ kind, path: `/api/tickets?sort=${sort}${filter}`, actor });
      }
    }
  }
  return asked;
}

/** Whether a filter names more than one value. */
function hasSeveral(filter: URLSearchParams): boolean {
  return Object.keys(VALUES).some((name) => filter.getAll(name).length > 1);
}

function everyFilter(): URLSearchParams[] {
  const filters: URLSearchParams[] = [];
  for (const status of VALUES.status) {
    for (const priority of VALUES.priority) {
      for (const category of VALUES.category) {
        for (const assignee of ASSIGNEES) {
          const filter = new URLSearchParams();
          for (const value of status) filter.append('status', value);
          for (const value of priority) filter.append('priority', value);
          for (const value of category) filter.append('category', value);
          if (assignee) filter.append('assignee', assignee);
          filters.push(filter);
        }
      }
    }
  }
  return filters;
}

/** A place that no page has led to: a cursor names the ticket behind which the page begins. */
export function cursorAt(bench: BenchApp, sort: Sort, place: 'middle' | 'last'): string {
  const offset = place === 'middle' ? Math.floor(bench.tickets / 2) : bench.tickets - 10;
  const row = bench.raw
    .prepare(
      'SELECT id, updated_at AS updatedAt, priority FROM tickets WHERE id >= 1001 + ? ORDER BY id LIMIT 1',
    )
    .get(sort === 'oldest' ? offset : bench.tickets - offset) as {
    id: number;
    updatedAt: number;
    priority: Priority;
  };
  const priority = sort === 'priority' && place === 'last' ? 'low' : row.priority;
  return encodeTicketCursor(sort, { ...row, priority });
}
