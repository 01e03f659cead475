import { join, type Fragment } from '../fragment.ts';
import { isWordBeginning, type Search } from '../search.ts';
import { numberCondition, type TicketScope } from '../ticket-filter.ts';

/** What a scope asks of a ticket. The order of pages is not part of it. */
export function scopeConditions(scope: TicketScope): Array<Fragment | null> {
  const { requesterId, assigneeId, search } = scope;
  return [
    requesterId === undefined ? null : { sql: 'tickets.requester_id = ?', parameters: [requesterId] },
    assigneeId === undefined ? null : assigneeCondition(assigneeId),
    search ? searchCondition(search) : null,
  ];
}

/** `IS NOT DISTINCT FROM`, which takes both, finds no index. */
function assigneeCondition(id: number | null): Fragment {
  return id === null
    ? { sql: 'tickets.assignee_id IS NULL', parameters: [] }
    : { sql: 'tickets.assignee_id = ?', parameters: [id] };
}

/** Subject or number. */
function searchCondition({ words, numbers }: Search): Fragment {
  const subject = join(words.map(wordCondition), ' AND ');
  const { sql, parameters } = join([subject, ...numbers.map(numberCondition)], ' OR ');
  return { sql: `(${sql})`, parameters };
}

/** Each condition has an index of its own, by which PostgreSQL finds exactly the same. */
function wordCondition(word: string): Fragment {
  return isWordBeginning(word)
    ? { sql: 'word_beginnings(tickets.subject_search) @> ARRAY[?]', parameters: [word] }
    : { sql: 'tickets.subject_search LIKE ?', parameters: [`%${word.replace(/[\\%_]/g, '\\$&')}%`] };
}
