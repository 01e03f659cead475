import type { Insertable, Selectable } from 'kysely';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import type { TicketRow, UserRow } from '../db/tables.ts';
import type { Deps } from '../deps.ts';
import { enterStatus } from '../rules/transitions.ts';
import type { TestUser } from './users.ts';

/** Puts a user straight into the database, as a token once seen would have. */
export async function insertUser(deps: Deps, user: TestUser): Promise<Selectable<UserRow>> {
  const now = deps.clock.now();
  const { sub, ...rest } = user;
  return await deps.db
    .insertInto('users')
    .values({ external_id: sub, ...rest, created_at: now, seen_at: now })
    .onConflict((conflict) => conflict.column('external_id').doUpdateSet({ seen_at: now }))
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Puts a ticket in `status` straight into the database, entered at `since` (default: now). */
export async function insertTicket(
  deps: Deps,
  requester: Selectable<UserRow>,
  ticket: Partial<Insertable<TicketRow>> & { since?: number } = {},
): Promise<Selectable<TicketRow>> {
  const { since = deps.clock.now(), status = 'open', subject = 'A subject', ...rest } = ticket;
  return await deps.db
    .insertInto('tickets')
    .values({
      subject,
      subject_search: subject.toLowerCase(),
      priority: 'normal',
      category: 'general',
      requester_id: requester.id,
      created_at: since,
      updated_at: since,
      ...enterStatus(status, since),
      ...rest,
    })
    .returningAll()
    .executeTakeFirstOrThrow();
}

/** Stores settings over the defaults, past every check. */
export async function storeSettings(deps: Deps, settings: Partial<Settings>): Promise<void> {
  const value = JSON.stringify({ ...DEFAULT_SETTINGS, ...settings });
  await deps.db
    .insertInto('settings')
    .values({ id: 1, value, updated_at: deps.clock.now() })
    .onConflict((conflict) => conflict.column('id').doUpdateSet({ value }))
    .execute();
}
