import type { StatementCache } from './statement-cache.ts';
import { estimateOn } from './ticket-estimate.ts';
import { ALL_VALUES, FILTERS, isOwn, type Filter, type TicketScope } from './ticket-filter.ts';
import { FEW_WALKS } from './ticket-streams.ts';

/** What looking into one more range costs, and one more ticket, in steps of SQLite and with regard to the pages of each. */
const RANGE = 14;
const TICKET = 8;

/** So few ranges are cheap enough; of a requester, whose counters are seldom at hand, some more. */
const FEW_RANGES = 5;
const FEW_OWN_RANGES = 25;

/** Who has no more tickets is not counted (schema.sql). */
const UNCOUNTED = 100;

/** What an index is walked by. */
export interface Choice {
  /** Each combination of the values of these has a range of the index. */
  filters: readonly Filter[];
  /** By these each ticket is looked at after it has been read. */
  others: readonly Filter[];
  /** Of how many tickets these may be said no to, before another choice is better. */
  patience: number;
}

/** Of so many at least, and of so many times as many as are to be expected. */
const PATIENCE = { least: 50, times: 3 };

/** An index that has all that is filtered by, and of such the one with the fewest ranges. */
export function chooseExact(scope: TicketScope, byUpdate: boolean): Choice {
  const fitting = indexed(scope, byUpdate).filter((filters) => isWhole(scope, filters));
  const filters = fitting.reduce((a, b) => (countRanges(scope, b) < countRanges(scope, a) ? b : a));
  return { filters, others: [], patience: 0 };
}

/** How many ranges that is. */
export function rangesOf(scope: TicketScope, byUpdate: boolean): number {
  return countRanges(scope, chooseExact(scope, byUpdate).filters);
}

/**
 * The cheapest index to walk along. With several values of several filters that may be one with fewer columns, some
 * tickets of which the filters leave out: where they leave most of them, that is less than many ranges.
 *
 * Only priorities and categories are left to be looked at: what status tickets have hangs on their age, so that in
 * places all of them would be passed over.
 */
export function chooseWalk(
  connection: StatementCache,
  scope: TicketScope,
  byUpdate: boolean,
  limit: number,
): Choice {
  const exact = chooseExact(scope, byUpdate);
  const ranges = countRanges(scope, exact.filters);
  const indexes = indexed(scope, byUpdate).filter(
    (filters) => !isWhole(scope, filters) && (!scope.status || filters.includes('status')),
  );
  // What a search finds is not counted.
  const few = scope.requesterId === undefined ? FEW_RANGES : FEW_OWN_RANGES;
  if (ranges <= few || indexes.length === 0 || scope.search) return exact;
  const wanted = estimateOn(connection, scope) ?? UNCOUNTED / 2;
  let best = exact;
  // Of many ranges, nothing but the page is read in full (ticket-streams.ts).
  let least = ranges * RANGE + ((ranges > FEW_WALKS ? 0 : ranges) + Math.min(limit, wanted)) * TICKET;
  for (const filters of indexes) {
    const count = countRanges(scope, filters);
    if (count * (RANGE + TICKET) >= least) continue;
    const others = FILTERS.filter((name) => scope[name] && !filters.includes(name));
    const walked = estimateOn(connection, without(scope, others)) ?? UNCOUNTED;
    const found = Math.min(limit, wanted);
    const looked = wanted === 0 ? walked : (found * walked) / wanted;
    const cost = count * RANGE + (count + looked) * TICKET;
    if (cost >= least) continue;
    const patience = Math.ceil(PATIENCE.least + PATIENCE.times * (looked - found));
    [best, least] = [{ filters, others, patience }, cost];
  }
  return best;
}

function countRanges(scope: TicketScope, filters: readonly Filter[]): number {
  return filters.reduce((product, name) => product * (scope[name] ?? ALL_VALUES[name]).length, 1);
}

function isWhole(scope: TicketScope, filters: readonly Filter[]): boolean {
  return FILTERS.every((name) => scope[name] === undefined || filters.includes(name));
}

function without(scope: TicketScope, others: readonly Filter[]): TicketScope {
  return { ...scope, ...Object.fromEntries(others.map((name) => [name, undefined])) };
}

const NONE: readonly Filter[] = [];
const SINGLE: ReadonlyArray<readonly Filter[]> = [['status'], ['priority'], ['category']];
const PAIRS: ReadonlyArray<readonly Filter[]> = [
  ['status', 'priority'],
  ['status', 'category'],
];

/** By which columns there is an index in this order, those of schema.sql. */
function indexed(scope: TicketScope, byUpdate: boolean): ReadonlyArray<readonly Filter[]> {
  if (scope.requesterId !== undefined) return [NONE, FILTERS];
  if (isOwn(scope)) return [['status'], FILTERS];
  return byUpdate ? [NONE, ...SINGLE, FILTERS] : [NONE, ...SINGLE, ...PAIRS, FILTERS];
}
