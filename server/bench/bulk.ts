import type { RawDatabase } from '../db/open.ts';

/** How rows get into the database: all at once, or a few at a time beside others. */
export interface Bulk {
  /** Tickets between two reports; beside others also those of one transaction. */
  batch: number;
  write<T>(work: () => T): T;
  /** Makes everything that hangs on the rows right, and commits. */
  finish(onStep: (step: string) => void): void;
  /** Leaves the database as it was before (all at once), or as it was after the last batch. */
  abandon(): void;
}

const LOADED = ['tickets', 'messages', 'history', 'ticket_reads'];

/**
 * Many rows for their database, and nobody else has it open: indexes and triggers are put aside and made
 * again afterwards, which takes a tenth of the time. In one transaction, so that a run that is broken
 * off leaves nothing behind. Else with all of them in place, in transactions that others can wait for.
 */
export function openBulk(raw: RawDatabase, tickets: number): Bulk {
  const present = raw
    .prepare('SELECT count(*) FROM (SELECT 1 FROM tickets LIMIT ?)')
    .pluck()
    .get(tickets * 5);
  const isWorthIt = tickets >= 1000 && (present as number) < tickets * 5;
  return isWorthIt && takeAlone(raw) ? bulkAlone(raw) : bulkBeside(raw);
}

function bulkBeside(raw: RawDatabase): Bulk {
  return {
    batch: 200,
    write: (work) => raw.transaction(work).immediate(),
    finish(onStep) {
      raw.transaction(() => raw.exec(INDEX_TAIL)).immediate();
      onStep('Analyzing');
      raw.exec('ANALYZE');
    },
    abandon() {},
  };
}

function bulkAlone(raw: RawDatabase): Bulk {
  const enforced = raw.pragma('foreign_keys', { simple: true });
  raw.pragma('foreign_keys = OFF');
  raw.exec('BEGIN EXCLUSIVE');
  const aside = raw
    .prepare(
      `SELECT type, name, sql FROM sqlite_schema WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
       AND tbl_name IN (${LOADED.map(() => '?').join(', ')}) ORDER BY type, rowid`,
    )
    .all(...LOADED) as Array<{ type: string; name: string; sql: string }>;
  for (const { type, name } of aside) raw.exec(`DROP ${type} ${name}`);
  const restore = () => {
    raw.pragma(`foreign_keys = ${Number(enforced)}`);
    if (raw.pragma('journal_mode', { simple: true }) !== 'memory') raw.pragma('journal_mode = WAL');
  };
  return {
    batch: 10_000,
    write: (work) => work(),
    finish(onStep) {
      onStep('Indexing');
      for (const { type, sql } of aside) if (type === 'index') raw.exec(sql);
      onStep('Counting');
      raw.exec(RECOUNT);
      onStep('Indexing the subjects');
      raw.exec(`INSERT INTO subject_trigrams (subject_trigrams) VALUES ('rebuild')`);
      raw.exec(`INSERT INTO subject_words (subject_words) VALUES ('rebuild')`);
      raw.exec('UPDATE subject_tail SET indexed_to = (SELECT max(id) FROM tickets)');
      for (const { type, sql } of aside) if (type === 'trigger') raw.exec(sql);
      onStep('Analyzing');
      raw.exec('ANALYZE');
      onStep('Committing');
      raw.exec('COMMIT');
      restore();
    },
    abandon() {
      if (raw.inTransaction) raw.exec('ROLLBACK');
      restore();
    },
  };
}

/** The last few subjects, which would wait for further ones. */
const INDEX_TAIL = `
  INSERT INTO subject_trigrams (rowid, subject_search)
    SELECT id, subject_search FROM tickets WHERE id > (SELECT indexed_to FROM subject_tail);
  INSERT INTO subject_words (rowid, subject_search)
    SELECT id, subject_search FROM tickets WHERE id > (SELECT indexed_to FROM subject_tail);
  UPDATE subject_tail SET indexed_to = (SELECT max(id) FROM tickets);
`;

/** What agents have not read of their own, counted. */
export const UNREAD = `
  SELECT t.assignee_id, count(*) FROM tickets AS t
  LEFT JOIN ticket_reads AS r ON r.user_id = t.assignee_id AND r.ticket_id = t.id
  WHERE t.assignee_id IS NOT NULL AND t.status <> 'closed' AND t.last_message_id > ifnull(r.message_id, 0)
  GROUP BY t.assignee_id`;

const RECOUNT = `
  DELETE FROM ticket_counts;
  INSERT INTO ticket_counts (status, priority, category, n)
    SELECT status, priority, category, count(*) FROM tickets GROUP BY 1, 2, 3;
  DELETE FROM assignee_counts;
  INSERT INTO assignee_counts (assignee_id, status, priority, category, n)
    SELECT ifnull(assignee_id, 0), status, priority, category, count(*) FROM tickets GROUP BY 1, 2, 3, 4;
  DELETE FROM requester_counts;
  INSERT INTO requester_counts (requester_id, status, priority, category, n)
    SELECT requester_id, status, priority, category, count(*) FROM tickets
    WHERE requester_id IN (SELECT requester_id FROM tickets GROUP BY requester_id HAVING count(*) > 100)
    GROUP BY 1, 2, 3, 4;
  DELETE FROM assignee_unread;
  INSERT INTO assignee_unread (assignee_id, n) ${UNREAD};
`;

/**
 * Leaves WAL mode, which works only while nobody else has the database open. A rollback journal holds what
 * was there before, so that adding to a database writes every page once and not twice.
 */
function takeAlone(raw: RawDatabase): boolean {
  const timeout = raw.pragma('busy_timeout', { simple: true });
  raw.pragma('busy_timeout = 0');
  try {
    const mode = raw.pragma('journal_mode = DELETE', { simple: true });
    return mode === 'delete' || mode === 'memory';
  } catch {
    return false;
  } finally {
    raw.pragma(`busy_timeout = ${Number(timeout)}`);
  }
}
