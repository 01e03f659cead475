import type { Selectable } from 'kysely';
import { query } from '../db/fragment.ts';
import type { SuppressedAddressRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** Why an address gets no mail any more. */
export type Suppression = Selectable<SuppressedAddressRow>;

/** Notes that an address bounced or complained. A complaint outlasts a bounce, never the other way. */
export async function suppress(
  trx: Trx,
  address: string,
  reason: Suppression['reason'],
  detail: string | null,
  now: number,
): Promise<void> {
  const row = { reason, detail: detail?.slice(0, 500) ?? null, since: now };
  await trx
    .insertInto('suppressed_addresses')
    .values({ address: address.toLowerCase(), ...row })
    .onConflict((conflict) =>
      conflict.column('address').doUpdateSet(row).where('suppressed_addresses.reason', '=', 'bounced'),
    )
    .execute();
}

export async function findSuppression(db: Db | Trx, address: string): Promise<Suppression | undefined> {
  const [row] = await query<Suppression>(db, {
    sql: 'SELECT * FROM suppressed_addresses WHERE address = ?',
    parameters: [address.toLowerCase()],
  });
  return row;
}

/** Lets mails through again. */
export async function liftSuppression(trx: Trx, address: string): Promise<void> {
  await trx.deleteFrom('suppressed_addresses').where('address', '=', address.toLowerCase()).execute();
}
