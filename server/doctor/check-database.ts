import { findDamage, schemaVersion } from '../db/maintain.ts';
import { SCHEMA_VERSION } from '../db/migrations/index.ts';
import type { RawDatabase } from '../db/open.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const INDEXED = '(SELECT count(*) FROM tickets WHERE id <= (SELECT indexed_to FROM subject_tail))';

/** Counts that have to agree: each is kept twice, for speed. */
export const COUNTS = {
  'badge counts': `SELECT count(*) FROM (
    SELECT status, priority, category, count(*) AS n FROM tickets GROUP BY 1, 2, 3
    EXCEPT SELECT status, priority, category, n FROM ticket_counts) AS wrong`,
  'counts of assignees': `SELECT count(*) FROM (
    SELECT coalesce(assignee_id, 0), status, priority, category, count(*) FROM tickets GROUP BY 1, 2, 3, 4
    EXCEPT SELECT assignee_id, status, priority, category, n FROM assignee_counts) AS wrong`,
  'counts of messages': `SELECT count(*) FROM tickets AS t WHERE message_count + note_count <>
    (SELECT count(*) FROM messages WHERE ticket_id = t.id)`,
};

/** The same of what only SQLite keeps. */
const ITS_OWN = {
  'counts of what is unread': `SELECT count(*) FROM (
    SELECT t.assignee_id, count(*) FROM tickets AS t
    LEFT JOIN ticket_reads AS r ON r.user_id = t.assignee_id AND r.ticket_id = t.id
    WHERE t.assignee_id IS NOT NULL AND t.status <> 'closed' AND t.last_message_id > coalesce(r.message_id, 0)
    GROUP BY 1 EXCEPT SELECT assignee_id, n FROM assignee_unread) AS wrong`,
  'counts of requesters': `SELECT count(*) FROM (
    SELECT requester_id, status, priority, category, count(*) FROM tickets
    WHERE requester_id IN (SELECT requester_id FROM requester_counts) GROUP BY 1, 2, 3, 4
    EXCEPT SELECT requester_id, status, priority, category, n FROM requester_counts) AS wrong`,
  'search of words': `SELECT abs(${INDEXED} - (SELECT count(*) FROM subject_words_docsize))`,
  'search of parts of words': `SELECT abs(${INDEXED} - (SELECT count(*) FROM subject_trigrams_docsize))`,
};

/** What a database of an earlier version has not. */
const SINCE: Record<keyof typeof ITS_OWN, number> = {
  'counts of what is unread': 5,
  'counts of requesters': 6,
  'search of words': 5,
  'search of parts of words': 5,
};

/** @param thorough reads every page and every row; else what can be seen quickly */
export function checkDatabase(raw: RawDatabase, thorough: boolean): Finding[] {
  const damage = findDamage(raw, thorough);
  if (damage.length > 0) return damage.map((line) => problem('database', `is damaged: ${line}`));
  const findings = [ok('database', thorough ? 'is whole' : 'looks whole (--quick)')];
  const version = schemaVersion(raw);
  if (version < SCHEMA_VERSION) {
    const text = `is of version ${version}; the next start brings it to ${SCHEMA_VERSION}`;
    findings.push(warning('database', text));
  }
  if (thorough) findings.push(...checkCounts(raw, version));
  return findings;
}

function checkCounts(raw: RawDatabase, version: number): Finding[] {
  const wrong: Finding[] = [];
  for (const [name, sql] of Object.entries({ ...COUNTS, ...ITS_OWN })) {
    if (version < (SINCE[name as keyof typeof ITS_OWN] ?? 1)) continue;
    const [n] = raw.prepare<[], [number]>(sql).raw().get() ?? [0];
    if (n > 0) wrong.push(problem('counts', `${name}: ${n} do not agree with the tickets`));
  }
  return wrong.length > 0 ? wrong : [ok('counts', 'agree with the tickets')];
}
