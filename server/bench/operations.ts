import type { NewTicket, TicketListQuery } from '../contract/tickets.ts';
import type { RawDatabase } from '../db/open.ts';
import type { Actor, Deps } from '../deps.ts';
import { createTicket } from '../tickets/create.ts';
import { countTickets, listTickets } from '../tickets/list.ts';
import { listMessages, readTicket } from '../tickets/read.ts';

/** One thing that people do, and what it is held against. */
export interface Operation {
  name: string;
  run(deps: Deps): Promise<unknown>;
  /** What it would cost without this database's indexes, counters and search tables. */
  naive?(raw: RawDatabase): unknown;
  /** Of a write, whose statements cannot be replayed: one row, as durable. */
  bare?(raw: RawDatabase): unknown;
}

const LIST: TicketListQuery = { sort: 'newest', limit: 25 };
const NEW_TICKET: NewTicket = {
  subject: 'A benchmark asks for help',
  category: 'technical',
  priority: 'normal',
  description: 'The quick brown fox files a ticket.',
};
const COLUMNS = 'id, subject, status, priority, category, created_at, updated_at';

/** The least that is as durable: one row, one commit. */
function insertBare(raw: RawDatabase): void {
  raw.prepare('INSERT INTO bench_bare (subject, body, at) VALUES (?, ?, ?)').run('A', 'The', 1);
}

/** @param sample a ticket and a client of the seeded ones */
export function operations(sample: {
  number: string;
  agent: Actor;
  client: Actor;
  deep: string;
}): Operation[] {
  const { number, agent, client, deep } = sample;
  const list = (
    name: string,
    query: Partial<TicketListQuery>,
    where: string,
    order = '+id DESC',
  ): Operation => ({
    name,
    run: (deps) => listTickets(deps, agent, { ...LIST, ...query }),
    // The plus signs keep SQLite from the indexes.
    naive: (raw) =>
      raw.prepare(`SELECT ${COLUMNS} FROM tickets WHERE ${where} ORDER BY ${order} LIMIT 25`).all(),
  });
  const search = (name: string, q: string): Operation =>
    list(name, { q }, `subject_search LIKE '%${q}%'`, 'id DESC');
  return [
    {
      name: 'badges, all tickets',
      run: (deps) => countTickets(deps, agent, {}),
      naive: (raw) => raw.prepare('SELECT +status, count(*) FROM tickets GROUP BY +status').all(),
    },
    {
      name: 'badges, one client',
      run: (deps) => countTickets(deps, client, {}),
      naive: (raw) =>
        raw
          .prepare('SELECT +status, count(*) FROM tickets WHERE +requester_id = ? GROUP BY +status')
          .all(client.userId),
    },
    list('list, newest', {}, '1'),
    list(
      'list, status and priority',
      { status: ['open'], priority: ['high'] },
      "+status = 'open' AND +priority = 'high'",
    ),
    list('list, by priority', { sort: 'priority' }, '1', '+priority DESC, id DESC'),
    list('list, recently updated', { sort: 'updated' }, '1', '+updated_at DESC'),
    {
      name: 'list, deep page',
      run: (deps) => listTickets(deps, agent, { ...LIST, cursor: deep }),
      naive: (raw) =>
        raw
          .prepare(
            `SELECT ${COLUMNS} FROM tickets ORDER BY id DESC LIMIT 25 OFFSET (SELECT count(*) / 2 FROM tickets)`,
          )
          .all(),
    },
    {
      name: 'list, one client',
      run: (deps) => listTickets(deps, client, LIST),
      naive: (raw) =>
        raw
          .prepare(`SELECT ${COLUMNS} FROM tickets WHERE +requester_id = ? ORDER BY id DESC LIMIT 25`)
          .all(client.userId),
    },
    search('search, common word', 'invoice'),
    search('search, absent word', 'zeppelin'),
    search('search, infix', 'nvoic'),
    search('search, two letters', 'in'),
    { name: 'ticket by number', run: (deps) => readTicket(deps, agent, number) },
    { name: 'conversation', run: (deps) => listMessages(deps, client, number, { limit: 100 }) },
    {
      name: 'create, durable',
      run: (deps) => createTicket(deps, client, NEW_TICKET, undefined),
      bare: insertBare,
    },
    {
      name: 'create, 16 at once',
      run: (deps) =>
        Promise.all(Array.from({ length: 16 }, () => createTicket(deps, client, NEW_TICKET, undefined))),
      bare: (raw) => {
        for (let n = 0; n < 16; n++) insertBare(raw);
      },
    },
  ];
}
