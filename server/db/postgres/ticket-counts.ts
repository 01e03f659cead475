import type { Status } from '../../contract/vocabulary.ts';
import type { Db } from '../../deps.ts';
import { query, selectFrom, wrap, type Fragment } from '../fragment.ts';
import type { TicketScope } from '../ticket-filter.ts';
import { scopeConditions } from './ticket-filter.ts';

/** How many tickets of each status match: where neither a requester nor a search is asked for, the counters know. */
export async function countOnPostgres(
  db: Db,
  scope: TicketScope,
): Promise<Array<{ status: Status; n: number }>> {
  const counted = selectFrom('tickets.status AS status, count(*) AS n', 'tickets', [
    ...scopeConditions(scope),
    ...values(scope),
  ]);
  return query(db, wrap('', counted, ' GROUP BY tickets.status'));
}

function values({ status, priority, category }: TicketScope): Fragment[] {
  return Object.entries({ status, priority, category }).flatMap(([name, wanted]) =>
    wanted ? [{ sql: `tickets.${name} = ANY (?::TEXT[])`, parameters: [wanted] }] : [],
  );
}
