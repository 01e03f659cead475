import { DEFAULT_SETTINGS, Settings } from '../contract/settings.ts';
import { sql } from 'kysely';
import { isPostgres } from '../db/dialect.ts';
import { query } from '../db/fragment.ts';
import type { Trx } from '../db/transact.ts';
import type { Db } from '../deps.ts';

/** What is stored, and the version that its `ETag` shows. */
export interface StoredSettings {
  settings: Settings;
  version: number;
}

/** A database without a row has the defaults, as version 1. */
export async function loadSettings(db: Db | Trx): Promise<StoredSettings> {
  const [row] = await query<{ value: string; version: number }>(db, {
    sql: 'SELECT value, version FROM settings WHERE id = 1',
    parameters: [],
  });
  return row
    ? { settings: parse(row.value), version: row.version }
    : { settings: DEFAULT_SETTINGS, version: 1 };
}

/** @param version the one that these settings get */
export async function saveSettings(
  trx: Trx,
  { settings, version }: StoredSettings,
  { now, userId }: { now: number; userId: number | null },
): Promise<void> {
  const row = { value: JSON.stringify(settings), version, updated_at: now, updated_by: userId };
  await trx
    .insertInto('settings')
    .values({ id: 1, ...row })
    .onConflict((conflict) => conflict.column('id').doUpdateSet(row))
    .execute();
}

/** @returns the position before this turn, counting from 0 */
export async function advanceRoundRobin(trx: Trx): Promise<number> {
  if (isPostgres(trx)) return nextOnPostgres(trx);
  const row = await trx
    .insertInto('settings')
    .values({ id: 1, value: '{}', updated_at: 0, round_robin_position: 1 })
    .onConflict((conflict) =>
      conflict
        .column('id')
        .doUpdateSet((eb) => ({ round_robin_position: eb('settings.round_robin_position', '+', 1) })),
    )
    .returning('round_robin_position')
    .executeTakeFirstOrThrow();
  return row.round_robin_position - 1;
}

/** A sequence: the row would be locked for every other new ticket until this one is committed. */
async function nextOnPostgres(trx: Trx): Promise<number> {
  const { rows } = await sql<{
    position: number;
  }>`SELECT nextval('round_robin_position') AS position`.execute(trx);
  return rows[0]!.position;
}

/** Which of these are agents or admins now. */
export async function findAgentIds(db: Db | Trx, ids: string[]): Promise<Set<string>> {
  if (ids.length === 0) return new Set();
  const rows = await db
    .selectFrom('users')
    .select('external_id')
    .where('external_id', 'in', ids)
    .where('role', '<>', 'client')
    .execute();
  return new Set(rows.map((row) => row.external_id));
}

let parsed: { value: string; settings: Settings } | undefined;

/**
 * What an earlier version stored may lack fields that are new, or hold one that is refused now: each
 * such field falls back to its default, alone.
 */
function parse(value: string): Settings {
  // Every change of a ticket reads them, and they hardly ever change.
  if (parsed?.value === value) return parsed.settings;
  const stored = JSON.parse(value) as Record<string, unknown>;
  const settings: Record<string, unknown> = {};
  for (const [name, schema] of Object.entries(Settings.shape)) {
    const fallback = DEFAULT_SETTINGS[name as keyof Settings];
    const result = schema.safeParse(complete(stored[name], fallback));
    settings[name] = result.success ? result.data : fallback;
  }
  parsed = { value, settings: settings as Settings };
  return parsed.settings;
}

function complete(stored: unknown, fallback: unknown): unknown {
  if (stored === undefined) return fallback;
  if (!isRecord(stored) || !isRecord(fallback)) return stored;
  return { ...fallback, ...stored };
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
