import { findDamage, schemaVersion } from '../db/maintain.ts';
import { SCHEMA_VERSION } from '../db/migrations/index.ts';
import type { RawDatabase } from '../db/open.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

const INDEXED = '(SELECT count(*) FROM tickets WHERE id <= (SELECT indexed_to FROM subject_tail))';
/** The version that brought `subject_tail`. */
const TAIL_SINCE = 5;

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

/** The same of SQLite's full-text indexes. */
const INDEXES = {
  'search of words': `SELECT abs(${INDEXED} - (SELECT count(*) FROM subject_words_docsize))`,
  'search of parts of words': `SELECT abs(${INDEXED} - (SELECT count(*) FROM subject_trigrams_docsize))`,
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
  for (const [name, sql] of Object.entries({ ...COUNTS, ...INDEXES })) {
    if (version < TAIL_SINCE && sql.includes(INDEXED)) continue;
    const [n] = raw.prepare<[], [number]>(sql).raw().get() ?? [0];
    if (n > 0) wrong.push(problem('counts', `${name}: ${n} do not agree with the tickets`));
  }
  return wrong.length > 0 ? wrong : [ok('counts', 'agree with the tickets')];
}
