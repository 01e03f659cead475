import { sql } from 'kysely';
import { POSTGRES_SCHEMA_VERSION } from '../db/postgres/migrations.ts';
import type { Db } from '../deps.ts';
import { COUNTS } from './check-database.ts';
import { ok, problem, warning, type Finding } from './finding.ts';

/** Rows that a server adds up within seconds. */
const MANY_DELTAS = 100_000;

interface State {
  version: number;
  deltas: number;
  ctype: string;
}

/** What PostgreSQL itself does not see to. @param thorough compares every count; else what can be seen quickly */
export async function checkPostgres(db: Db, thorough: boolean): Promise<Finding[]> {
  const { rows } = await sql<State>`
    SELECT (SELECT version FROM schema_version) AS version, (SELECT count(*) FROM count_deltas) AS deltas,
      (SELECT datctype FROM pg_database WHERE datname = current_database()) AS ctype`.execute(db);
  const [{ version, deltas, ctype }] = rows as [State];
  const findings = [ok('database', 'answers; its pages are for pg_amcheck to look at')];
  if (version < POSTGRES_SCHEMA_VERSION) {
    const text = `is of version ${version}; the next start brings it to ${POSTGRES_SCHEMA_VERSION}`;
    findings.push(warning('database', text));
  }
  if (/^(C|POSIX)$/i.test(ctype)) {
    const text = `has LC_CTYPE ${ctype}: words in other than Latin letters are searched without an index`;
    findings.push(warning('database', text));
  }
  if (deltas > MANY_DELTAS) {
    findings.push(warning('counts', `${deltas} changes are not added up; does a server run?`));
  }
  if (thorough) findings.push(...(await checkCounts(db)));
  return findings;
}

async function checkCounts(db: Db): Promise<Finding[]> {
  const wrong: Finding[] = [];
  for (const [name, text] of Object.entries(COUNTS)) {
    const { rows } = await sql<{ count: number }>`${sql.raw(text)}`.execute(db);
    const n = rows[0]?.count ?? 0;
    if (n > 0) wrong.push(problem('counts', `${name}: ${n} do not agree with the tickets`));
  }
  return wrong.length > 0 ? wrong : [ok('counts', 'agree with the tickets')];
}
