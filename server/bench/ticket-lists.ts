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

interface Asked {
  /** Whose list it is: figures of a kind are told together. */
  kind: string;
  path: string;
  actor: 'agent' | 'client' | 'busiest';
}

/** Lists under every combination of filters, sort and place, by SQLite's own counters: the worst of each kind. */
export async function measureLists(bench: BenchApp): Promise<Figure[]> {
  const asked = await everyList(bench);
  const works: Executed[][] = [];
  for (const { actor, path } of asked) works.push(await bench.record(bench.people[actor], path));
  const counted = countSteps(bench.path, works);
  if (!counted) return [];
  const kinds = [...new Set(asked.map(({ kind }) => kind))];
  return kinds.flatMap((kind) => {
    const of = asked.flatMap((list, n) => (list.kind === kind ? [{ list, steps: counted[n]! }] : []));
    return worstOf(kind, of, bench.tickets);
  });
}

function worstOf(kind: string, of: ReadonlyArray<{ list: Asked; steps: Steps }>, tickets: number): Figure[] {
  const figure = (counter: keyof Steps, unit: Figure['unit'], title: string): Figure => {
    const worst = of.reduce((a, b) => (b.steps[counter] > a.steps[counter] ? b : a));
    return {
      group: 'lists',
      name: `${kind}: ${title}`,
      unit,
      value: worst.steps[counter],
      tickets,
      goal: GOAL[counter],
      ...(tickets === 1_000_000 &&
        worst.steps[counter] > (GOAL[counter].most ?? 0) && { note: query(worst.list) }),
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
    figure('pages', 'pages', 'the most'),
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
