import type { Db } from '../deps.ts';
import { query, selectFrom, wrap, type Fragment } from './fragment.ts';
import type { Placed, Reading } from './ticket-order.ts';

/** The statement that reads these tickets, in their order. */
export function byIds(
  tickets: ReadonlyArray<{ id: number }>,
  { columns }: { columns: string },
  conditions: Array<Fragment | null> = [],
): Fragment {
  const ids = JSON.stringify(tickets.map(({ id }) => id));
  // CROSS JOIN keeps the ids outermost, and with them their order.
  const from = 'json_each(?) AS page CROSS JOIN tickets ON tickets.id = page.value';
  return selectFrom(columns, { sql: from, parameters: [ids] }, conditions);
}

/** The tickets that a statement yields the ids of, in its order. */
export async function readFound<T extends Placed>(
  db: Db,
  page: Fragment,
  { columns, read }: Reading<T>,
): Promise<T[]> {
  const found = wrap(
    `SELECT ${columns} FROM (`,
    page,
    ') AS page CROSS JOIN tickets ON tickets.id = page.id',
  );
  return (await query(db, found)).map((row) => read(row as never));
}
