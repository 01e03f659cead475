import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import type { TicketEvent } from '../contract/events.ts';
import type { Settings } from '../contract/settings.ts';
import { createLog } from '../log.ts';
import { createSupportCenter, type SupportCenter } from '../support-center.ts';
import { EventReader } from '../testing/event-reader.ts';
import { createDatabase } from '../testing/postgres/databases.ts';
import { signToken } from '../testing/sign-token.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { expectStatus, fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

/** As it would be in a process of its own: nothing is shared but the database and the files. */
interface Process {
  support: SupportCenter;
  as(user: TestUser): TestClient;
  listen(user: TestUser, options?: { query?: string; lastEventId?: string }): Promise<EventReader>;
  logs: string[];
}

let folder: string;
let one: Process;
let two: Process;
let open: EventReader[];
beforeEach(async () => {
  open = [];
  folder = await mkdtemp(join(tmpdir(), 'support-center-shared-'));
  const database = await createDatabase();
  const startProcess = (): Process => {
    const config = createTestConfig({ database, attachments: { kind: 'file', path: folder } });
    const logs: string[] = [];
    const log = createLog('info', { now: () => Date.now() }, (line) => logs.push(line));
    const support = createSupportCenter({ config, deps: { log } });
    support.startJobs();
    const authorization = async (user: TestUser) =>
      `Bearer ${await signToken(user, config.auth, Date.now())}`;
    return {
      support,
      logs,
      as: (user) =>
        createTestClient(
          (path, init) => support.app.request(path, init),
          () => authorization(user),
        ),
      async listen(user, { query = '', lastEventId } = {}) {
        const headers = {
          authorization: await authorization(user),
          ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
        };
        const reader = new EventReader(await support.app.request(`/api/events${query}`, { headers }));
        open.push(reader);
        await vi.waitFor(() => expect(reader.text).toContain(': hello'));
        return reader;
      },
    };
  };
  one = startProcess();
  two = startProcess();
  // Both are known, and what they begin with has been told.
  for (const { as } of [one, two])
    for (const user of [AGENT, OTHER_AGENT]) await as(user).get('/api/session');
});
afterEach(async () => {
  for (const reader of open) await reader.close();
  await Promise.all([one.support.stop(), two.support.stop()]);
  await rm(folder, { recursive: true, force: true });
});

const eventsOf = (reader: EventReader) => reader.dataOf('ticket') as TicketEvent[];
const until = (check: () => void) => vi.waitFor(check, { timeout: 10_000, interval: 10 });

it('tells the streams of every process what any has committed, each in the order of the commits', async () => {
  const readers = [await one.listen(AGENT), await two.listen(OTHER_AGENT)];
  const own = await two.listen(CLIENT);
  const foreign = await two.listen(OTHER_CLIENT);
  const tickets = await Promise.all(
    [one, two, one, two, one].map(({ as }, n) => fileTicket(as(CLIENT), { subject: `Ticket ${n}` })),
  );
  const [first] = tickets as [(typeof tickets)[0]];
  await Promise.all([
    reply(one.as(AGENT), first.number, { internal: true }),
    reply(two.as(OTHER_AGENT), tickets[1]!.number),
    patchTicket(one.as(AGENT), tickets[2]!.number, { priority: 'urgent' }),
  ]);
  const { entries } = { entries: await allSeqs() };
  await until(() => {
    for (const reader of readers) expect(eventsOf(reader).map(({ seq }) => seq)).toEqual(entries);
  });
  expect(eventsOf(readers[1]!).filter(({ internal }) => internal)).toHaveLength(1);
  const internal = eventsOf(readers[0]!).find((event) => event.internal)!;
  await until(() =>
    expect(eventsOf(own).map(({ seq }) => seq)).toEqual(entries.filter((seq) => seq !== internal.seq)),
  );
  expect(eventsOf(foreign)).toEqual([]);
});

async function allSeqs(): Promise<number[]> {
  const rows = await one.support.deps.db.selectFrom('history').select('seq').orderBy('seq').execute();
  return rows.map(({ seq }) => seq);
}

it('makes up for what was committed while a process could not listen', async () => {
  const reader = await two.listen(AGENT);
  await fileTicket(one.as(CLIENT));
  await until(() => expect(eventsOf(reader)).toHaveLength(1));
  await sql`SELECT pg_terminate_backend(pid) FROM pg_stat_activity
    WHERE application_name = 'support-center live' AND datname = current_database()`.execute(
    one.support.deps.db,
  );
  for (let n = 0; n < 5; n += 1) await fileTicket(one.as(CLIENT));
  const seqs = await allSeqs();
  await until(() => expect(eventsOf(reader).map(({ seq }) => seq)).toEqual(seqs));
  expect(two.logs.join('\n')).toContain('live.disconnected');
});

it('resumes in one process a stream that was cut off in another', async () => {
  const before = await one.listen(CLIENT);
  const { number } = await fileTicket(one.as(CLIENT));
  await until(() => expect(eventsOf(before)).toHaveLength(1));
  const { lastId } = before;
  await before.close();
  await reply(one.as(AGENT), number);
  const after = await two.listen(CLIENT, { lastEventId: lastId! });
  await until(() =>
    expect(eventsOf(after).map(({ type }) => type)).toEqual(['message.created', 'ticket.updated']),
  );
});

it('knows who has a ticket open in another process, until they leave', async () => {
  const { number } = await fileTicket(one.as(CLIENT));
  const reader = await one.listen(AGENT, { query: '?include=presence' });
  const path = `/api/tickets/${number}/presence`;
  await one.as(AGENT).put(path, { state: 'viewing' });
  await two.as(OTHER_AGENT).put(path, { state: 'writing' });
  const people = () => (reader.dataOf('presence') as Array<{ people: unknown[] }>).at(-1)?.people;
  await until(() =>
    expect(people()).toEqual([
      { id: AGENT.sub, name: AGENT.name, state: 'viewing' },
      { id: OTHER_AGENT.sub, name: OTHER_AGENT.name, state: 'writing' },
    ]),
  );
  await two.as(OTHER_AGENT).put(path, { state: 'gone' });
  await until(() => expect(people()).toHaveLength(1));
});

it('tells a reader in another process what they have read in this one', async () => {
  const { number } = await fileTicket(one.as(CLIENT));
  await reply(one.as(AGENT), number);
  const reader = await two.listen(CLIENT, { query: '?include=reads' });
  await one.as(CLIENT).get(`/api/tickets/${number}/messages`);
  await until(() => expect(reader.dataOf('read')).toEqual([{ number }]));
});

it('has settings saved in one process in force in the other', async () => {
  const stored = await one.as(ADMIN).get('/api/settings');
  const etag = stored.headers.get('etag')!;
  const settings = await expectStatus<Settings>(stored, 200);
  const body = { ...settings, supportUrl: 'https://help.example.com' };
  await expectStatus(await one.as(ADMIN).put('/api/settings', body, { 'if-match': etag }), 200);
  await until(async () => {
    const center = await expectStatus<{ supportUrl: string }>(
      await two.support.app.request('/api/center'),
      200,
    );
    expect(center.supportUrl).toBe('https://help.example.com');
  });
});
