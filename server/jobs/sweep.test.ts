import type { Selectable } from 'kysely';
import { utimes } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { UserRow } from '../db/tables.ts';
import { insertTicket, insertUser } from '../testing/rows.ts';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { CLIENT } from '../testing/users.ts';
import { sweep } from './sweep.ts';

const HOUR = 3_600_000;

let test: TestDeps;
let clara: Selectable<UserRow>;
beforeEach(async () => {
  test = await createTestDeps();
  clara = await insertUser(test.deps, CLIENT);
  await test.deps.db
    .insertInto('history')
    .values({ ticket_id: 1, requester_id: clara.id, type: 'created', created_at: 0 })
    .execute();
});
afterEach(() => test.close());

/** Bytes in storage, as old as the test's clock says. */
async function store(key: string): Promise<void> {
  async function* bytes() {
    yield new TextEncoder().encode('bytes');
  }
  await test.deps.storage.put(key, bytes(), { maxBytes: 100 });
  const seconds = test.clock.now() / 1000;
  await utimes(join(test.attachments, key.slice(0, 2), key), seconds, seconds);
}
async function upload(uid: string, link?: { ticket_id: number; message_id: number }): Promise<void> {
  await store(uid);
  await test.deps.db
    .insertInto('attachments')
    .values({
      uid,
      uploader_id: clara.id,
      name: 'screen.png',
      size: 5,
      content_type: 'image/png',
      sha256: 'x',
      created_at: test.clock.now(),
      ...link,
    })
    .execute();
}
const rows = async () => {
  const all = await test.deps.db.selectFrom('attachments').select('uid').orderBy('uid').execute();
  return all.map((row) => row.uid);
};
const stored = async () => {
  const keys: string[] = [];
  for await (const { key } of test.deps.storage.keys()) keys.push(key);
  return keys.sort();
};
const key = (n: number) => `file-${String(n).padStart(20, '0')}`;

describe('the sweep', () => {
  it('removes uploads that were not sent within 24 h, row and bytes, and nothing else', async () => {
    const ticket = await insertTicket(test.deps, clara);
    const { id } = await test.deps.db
      .insertInto('messages')
      .values({
        uid: 'm'.repeat(22),
        ticket_id: ticket.id,
        author_id: clara.id,
        author_role: 'client',
        body: 'Hi',
        created_at: 0,
      })
      .returning('id')
      .executeTakeFirstOrThrow();
    await upload(key(1));
    await upload(key(2), { ticket_id: ticket.id, message_id: id });
    test.clock.advance(1);
    await upload(key(3));
    test.clock.advance(24 * HOUR - 1);
    expect(await sweep(test.deps)).toMatchObject({ uploads: 1, orphans: 0, idempotencyKeys: 0 });
    expect(await rows()).toEqual([key(2), key(3)]);
    expect(await stored()).toEqual([key(2), key(3)]);
  });

  it('removes bytes that no row knows of, but not those of an upload under way', async () => {
    await upload(key(1), undefined);
    await store(key(2));
    test.clock.advance(12 * HOUR);
    await store(key(3));
    test.clock.advance(12 * HOUR);
    await test.deps.db
      .updateTable('attachments')
      .set({ created_at: test.clock.now() } as never)
      .execute();
    expect(await sweep(test.deps)).toMatchObject({ orphans: 1 });
    expect(await stored()).toEqual([key(1), key(3)]);
  });

  it('keeps the files when it seems to run on the wrong database', async () => {
    for (let n = 0; n < 30; n += 1) await store(key(n));
    test.clock.advance(48 * HOUR);
    expect(await sweep(test.deps)).toMatchObject({ orphans: 0 });
    expect(await stored()).toHaveLength(30);
    expect(test.logs).toContainEqual(expect.objectContaining({ event: 'sweep.refused', orphans: 30 }));
  });

  it('keeps the files when the database has never had a ticket', async () => {
    await test.deps.db.deleteFrom('history').execute();
    await store(key(1));
    test.clock.advance(48 * HOUR);
    expect(await sweep(test.deps)).toMatchObject({ orphans: 0 });
    expect(await stored()).toEqual([key(1)]);
  });

  it('forgets idempotency keys after 24 h, however many', async () => {
    const add = (n: number) =>
      test.deps.db
        .insertInto('idempotency_keys')
        .values({
          user_id: clara.id,
          route: 'POST /tickets',
          key: `key-${n}`,
          request_hash: 'x',
          created_at: test.clock.now(),
        })
        .execute();
    for (let n = 0; n < 450; n += 1) await add(n);
    test.clock.advance(1);
    await add(450);
    test.clock.advance(24 * HOUR - 1);
    expect(await sweep(test.deps)).toMatchObject({ idempotencyKeys: 450 });
    const left = await test.deps.db.selectFrom('idempotency_keys').select('key').execute();
    expect(left).toEqual([{ key: 'key-450' }]);
  });

  it('does nothing when it is told to stop', async () => {
    await upload(key(1));
    test.clock.advance(48 * HOUR);
    await sweep(test.deps, AbortSignal.abort());
    expect(await rows()).toEqual([key(1)]);
  });
});
