import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { MIGRATIONS, SCHEMA_VERSION } from './migrations/index.ts';
import { migrate, openDatabase, toStorageError, type RawDatabase } from './open.ts';
import { afterCommit, transact } from './transact.ts';

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'support-center-db-'));
  path = join(folder, 'not', 'there', 'yet', 'support.db');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Everything that makes two databases equal before anybody has used them. */
function shapeOf(raw: RawDatabase) {
  return {
    version: raw.pragma('user_version', { simple: true }),
    // A column that was added later stands in the same line as the one before it.
    objects: raw
      .prepare<[], { sql: string | null }>(
        "SELECT type, name, tbl_name, sql FROM sqlite_schema WHERE name NOT LIKE 'sqlite_stat%' ORDER BY type, name",
      )
      .all()
      .map((object) => ({ ...object, sql: object.sql?.replace(/\s+/g, ' ').replace(/ ?([(),]) ?/g, '$1') })),
    sequences: raw.prepare('SELECT name, seq FROM sqlite_sequence ORDER BY name').all(),
    search: [
      ...raw.prepare('SELECT k, v FROM subject_trigrams_config ORDER BY k').all(),
      ...raw.prepare('SELECT k, v FROM subject_words_config ORDER BY k').all(),
    ],
  };
}

describe('opening', () => {
  test('makes the folder, creates the schema, and finds it again', async () => {
    const first = openDatabase(path);
    const shape = shapeOf(first.raw);
    expect(shape.version).toBe(SCHEMA_VERSION);
    await first.close();
    const second = openDatabase(path);
    expect(shapeOf(second.raw)).toEqual(shape);
    await second.close();
  });

  test('makes files that only their owner may read', async () => {
    const { close } = openDatabase(path);
    for (const file of [path, `${path}-wal`, `${path}-shm`]) expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(statSync(dirname(path)).mode & 0o777).toBe(0o700);
    await close();
  });

  test('is durable and strict every time', async () => {
    for (let time = 0; time < 2; time++) {
      const { raw, close } = openDatabase(path);
      const pragma = (name: string) => raw.pragma(name, { simple: true });
      expect(pragma('journal_mode')).toBe('wal');
      expect(pragma('synchronous')).toBe(2);
      expect(pragma('foreign_keys')).toBe(1);
      expect(pragma('secure_delete')).toBe(1);
      expect(pragma('cache_size')).toBe(-2000);
      expect(pragma('mmap_size')).toBe(2147418112);
      expect(pragma('busy_timeout')).toBe(5000);
      await close();
    }
  });

  test('closes once, whoever asks how often', async () => {
    const database = openDatabase(path);
    await Promise.all([database.close(), database.close()]);
    await database.close();
    expect(database.raw.open).toBe(false);
  });

  test('refuses a database of a newer version', async () => {
    const database = openDatabase(path);
    database.raw.pragma('user_version = 9999');
    await database.close();
    expect(() => openDatabase(path)).toThrow(/schema version 9999.*use a newer version of support-center/s);
  });

  test('refuses another program’s database, and leaves it alone', async () => {
    const database = openDatabase(path);
    database.raw.exec('PRAGMA user_version = 0');
    await database.close();
    expect(() => openDatabase(path)).toThrow(/belongs to another program/);
  });
});

describe('migrations', () => {
  test('are numbered upwards from 1', () => {
    const versions = MIGRATIONS.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((a, b) => a - b));
    expect(versions[0]).toBe(1);
  });

  test('make of a database of version 1 what a fresh one is', async () => {
    const fresh = openDatabase(':memory:');
    const migrated = openDatabase(':memory:');
    empty(migrated.raw);
    migrate(migrated.raw, MIGRATIONS);
    expect(shapeOf(migrated.raw)).toEqual(shapeOf(fresh.raw));
    await Promise.all([fresh.close(), migrated.close()]);
  });

  test('keep the mails of a database of version 1, and never use an id twice', async () => {
    const { raw, close } = openDatabase(':memory:');
    empty(raw);
    migrate(raw, MIGRATIONS.slice(0, 1));
    const insert = `INSERT INTO outbox (kind, recipient, payload, idempotency_key, state, next_attempt_at, first_attempt_at, created_at, finished_at)`;
    raw.exec(`${insert} VALUES ('closed', 'a@example.com', '{}', 'one', 'sent', 1, 1, 1, 2)`);
    raw.exec(`${insert} VALUES ('closed', 'b@example.com', '{}', 'two', 'queued', 1, NULL, 1, NULL)`);
    raw.exec(`${insert} VALUES ('closed', 'c@example.com', '{}', 'gone', 'queued', 1, NULL, 1, NULL)`);
    raw.exec(`DELETE FROM outbox WHERE idempotency_key = 'gone'`);
    migrate(raw, MIGRATIONS);
    expect(raw.prepare('SELECT id, recipient, state, prepared_at FROM outbox ORDER BY id').all()).toEqual([
      { id: 1, recipient: 'a@example.com', state: 'sent', prepared_at: 1 },
      { id: 2, recipient: 'b@example.com', state: 'queued', prepared_at: null },
    ]);
    raw.exec(`${insert} VALUES ('closed', 'd@example.com', '{}', 'four', 'queued', 1, NULL, 1, NULL)`);
    expect(raw.prepare('SELECT max(id) AS id FROM outbox').get()).toEqual({ id: 4 });
    await close();
  });

  test('keep the tickets of version 4 with all that hangs on them, and find them', async () => {
    const { raw, close } = openDatabase(':memory:');
    empty(raw);
    migrate(raw, MIGRATIONS.slice(0, 4));
    raw.exec(`
      INSERT INTO users (id, external_id, email, name, role, created_at, seen_at)
        VALUES (1, 'u', 'u@example.com', 'U', 'client', 0, 0);
      INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, created_at, updated_at)
        VALUES ('Kept', 'kept', 'open', 'low', 'general', 1, 1, 2), ('Gone', 'gone', 'open', 'low', 'general', 1, 1, 2);
      INSERT INTO messages (uid, ticket_id, author_id, author_role, body, created_at) VALUES ('m', 1001, 1, 'client', 'b', 1);
      INSERT INTO ticket_reads (user_id, ticket_id, message_id) VALUES (1, 1001, 1);
      DELETE FROM tickets WHERE id = 1002;
    `);
    migrate(raw, MIGRATIONS);
    const one = (sql: string) => raw.prepare(sql).pluck().get();
    expect(one('SELECT group_concat(id || subject || created_at || updated_at) FROM tickets')).toBe(
      '1001Kept12',
    );
    expect(one('SELECT count(*) FROM messages JOIN tickets ON tickets.id = ticket_id')).toBe(1);
    expect(one('SELECT count(*) FROM ticket_reads')).toBe(1);
    expect(raw.pragma('foreign_keys', { simple: true })).toBe(1);
    expect(raw.pragma('foreign_key_check')).toEqual([]);
    expect(raw.pragma('integrity_check', { simple: true })).toBe('ok');
    expect(one(`SELECT rowid FROM subject_trigrams WHERE subject_trigrams MATCH 'kep AND ept'`)).toBe(1001);
    const insert = raw.prepare(
      `INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, created_at, updated_at)
       VALUES ('New', 'new', 'open', 'low', 'general', 1, 1, 2) RETURNING id`,
    );
    expect(insert.pluck().get()).toBe(1003);
    // Deletes along what hangs on it, as before.
    raw.exec('DELETE FROM tickets WHERE id = 1001');
    expect(one('SELECT count(*) FROM messages')).toBe(0);
    await close();
  });

  test('count the tickets of who has very many in a database of version 5', async () => {
    const { raw, close } = openDatabase(':memory:');
    empty(raw);
    migrate(raw, MIGRATIONS.slice(0, 5));
    raw.exec(`INSERT INTO users (id, external_id, email, name, role, created_at, seen_at)
      VALUES (1, 'u', 'u@example.com', 'U', 'client', 0, 0), (2, 'v', 'v@example.com', 'V', 'client', 0, 0)`);
    const insert = raw.prepare(
      `INSERT INTO tickets (subject, subject_search, status, priority, category, requester_id, created_at, updated_at)
       VALUES ('A', 'a', 'open', ?, 'general', ?, 1, 2)`,
    );
    for (let n = 0; n < 201; n++) insert.run(n % 4 === 0 ? 'low' : 'high', (n % 2) + 1);
    migrate(raw, MIGRATIONS);
    const counts = raw.prepare('SELECT requester_id, priority, n FROM requester_counts ORDER BY 1, 2').raw();
    expect(counts.all()).toEqual([
      [1, 'high', 50],
      [1, 'low', 51],
    ]);
    await close();
  });

  test('one that fails leaves the database as it was', async () => {
    const { raw, close } = openDatabase(':memory:');
    const before = shapeOf(raw);
    const failing = {
      version: SCHEMA_VERSION + 1,
      up(database: { exec(sql: string): unknown }) {
        database.exec('CREATE TABLE half_done (id INTEGER PRIMARY KEY) STRICT');
        database.exec('no such statement');
      },
    };
    expect(() => migrate(raw, [...MIGRATIONS, failing])).toThrow();
    expect(shapeOf(raw)).toEqual(before);
    await close();
  });

  function empty(raw: RawDatabase): void {
    const objects = raw
      .prepare<[], { type: string; name: string }>(
        "SELECT type, name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE 'subject_%[_]%'",
      )
      .all();
    raw.pragma('foreign_keys = OFF');
    raw.exec('DROP TABLE subject_trigrams; DROP TABLE subject_words;');
    for (const { name } of objects) raw.exec(`DROP TABLE IF EXISTS "${name}"`);
    raw.exec('DELETE FROM sqlite_sequence; PRAGMA user_version = 0; PRAGMA foreign_keys = ON;');
  }
});

describe('transactions', () => {
  test('take the write lock when they begin', async () => {
    const first = openDatabase(path);
    const second = openDatabase(path);
    second.raw.pragma('busy_timeout = 0');
    await first.db.transaction().execute(async () => {
      expect(() => second.raw.exec('BEGIN IMMEDIATE')).toThrow(/locked/);
    });
    await Promise.all([first.close(), second.close()]);
  });

  test('run what waits for the commit after it, and never after a rollback', async () => {
    const { db, raw, close } = openDatabase(':memory:');
    const seen: unknown[] = [];
    await transact(db, async (trx) => afterCommit(trx, () => seen.push(raw.inTransaction)));
    const failed = transact(db, async (trx) => {
      afterCommit(trx, () => seen.push('never'));
      throw new Error('on purpose');
    });
    await expect(failed).rejects.toThrow('on purpose');
    expect(seen).toEqual([false]);
    await close();
  });

  test('says which setting is at fault where no file can be', () => {
    expect(() => openDatabase(folder)).toThrow(/^DATABASE_URL: .* can be neither opened nor made \(/);
    writeFileSync(join(folder, 'file'), '');
    expect(() => openDatabase(join(folder, 'file', 'support.db'))).toThrow(/^DATABASE_URL: /);
  });

  test('a full disk is told as storage_full, and the next transaction works', async () => {
    const { db, raw, close } = openDatabase(path);
    raw.pragma(`max_page_count = ${String(raw.pragma('page_count', { simple: true }))}`);
    const fill = transact(db, async (trx) => {
      const row = { email: 'x'.repeat(5000), name: 'n', role: 'client', created_at: 0, seen_at: 0 } as const;
      for (let n = 0; n < 100; n++) {
        await trx
          .insertInto('users')
          .values({ ...row, external_id: `user-${n}` })
          .execute();
      }
    });
    const error = await fill.catch((thrown: unknown) => thrown);
    expect(toStorageError(error)?.code).toBe('storage_full');
    expect(toStorageError(new Error('anything else'))).toBeUndefined();
    raw.pragma('max_page_count = 1000000');
    await transact(db, (trx) => trx.selectFrom('users').selectAll().execute());
    await close();
  });
});
