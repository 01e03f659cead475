import { sql } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import type { Db } from '../deps.ts';
import { COUNTS } from '../doctor/check-database.ts';

/** @returns what is wrong with the data, nothing when all is well. References are PostgreSQL's own business. */
export async function findDamage(db: Db): Promise<string[]> {
  const damage: string[] = [];
  for (const [name, text] of Object.entries(COUNTS)) {
    const { rows } = await sql<Record<string, number>>`${sql.raw(text)}`.execute(db);
    if (Object.values(rows[0]!)[0] !== 0) damage.push(name);
  }
  if (isPostgres(db)) return damage;
  const { rows } = await sql<{ integrity_check: string }>`PRAGMA integrity_check`.execute(db);
  const { rows: broken } = await sql<{ table: string }>`PRAGMA foreign_key_check`.execute(db);
  const said = rows.map((row) => row.integrity_check).filter((line) => line !== 'ok');
  return [...damage, ...said, ...broken.map(({ table }) => `a row of ${table} leads nowhere`)];
}
