import { sql } from 'kysely';
import type { Deps } from '../deps.ts';

/** Mails that became nothing, and what the provider told, are of no use after a month. */
export const MAILS_KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** @returns how many went, at most `limit` */
export async function deleteOldMails(deps: Deps, limit: number): Promise<number> {
  const before = deps.clock.now() - MAILS_KEPT_MS;
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM inbound_mails WHERE id IN (
      SELECT id FROM inbound_mails
      WHERE state IN ('quarantined', 'ignored', 'dropped') AND finished_at <= ${before}
      ORDER BY finished_at LIMIT ${limit}
    )`.execute(deps.db);
  return Number(numAffectedRows);
}

/** @returns how many went, at most `limit` */
export async function deleteOldEvents(deps: Deps, limit: number): Promise<number> {
  const before = deps.clock.now() - MAILS_KEPT_MS;
  const { numAffectedRows = 0n } = await sql`
    DELETE FROM webhook_events WHERE id IN (
      SELECT id FROM webhook_events WHERE received_at <= ${before} ORDER BY received_at LIMIT ${limit}
    )`.execute(deps.db);
  return Number(numAffectedRows);
}
