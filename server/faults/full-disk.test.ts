import { randomUUID } from 'node:crypto';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sql } from 'kysely';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Ticket } from '../contract/tickets.ts';
import { signForProcess, startServerProcess, type ServerProcess } from '../testing/server-process.ts';
import { createTestApp } from '../testing/test-app.ts';
import { createTestClient, type TestClient } from '../testing/test-client.ts';
import { ADMIN, AGENT, CLIENT, type TestUser } from '../testing/users.ts';
import { DISKS } from './disk.ts';
import { takeInventory } from './inventory.ts';
import { sha256 } from './load.ts';

const LARGE = 'A long log. '.repeat(4000);
const ticket = (description: string) => ({
  subject: 'No room',
  category: 'technical',
  priority: 'high',
  description,
});

/** Whoever does something here, and what they read and write. */
function everythingOf(as: (user: TestUser) => TestClient, number: string, attachmentId: string) {
  const [client, agent, admin] = [as(CLIENT), as(AGENT), as(ADMIN)];
  const path = `/api/tickets/${number}`;
  return {
    reads: () => [
      client.get('/api/session'),
      client.get('/api/tickets?q=room&include=counts'),
      client.get(path),
      client.get(`${path}/messages`),
      client.get(`${path}/history`),
      client.get(`/api/attachments/${attachmentId}`),
      agent.get('/api/tickets?assignee=none'),
      agent.get('/api/tickets/counts'),
      agent.get(`${path}/messages`),
      agent.get('/api/agents'),
      admin.get('/api/settings'),
    ],
    writes: () => [
      client.post('/api/tickets', ticket(LARGE)),
      client.post(`${path}/messages`, { body: LARGE }),
      client.upload('/api/attachments', { name: 'a.txt', content: LARGE }),
      agent.post(`${path}/messages`, { body: LARGE, internal: true }),
    ],
  };
}

async function statuses(responses: Array<Promise<Response>>): Promise<number[]> {
  return (await Promise.all(responses)).map(({ status }) => status);
}

describe.each(DISKS)('with $name', (disk) => {
  let folder: string;
  let server: ServerProcess;
  let as: (user: TestUser) => TestClient;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'support-center-full-'));
    server = await startServerProcess({ folder, wrapper: disk.wrapper(folder) });
    as = (user) =>
      createTestClient(
        (path, init) => fetch(server.url + path, init),
        async () => `Bearer ${await signForProcess(user)}`,
      );
  });
  afterEach(async () => {
    await server.end('SIGKILL');
    await rm(folder, { recursive: true, force: true });
  });

  it(
    'writes are answered with 507, reads go on, and it recovers by itself',
    { timeout: 60_000 },
    async () => {
      const acknowledged: string[] = [];
      const file = { name: 'screen.txt', content: 'The bytes' };
      const { id } = (await (await as(CLIENT).upload('/api/attachments', file)).json()) as { id: string };
      const first = await as(CLIENT).post('/api/tickets', { ...ticket('The first'), attachmentIds: [id] });
      expect(first.status).toBe(201);
      acknowledged.push('The first');
      const { number } = (await first.json()) as Ticket;
      const { reads, writes } = everythingOf(as, number, id);
      expect(new Set(await statuses(reads()))).toEqual(new Set([200]));

      disk.fill(folder, server);
      // A little may fit where something was before.
      let refused: Response | undefined;
      const key = randomUUID();
      for (let n = 0; !refused && n < 200; n++) {
        const text = `${n} ${LARGE}`;
        const response = await as(CLIENT).post('/api/tickets', ticket(text), { 'idempotency-key': key + n });
        if (response.status === 201) acknowledged.push(text);
        else refused = response;
      }
      expect(refused?.status).toBe(507);
      expect(refused?.headers.get('content-type')).toBe('application/problem+json');
      expect(await refused?.json()).toMatchObject({ code: 'storage_full', status: 507 });
      for (let n = 0; n < 3; n++) {
        expect(new Set(await statuses(writes()))).toEqual(new Set([507]));
        expect(new Set(await statuses(reads()))).toEqual(new Set([200]));
      }
      const bytes = await as(CLIENT).get(`/api/attachments/${id}`);
      expect(await bytes.text()).toBe('The bytes');
      expect((await fetch(`${server.url}/readyz`)).status).toBe(200);

      disk.free(folder, server);
      const repeated = ticket('Said again');
      const headers = { 'idempotency-key': `${key}-again` };
      expect((await as(CLIENT).post('/api/tickets', repeated, headers)).status).toBe(201);
      expect((await as(CLIENT).post('/api/tickets', repeated, headers)).status).toBe(201);
      acknowledged.push('Said again');
      const { version } = (await (await as(AGENT).get(`/api/tickets/${number}`)).json()) as Ticket;
      const patch = { priority: 'low' };
      const patched = await as(AGENT).patch(`/api/tickets/${number}`, patch, { 'if-match': `"${version}"` });
      expect(patched.status).toBe(200);

      // A copy: SQLite resolves the way through /proc to a folder that is none here.
      const copy = join(folder, 'copy');
      await cp(join(disk.seen(folder, server), 'data'), join(copy, 'data'), { recursive: true });
      const { texts, files } = await takeInventory(copy);
      expect(Object.fromEntries(texts)).toEqual(
        Object.fromEntries(acknowledged.map((text) => [sha256(text), 1])),
      );
      expect(files.get(id)).toBe(sha256('The bytes'));
      expect(await server.end('SIGTERM')).toBe(0);
    },
  );

  it('it stops as it always does', { timeout: 60_000 }, async () => {
    expect((await as(CLIENT).post('/api/tickets', ticket('The first'))).status).toBe(201);
    disk.fill(folder, server);
    await as(CLIENT).post('/api/tickets', ticket(LARGE));
    expect(await server.end('SIGTERM')).toBe(0);
  });
});

// Elsewhere no disk can be made full without being somebody's.
if (process.platform === 'linux') {
  it('a server that finds a full disk at its start says so in one line', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'support-center-full-'));
    try {
      await (await startServerProcess({ folder })).end('SIGTERM');
      const start = startServerProcess({ folder, wrapper: ['prlimit', '--fsize=0'] });
      await expect(start).rejects.toThrow(
        /support-center: The database \S+ cannot be written: is the disk full/,
      );
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('this machine can make a disk full', () => expect(DISKS).not.toEqual([]));
}

describe('with a read-only database', () => {
  it('writes are answered with 507, reads go on, and it recovers by itself', async () => {
    const test = await createTestApp();
    try {
      const file = { name: 'screen.txt', content: 'The bytes' };
      const { id } = (await (await test.as(CLIENT).upload('/api/attachments', file)).json()) as {
        id: string;
      };
      const input = { ...ticket('The first'), attachmentIds: [id] };
      const { number } = (await (await test.as(CLIENT).post('/api/tickets', input)).json()) as Ticket;
      const { reads, writes } = everythingOf(test.as, number, id);
      expect(new Set(await statuses(reads()))).toEqual(new Set([200]));
      await sql`PRAGMA query_only = ON`.execute(test.deps.db);
      // Tokens that would renew what is known of their users.
      test.clock.advance(2 * 3_600_000);
      expect(new Set(await statuses(writes()))).toEqual(new Set([507]));
      expect(new Set(await statuses(reads()))).toEqual(new Set([200]));
      await sql`PRAGMA query_only = OFF`.execute(test.deps.db);
      expect(await statuses(writes())).toEqual([201, 201, 201, 201]);
      expect(new Set(await statuses(reads()))).toEqual(new Set([200]));
    } finally {
      await test.close();
    }
  });
});
