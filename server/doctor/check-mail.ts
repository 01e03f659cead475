import { sql } from 'kysely';
import type { Db } from '../deps.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const MINUTE = 60_000;
const WEEK = 7 * 24 * 60 * MINUTE;
/** A mail goes out within seconds; past this nobody sends, or the provider refuses. */
const LATE_MS = 15 * MINUTE;

/** @param now milliseconds since 1970 UTC */
export async function checkMail(db: Db, now: number): Promise<Finding[]> {
  const waiting = (
    await sql<{ n: number; since: number | null; error: string | null }>`
      SELECT count(*) AS n, min(created_at) AS since,
        (SELECT error FROM outbox WHERE finished_at IS NULL AND error IS NOT NULL ORDER BY id DESC LIMIT 1) AS error
      FROM outbox WHERE finished_at IS NULL`.execute(db)
  ).rows[0]!;
  const failed = (
    await sql<{ n: number; error: string | null }>`
      SELECT count(*) AS n, max(error) AS error FROM outbox
      WHERE state = 'failed' AND finished_at > ${now - WEEK}`.execute(db)
  ).rows[0]!;
  const findings: Finding[] = [];
  if (failed.n > 0) {
    findings.push(problem('mail', `${failed.n} could not be sent in the last seven days: ${failed.error}`));
  }
  const age = waiting.since === null ? 0 : now - waiting.since;
  if (age > LATE_MS) {
    const why = waiting.error ? `: ${waiting.error}` : '; does the server run?';
    const text = `${waiting.n} wait, the oldest for ${Math.round(age / MINUTE)} minutes${why}`;
    findings.push(warning('mail', text));
  }
  if (findings.length > 0) return findings;
  return [ok('mail', waiting.n === 0 ? 'none waits' : `${waiting.n} about to be sent`)];
}
