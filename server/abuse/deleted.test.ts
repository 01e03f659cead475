import { readdir, readFile, rm, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { finishErasing } from '../db/erase.ts';
import { openDatabase } from '../db/open.ts';
import { createSupportCenter, type SupportCenter } from '../support-center.ts';
import type { Ticket } from '../contract/tickets.ts';
import { PNG } from '../testing/png.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { createLog } from '../log.ts';
import { signToken } from '../testing/sign-token.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, type TestUser } from '../testing/users.ts';

/** Words that stand nowhere else; each goes into another field. */
const WORDS = {
  subject: 'quokkasubject',
  description: 'quokkadescription',
  reply: 'quokkareply',
  note: 'quokkanote',
  app: 'quokkaapp',
  file: 'quokkafile',
  bytes: 'quokkabytes',
  draft: 'quokkanote2',
};

let folder: string;
let center: SupportCenter;
let lines: string;
let as: (user: TestUser) => TestClient;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-deleted-'));
  lines = '';
  const path = join(folder, 'support.db');
  const config = createTestConfig({
    database: { kind: 'sqlite', path },
    attachments: { kind: 'file', path: join(folder, 'attachments') },
  });
  const clock = { now: () => Date.now() };
  center = createSupportCenter({
    config,
    deps: { log: createLog('debug', clock, (line) => (lines += line)) },
  });
  as = (user) =>
    createTestClient(
      (path, init) => center.app.request(path, init),
      async () => `Bearer ${await signToken(user, config.auth, Date.now())}`,
    );
});
afterEach(async () => {
  await center.stop();
  await rm(folder, { recursive: true, force: true });
});

/** Every byte this installation keeps, file by file. */
async function bytesOnDisk(): Promise<Array<{ path: string; bytes: Buffer }>> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
  return Promise.all(files.map(async (path) => ({ path, bytes: await readFile(path) })));
}

/** Where a word is found, in the encodings a database might use. */
async function findOnDisk(words: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const { path, bytes } of await bytesOnDisk()) {
    for (const word of words) {
      const holds = [Buffer.from(word), Buffer.from(word, 'utf16le')].some((needle) =>
        bytes.includes(needle),
      );
      if (holds || path.includes(word)) found.push(`${word} in ${path.slice(folder.length)}`);
    }
  }
  return found;
}

/** A ticket that leaves traces in every table there is. */
async function fileEverything(): Promise<{ ticket: Ticket; ids: string[] }> {
  const upload = async (user: TestUser) => {
    const content = Buffer.concat([PNG, Buffer.from(WORDS.bytes.repeat(2000))]);
    const answer = await as(user).upload('/api/attachments', { name: `${WORDS.file}.png`, content });
    return (await expectStatus<{ id: string }>(answer, 201)).id;
  };
  const ids = [await upload(CLIENT), await upload(AGENT)];
  const body = {
    subject: `My ${WORDS.subject} is lost`,
    category: 'general',
    priority: 'high',
    description: `${WORDS.description} `.repeat(500),
    attachmentIds: [ids[0]],
    relatedApp: { id: `${WORDS.app}-1`, name: WORDS.app },
  };
  const key = { 'idempotency-key': 'once-and-for-all' };
  const ticket = await expectStatus<Ticket>(await as(CLIENT).post('/api/tickets', body, key), 201);
  const { number } = ticket;
  await patchTicket(as(AGENT), number, { assigneeId: AGENT.sub, priority: 'urgent' });
  await reply(as(AGENT), number, { body: WORDS.reply });
  await reply(as(AGENT), number, { body: WORDS.note, internal: true, attachmentIds: [ids[1]!] });
  await reply(as(AGENT), number, { body: WORDS.draft, internal: true });
  await reply(as(CLIENT), number, { body: `${WORDS.reply} again` });
  await as(CLIENT).get(`/api/tickets?q=${WORDS.subject}`);
  return { ticket, ids };
}

it('a deleted ticket leaves no byte behind: database, log of the database, index, mails, files, log', async () => {
  await as(AGENT).get('/api/session');
  // Neighbours, so that pages are shared and freed ones are used again.
  for (let n = 0; n < 30; n += 1)
    await fileTicket(as(CLIENT), { subject: `Neighbour ${n}`, description: 'x'.repeat(1 + n * 300) });
  const { ticket, ids } = await fileEverything();
  const words = [...Object.values(WORDS), ...ids];
  const before = await findOnDisk(words);
  for (const word of [...Object.values(WORDS), ...ids]) expect(before.join('\n')).toContain(word);
  // What the planner samples from indexes would be a copy too.
  const { sql } = await import('kysely');
  await sql`ANALYZE`.execute(center.deps.db);

  await expectStatus(await as(ADMIN).delete(`/api/tickets/${ticket.number}`), 204);
  expect(await findOnDisk(words)).toEqual([]);
  for (const word of words) expect(lines, word).not.toContain(word);

  // Nor does it come back by any way that once led to it.
  for (const path of ['', '/messages', '/history']) {
    expect((await as(ADMIN).get(`/api/tickets/${ticket.number}${path}`)).status).toBe(404);
  }
  for (const id of ids) expect((await as(ADMIN).get(`/api/attachments/${id}`)).status).toBe(404);
  const found = await as(ADMIN).get(`/api/tickets?q=${WORDS.subject}`);
  expect(await found.json()).toMatchObject({ tickets: [] });
  const next = await fileTicket(as(CLIENT));
  expect(Number(next.number.split('-')[1])).toBe(Number(ticket.number.split('-')[1]) + 1);
});

it('a reader at that moment, such as a backup, only delays it', async () => {
  const { ticket, ids } = await fileEverything();
  const words = [...Object.values(WORDS), ...ids];
  const reader = openDatabase(join(folder, 'support.db'));
  reader.raw.exec('BEGIN');
  reader.raw.prepare('SELECT count(*) FROM tickets').get();
  await expectStatus(await as(ADMIN).delete(`/api/tickets/${ticket.number}`), 204);
  expect(await findOnDisk(words)).not.toEqual([]);
  reader.raw.exec('COMMIT');
  await finishErasing(center.deps.db);
  expect(await findOnDisk(words)).toEqual([]);
  await reader.close();
});

it('what remains of it is one entry: that somebody deleted this number', async () => {
  const { ticket } = await fileEverything();
  await expectStatus(await as(ADMIN).delete(`/api/tickets/${ticket.number}`), 204);
  const { db } = center.deps;
  const id = Number(ticket.number.split('-')[1]);
  const left = await db.selectFrom('history').selectAll().where('ticket_id', '=', id).execute();
  expect(left).toHaveLength(1);
  expect(left[0]).toMatchObject({ type: 'deleted', from_value: null, to_value: null, message_id: null });
  for (const table of [
    'messages',
    'attachments',
    'outbox',
    'idempotency_keys',
    'ticket_reads',
    'tickets',
  ] as const) {
    expect(await db.selectFrom(table).selectAll().execute(), table).toEqual([]);
  }
});

it('every table that speaks of a ticket lets go of it, those of tomorrow too', async () => {
  const { sql } = await import('kysely');
  const { db } = center.deps;
  const columns = await sql<{ table: string; column: string; action: string | null }>`
    SELECT t.name AS "table", c.name AS "column", f.on_delete AS action
    FROM pragma_table_list AS t
    JOIN pragma_table_info(t.name) AS c
    LEFT JOIN pragma_foreign_key_list(t.name) AS f ON f."from" = c.name
    WHERE t.type = 'table' AND c.name IN ('ticket_id', 'message_id')`.execute(db);
  expect(columns.rows.length).toBeGreaterThan(6);
  for (const { table, column, action } of columns.rows) {
    // The history is deleted by hand but for one entry; a mark of what was read is a number, and goes with its ticket.
    if (table === 'history' || `${table}.${column}` === 'ticket_reads.message_id') continue;
    expect(action, `${table}.${column}`).toBe('CASCADE');
  }
});
