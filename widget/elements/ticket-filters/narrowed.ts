import type { Counts } from '../../../server/contract/tickets.ts';
import type { Status } from '../../../server/contract/vocabulary.ts';
import type { ListFilter } from '../../state.ts';

/** Whether a filter hides anything; the order does not. */
export function isNarrowed({ status, priority, category, assignee, q }: ListFilter): boolean {
  return status !== null || priority !== null || category !== null || assignee !== null || q.trim() !== '';
}

/** What shows all, in the order of before. */
export const ALL = {
  status: null,
  priority: null,
  category: null,
  assignee: null,
  q: '',
} satisfies Partial<ListFilter>;

/** How many tickets there are in a status, or in all of them for null; null while the counts are not here. */
export function totalOf(counts: Counts | null, status: Status | null): number | null {
  if (!counts) return null;
  return status ? counts[status] : Object.values(counts).reduce((sum, count) => sum + count, 0);
}
