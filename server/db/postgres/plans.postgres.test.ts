import { sql, type Selectable } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SORTS, type Sort } from '../../contract/vocabulary.ts';
import { openTestDatabase, type OpenTestDatabase } from '../../testing/open-test-database.ts';
import { fillWithSampleTickets } from '../../testing/sample-tickets.ts';
import type { Fragment } from '../fragment.ts';
import { parseSearch } from '../search.ts';
import { normaliseScope, type TicketScope } from '../ticket-filter.ts';
import { ticketPage } from '../ticket-page.ts';
import type { TicketRow } from '../tables.ts';
import { toPostgres } from './translate.ts';

/** So many that to read them all is dear, and to sort them. */
const COUNT = 20_000;
/** A page of each combination of values, of which those by priority have the most. */
const MOST = 26 * 32;

let database: OpenTestDatabase;
beforeAll(async () => {
  database = await openTestDatabase();
  await fillWithSampleTickets(database.db, COUNT);
  // What is committed but not in the log's file yet, VACUUM does not take for visible to all.
  await sql`CHECKPOINT`.execute(database.db);
  await sql`VACUUM ANALYZE`.execute(database.db);
});
afterAll(() => database.close());

interface Node {
  'Node Type': string;
  'Actual Rows': number;
  'Actual Loops': number;
  'Rows Removed by Filter'?: number;
  'Relation Name'?: string;
  Plans?: Node[];
}

/** What the server does for a statement, run once. */
async function runAndExplain({ sql: text, parameters }: Fragment): Promise<Node[]> {
  const { rows } = await database.db.executeQuery<{ 'QUERY PLAN': Array<{ Plan: Node }> }>({
    sql: `EXPLAIN (ANALYZE, FORMAT JSON, TIMING OFF) ${toPostgres(text)}`,
    parameters: [...parameters],
    query: { kind: 'RawNode', sqlFragments: [], parameters: [] },
    queryId: { queryId: 'plan' },
  } as never);
  const flat = (node: Node): Node[] => [node, ...(node.Plans ?? []).flatMap(flat)];
  return flat(rows[0]!['QUERY PLAN'][0]!.Plan);
}

/** How many rows of tables are looked at. */
const rowsOf = (nodes: Node[]) =>
  nodes
    .filter((node) => node['Relation Name'] !== undefined)
    .reduce(
      (sum, node) =>
        sum + node['Actual Loops'] * (node['Actual Rows'] + (node['Rows Removed by Filter'] ?? 0)),
      0,
    );

async function page(scope: TicketScope, sort: Sort, after?: Selectable<TicketRow>) {
  const position = after && { id: after.id, updatedAt: after.updated_at, priority: after.priority };
  const request = { scope: normaliseScope(scope), sort, after: position, limit: 26 };
  return runAndExplain(await ticketPage(database.db, request));
}

const FILTERS: Array<[string, TicketScope]> = [
  ['without a filter', {}],
  ['with a status', { status: ['in_progress'] }],
  ['with a priority', { priority: ['normal'] }],
  ['with two categories', { category: ['technical', 'account'] }],
  ['with everything', { status: ['open', 'closed'], priority: ['low', 'high'], category: ['billing'] }],
];

describe.each(SORTS)('a page, sort=%s', (sort) => {
  it.each(FILTERS)('%s reads a few pages of rows, first or deep, and sorts no more', async (_, scope) => {
    const after = await database.db
      .selectFrom('tickets')
      .selectAll()
      .where('id', '=', 1001 + COUNT / 2)
      .executeTakeFirst();
    for (const from of [undefined, after]) {
      const nodes = await page(scope, sort, from);
      expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
      expect(rowsOf(nodes)).toBeLessThan(MOST);
    }
  });
});

it.each(SORTS)('an agent’s many tickets are read along their own index, sort=%s', async (sort) => {
  for (const filter of [{}, { status: ['open', 'resolved'] }, { category: ['billing'] }] as TicketScope[]) {
    const nodes = await page({ assigneeId: 4, ...filter }, sort);
    expect(nodes.map((node) => node['Node Type'])).not.toContain('Seq Scan');
    // A page of each combination of values that the index has.
    expect(rowsOf(nodes)).toBeLessThanOrEqual(26 * 80);
  }
});

describe('a search', () => {
  it.each(['absent', 'sup-1', 'printer naïve report refund slow'])(
    'for %j does not look at every ticket',
    async (typed) => {
      const nodes = await page({ search: parseSearch(typed, 'SUP')! }, 'newest');
      expect(rowsOf(nodes)).toBeLessThan(COUNT / 10);
    },
  );

  it('finds its candidates by an index of letters, and one letter by that of beginnings', async () => {
    const at = async (condition: string) =>
      (
        await sql<{
          'QUERY PLAN': string;
        }>`EXPLAIN SELECT id FROM tickets WHERE ${sql.raw(condition)}`.execute(database.db)
      ).rows
        .map((row) => row['QUERY PLAN'])
        .join('\n');
    expect(await at("subject_search LIKE '%absent%'")).toContain('tickets_subject_trigrams');
    expect(await at("word_beginnings(subject_search) @> ARRAY['zz']")).toContain(
      'tickets_subject_beginnings',
    );
  });
});
