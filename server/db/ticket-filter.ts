import { CATEGORIES, PRIORITIES, STATUSES } from '../contract/vocabulary.ts';
import type { Category, Priority, Status } from '../contract/vocabulary.ts';
import { join, type Fragment } from './fragment.ts';
import type { Search } from './search.ts';

/** Up to so many tickets, looking at each one is quicker than any other way, and so is sorting them. */
export const FEW = 2000;

/** Which tickets. undefined: any. */
export interface TicketScope {
  /** `users.id`: only what this person filed. */
  requesterId?: number;
  /** `users.id`; null: nobody's. */
  assigneeId?: number | null;
  status?: readonly Status[];
  priority?: readonly Priority[];
  category?: readonly Category[];
  search?: Search;
}

/** Without doubles, and undefined where every value is named: that filters nothing. */
export function normaliseScope(scope: TicketScope): TicketScope {
  return {
    ...scope,
    status: distinct(scope.status, STATUSES),
    priority: distinct(scope.priority, PRIORITIES),
    category: distinct(scope.category, CATEGORIES),
  };
}

function distinct<T extends string>(given: readonly T[] | undefined, all: readonly T[]): T[] | undefined {
  if (!given || given.length === 0) return undefined;
  const kept = all.filter((value) => given.includes(value));
  return kept.length === all.length ? undefined : kept;
}

/** The index of schema.sql that leads to tickets of a status, priority and category, as far as these are given. */
export function indexOn(
  given: { status?: unknown; priority?: unknown; category?: unknown },
  order: 'id' | 'updated_at',
): string {
  const columns = (['status', 'priority', 'category'] as const).filter((name) => given[name] !== undefined);
  const name = columns.length === 3 ? 'triple' : columns.join('_');
  if (order === 'updated_at') return `INDEXED BY tickets_${name === '' ? 'updated' : `${name}_updated`}`;
  return name === '' ? 'NOT INDEXED' : `INDEXED BY tickets_${name}`;
}

/** The filters on status, priority and category. */
export function valueConditions(scope: TicketScope): Array<Fragment | null> {
  return [
    among('tickets.status', scope.status),
    among('tickets.priority', scope.priority),
    among('tickets.category', scope.category),
  ];
}

export function assigneeCondition(scope: TicketScope): Fragment | null {
  if (scope.assigneeId === undefined) return null;
  return { sql: 'tickets.assignee_id IS ?', parameters: [scope.assigneeId] };
}

/** Subject or number. */
export function searchCondition(search: Search | undefined): Fragment | null {
  if (!search) return null;
  const either = [search.subject, ...search.numbers.map(numberCondition)];
  const { sql, parameters } = join(either, ' OR ');
  return { sql: `(${sql})`, parameters };
}

export function numberCondition([first, last]: readonly [number, number]): Fragment {
  return { sql: 'tickets.id BETWEEN ? AND ?', parameters: [first, last] };
}

/** Of the newest tickets, whose subjects are not in the full-text indexes yet (`subject_tail`): few, looked at one by one. */
export const UNINDEXED: Fragment = {
  sql: 'tickets.id > (SELECT indexed_to FROM subject_tail)',
  parameters: [],
};

/** One value is said as `=`: an index then keeps its order. */
function among(column: string, values: readonly string[] | undefined): Fragment | null {
  if (!values) return null;
  if (values.length === 1) return { sql: `${column} = ?`, parameters: values };
  return { sql: `${column} IN (${values.map(() => '?').join(', ')})`, parameters: values };
}
