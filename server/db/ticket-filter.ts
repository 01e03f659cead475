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

export type Filter = 'status' | 'priority' | 'category';
/** In the order of the indexes. */
export const FILTERS: readonly Filter[] = ['status', 'priority', 'category'];
export const ALL_VALUES = { status: STATUSES, priority: PRIORITIES, category: CATEGORIES };

/** The index of schema.sql that has the tickets of a scope by these columns, then in the order of a page. */
export function indexWalked(scope: TicketScope, filters: readonly Filter[], byUpdate: boolean): string {
  const whose = scope.requesterId !== undefined ? ['requester'] : isOwn(scope) ? ['assignee'] : [];
  const columns = filters.length === 3 ? ['triple'] : filters;
  const name = [...whose, ...columns, ...(byUpdate ? ['updated'] : [])].join('_');
  return name === '' ? 'NOT INDEXED' : `INDEXED BY tickets_${name}`;
}

/** Where the tickets of a scope are looked up, and by what: along the index that leads to those that the filters leave. */
export function lookedUp(scope: TicketScope): { from: string; where: Array<Fragment | null> } {
  const given = FILTERS.filter((name) => scope[name] !== undefined);
  // No index begins with these two.
  const isOfTwo = scope.status === undefined && given.length === 2;
  const filters = isOwn(scope) || isOfTwo ? FILTERS : given;
  const status = isOfTwo ? STATUSES : scope.status;
  return {
    from: `tickets ${indexWalked(scope, filters, false)}`,
    where: conditionsOf({ ...scope, status }),
  };
}

/** Whether it is anything less than all tickets, a search aside. */
export function isFiltered(scope: TicketScope): boolean {
  return isOwn(scope) || FILTERS.some((name) => scope[name] !== undefined);
}

/** Whether it is of the tickets of one requester or assignee, or of nobody's. */
export function isOwn({ requesterId, assigneeId }: TicketScope): boolean {
  return requesterId !== undefined || assigneeId !== undefined;
}

/** Whose tickets: of a requester, of an assignee, of both or of anybody. */
export function ownCondition(scope: TicketScope): Fragment | null {
  const { requesterId } = scope;
  const requested =
    requesterId === undefined ? null : { sql: 'tickets.requester_id = ?', parameters: [requesterId] };
  const own = join([requested, assigneeCondition(scope)], ' AND ');
  return own.sql === '' ? null : own;
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

/** All that a scope asks of a ticket. */
export function conditionsOf(scope: TicketScope): Array<Fragment | null> {
  return [ownCondition(scope), ...valueConditions(scope), searchCondition(scope.search)];
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
