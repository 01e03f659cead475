import { sql, type Selectable } from 'kysely';
import type { Db } from '../deps.ts';
import { query } from '../db/fragment.ts';
import type { UserRow } from '../db/tables.ts';
import type { Trx } from '../db/transact.ts';

export type User = Selectable<UserRow>;

export async function findUserByExternalId(db: Db | Trx, externalId: string): Promise<User | undefined> {
  const [user] = await query<User>(db, {
    sql: 'SELECT * FROM users WHERE external_id = ?',
    parameters: [externalId],
  });
  return user;
}

export async function findUser(db: Db | Trx, id: number): Promise<User> {
  const [user] = await query<User>(db, { sql: 'SELECT * FROM users WHERE id = ?', parameters: [id] });
  if (!user) throw new Error(`There is no user ${id}.`);
  return user;
}

/** @returns the user when they are an agent or admin now, by their latest token */
export async function findAgent(db: Db | Trx, externalId: string): Promise<User | undefined> {
  const user = await findUserByExternalId(db, externalId);
  return user && user.role !== 'client' ? user : undefined;
}

/** Agents and admins, by name. */
export async function listAgents(db: Db | Trx): Promise<User[]> {
  return db
    .selectFrom('users')
    .selectAll()
    .where('role', '<>', sql.lit('client'))
    .orderBy('name')
    .orderBy('id')
    .execute();
}

/**
 * Creates the user or brings them up to date; without a `locale` the known one stays. One statement: two first
 * requests at once make one user.
 */
export async function saveUser(
  db: Db | Trx,
  user: Pick<User, 'external_id' | 'name' | 'email' | 'role'> & { locale?: string },
  now: number,
): Promise<User> {
  const { name, email, role, locale } = user;
  return db
    .insertInto('users')
    .values({ ...user, created_at: now, seen_at: now })
    .onConflict((conflict) =>
      conflict
        .column('external_id')
        .doUpdateSet({ name, email, role, seen_at: now, ...(locale !== undefined && { locale }) }),
    )
    .returningAll()
    .executeTakeFirstOrThrow();
}
