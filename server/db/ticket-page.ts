import type { Db } from '../deps.ts';
import { isPostgres } from './dialect.ts';
import { readTogether } from './direct.ts';
import type { Fragment } from './fragment.ts';
import { postgresPage } from './postgres/ticket-page.ts';
import { estimate } from './ticket-estimate.ts';
import { FEW, isFiltered } from './ticket-filter.ts';
import { idOrUpdated, keyReading, type PageRequest, type Placed, type Reading } from './ticket-order.ts';
import { searchPage } from './ticket-search.ts';
import { readWalks } from './ticket-walk.ts';

/** The statement that yields a page's ids in order, for use as a subquery. */
export async function ticketPage(db: Db, request: PageRequest): Promise<Fragment> {
  if (isPostgres(db)) return postgresPage(request);
  const tickets = await readPage(db, request, keyReading(idOrUpdated(request.sort)));
  const ids = JSON.stringify(tickets.map(({ id }) => id));
  return { sql: 'SELECT value AS id FROM json_each(?)', parameters: [ids] };
}

/**
 * A page of tickets, in order. SQLite only. Which way is taken depends on how many tickets there are to look at, so
 * that neither a rare word, a rare filter nor a deep page makes it read more than a few pages of the database.
 */
export async function readPage<T extends Placed>(
  db: Db,
  request: PageRequest,
  reading: Reading<T>,
): Promise<T[]> {
  const { scope } = request;
  const isWalked =
    !scope.search ||
    scope.requesterId !== undefined ||
    (isFiltered(scope) && (await estimate(db, scope)) <= FEW);
  if (!isWalked) return searchPage(db, request, scope.search!, reading);
  return readTogether(db, (connection) => readWalks(connection, request, reading));
}
