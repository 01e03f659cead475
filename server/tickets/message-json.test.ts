import { afterAll, beforeAll, expect, test } from 'vitest';
import { MessagePage } from '../contract/tickets.ts';
import { openDatabase, type OpenDatabase } from '../db/open.ts';
import type { Actor, Deps } from '../deps.ts';
import { createLiveHub } from '../live/hub.ts';
import { addSampleTickets } from '../testing/sample-tickets.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { listMessages, listMessagesAsJson } from './read.ts';

const NASTY = [
  'plain',
  '"}],"internal":true,"x":[{"',
  'a | b \\ \\" \u0001 \u2028 \u007f \r\n\t',
  '😀 مرحبا <script>alert(1)</script>',
  'Ünïcödé within Latin-1',
];
const STATES = ['queued', 'sent', 'delivered', 'bounced', 'failed', 'captured', 'suppressed', 'read'];

let database: OpenDatabase;
let deps: Deps;

beforeAll(() => {
  database = openDatabase(':memory:');
  const { raw } = database;
  addSampleTickets(raw, 20);
  const message = raw.prepare(
    `INSERT INTO messages (uid, ticket_id, author_id, author_role, body, internal, created_at)
     VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  const file = raw.prepare(
    `INSERT INTO attachments (uid, uploader_id, ticket_id, message_id, name, size, content_type, sha256, created_at)
     VALUES (?, 1, ?, ?, ?, 5, 'image/png', 's', 0)`,
  );
  const mail = raw.prepare(
    `INSERT INTO outbox (ticket_id, message_id, kind, recipient, payload, idempotency_key, state, error, created_at,
       next_attempt_at, finished_at)
     VALUES (?, ?, 'reply', 'a@example.com', '{}', ?, ?, ?, 0, 0, ?)`,
  );
  // One with files and mails, one with neither.
  for (const ticket of [1001, 1002]) {
    for (let n = 0; n < 60; n++) {
      const body = `${NASTY[n % NASTY.length]!} ${n}`;
      const role = n % 3 ? 'agent' : 'client';
      const uid = `message-${ticket}-${String(n).padStart(6, '0')}`;
      const { lastInsertRowid: id } = message.run(
        uid,
        ticket,
        n % 3 ? 4 : 2,
        role,
        body,
        n % 7 ? 0 : 1,
        n * 997,
      );
      if (ticket !== 1001) continue;
      for (let f = 0; f < n % 4; f++) file.run(`file-${n}-${f}`, ticket, id, `${NASTY[f]!}.png`);
      for (let m = 0; m < n % 3; m++) {
        const state = STATES[(n + m) % STATES.length]!;
        mail.run(
          ticket,
          id,
          `mail-${n}-${m}`,
          state,
          state === 'failed' ? `No "such" 😀 \\ ${n}` : null,
          state === 'queued' ? null : 0,
        );
      }
    }
  }
  raw.exec(`
    UPDATE users SET name = 'A "quoted" | name, \\ and 😀', external_id = 'i"d\\' WHERE id = 2;
    UPDATE tickets SET requester_id = 1 WHERE id IN (1001, 1002);
  `);
  deps = {
    config: createTestConfig(),
    db: database.db,
    clock: { now: () => 0 },
    live: createLiveHub(),
  } as unknown as Deps;
});
afterAll(() => database.close());

const actors: Actor[] = [
  { userId: 1, id: 'user-1', name: 'User 1', email: 'user-1@example.com', role: 'client' },
  { userId: 4, id: 'user-4', name: 'User 4', email: 'user-4@example.com', role: 'agent' },
];

test.each(actors)('the conversation that $role gets as JSON says what the rows say', async (actor) => {
  for (const number of ['SUP-1001', 'SUP-1002', 'SUP-1003']) {
    for (const limit of [7, 100]) {
      let cursor: string | undefined;
      do {
        const expected = await listMessages(deps, actor, number, { limit, cursor });
        const json: unknown = JSON.parse(
          (await listMessagesAsJson(deps, actor, number, { limit, cursor })).join(''),
        );
        expect(json).toEqual(expected);
        expect(MessagePage.parse(json)).toEqual(expected);
        cursor = expected.nextCursor ?? undefined;
      } while (cursor);
    }
  }
});
