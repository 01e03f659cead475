import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PostgresConfig } from '../../config-database.ts';
import { createDatabase } from '../../testing/postgres/databases.ts';
import { bringUpToDate, POSTGRES_SCHEMA_VERSION, requireVersion } from './migrations.ts';
import { openPostgres, type OpenPostgres } from './open.ts';

let config: PostgresConfig;
let opened: OpenPostgres[];
beforeEach(async () => {
  config = await createDatabase();
  opened = [];
});
afterEach(async () => {
  for (const database of opened) await database.close();
});

function open(url = config.url): OpenPostgres {
  const database = openPostgres({ ...config, url });
  opened.push(database);
  return database;
}
async function run(...statements: string[]): Promise<void> {
  const client = new pg.Client({ connectionString: config.url });
  await client.connect();
  for (const statement of statements) await client.query(statement);
  await client.end();
}
const changed = (change: (url: URL) => void) => {
  const url = new URL(config.url);
  change(url);
  return url.href;
};
/** What a fresh schema is made of. */
async function shapeOf({ db }: OpenPostgres) {
  const tables = await db.introspection.getTables();
  return tables.map(({ name, columns }) => [name, columns.map((column) => column.name)]);
}

describe('opening', () => {
  it('creates the schema in an empty database, once, whoever comes first', async () => {
    await run('DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');
    const both = [open(), open()];
    await Promise.all(both.map((one) => one.ready()));
    expect(await shapeOf(both[0]!)).toEqual(await shapeOf(both[1]!));
    const { rows } = await both[0]!.db
      .selectFrom('tickets')
      .selectAll()
      .execute()
      .then((rows) => ({ rows }));
    expect(rows).toEqual([]);
  });

  it('needs no `ready`: the first query does it', async () => {
    await run('DROP SCHEMA public CASCADE', 'CREATE SCHEMA public');
    expect(await open().db.selectFrom('ticket_counts').selectAll().execute()).toEqual([]);
  });

  it('keeps to the schema that the search path names', async () => {
    await run('CREATE SCHEMA desk', 'CREATE TABLE public.desk_users (id INT)');
    const desk = open(changed((url) => url.searchParams.set('options', '-c search_path=desk,public')));
    await desk.ready();
    expect((await desk.db.introspection.getTables()).filter(({ schema }) => schema === 'desk')).not.toEqual(
      [],
    );
  });

  it('gives whole numbers as numbers, in its own pool alone', async () => {
    const { db } = open();
    const user = {
      email: 'c@example.com',
      name: 'C',
      role: 'client',
      created_at: 2 ** 50,
      seen_at: 0,
    } as const;
    const row = await db
      .insertInto('users')
      .values({ external_id: 'c', ...user })
      .returningAll()
      .executeTakeFirst();
    expect(row).toMatchObject({ id: 1, created_at: 2 ** 50 });
    expect(pg.types.getTypeParser(20)('1')).toBe('1');
  });

  it('closes once, whoever asks how often, also when it was never used', async () => {
    const database = open();
    await Promise.all([database.close(), database.close()]);
    const used = open();
    await used.ready();
    await Promise.all([used.close(), used.close()]);
  });
});

describe('opening says in one line, without the password,', () => {
  const refusal = async (url: string) => {
    const error = await open(url)
      .ready()
      .catch((error: unknown) => error);
    expect(error).toBeInstanceOf(Error);
    const { message } = error as Error;
    expect(message).toMatch(/^DATABASE_URL: [^\n]+$/);
    expect(message).not.toContain('hunter2');
    return message;
  };

  it('that nobody answers', async () => {
    expect(await refusal('postgres://u:hunter2@127.0.0.1:1/support')).toMatch(
      /127\.0\.0\.1:1\/support: cannot connect/,
    );
    expect(await refusal('postgres://u:hunter2@nowhere.invalid/support')).toContain('cannot connect');
  });

  it('that the password is wrong', async () => {
    await run('DROP ROLE IF EXISTS locked', "CREATE ROLE locked LOGIN PASSWORD 'right'");
    const url = changed((url) => {
      url.username = 'locked';
      url.password = 'hunter2';
    });
    expect(await refusal(url)).toContain('the server refuses the user "locked"');
  });

  it('that there is no such database', async () => {
    expect(await refusal(changed((url) => (url.pathname = '/nowhere')))).toContain(
      'there is no such database',
    );
  });

  it('that the database is another program’s, and leaves it alone', async () => {
    await run('DROP SCHEMA public CASCADE', 'CREATE SCHEMA public', 'CREATE TABLE users (id INT)');
    expect(await refusal(config.url)).toContain('belongs to another program');
    await run('DROP TABLE users');
  });

  it('that the database is of a newer version', async () => {
    await run('UPDATE schema_version SET version = 9999');
    expect(await refusal(config.url)).toMatch(/schema version 9999.*use a newer version of support-center/);
  });

  it('that the user may not create the extension, and which right is missing', async () => {
    await run(
      'DROP SCHEMA public CASCADE',
      'CREATE SCHEMA public',
      'DROP ROLE IF EXISTS plain',
      'CREATE ROLE plain LOGIN',
      'GRANT ALL ON SCHEMA public TO plain',
    );
    const url = changed((url) => (url.username = 'plain'));
    expect(await refusal(url)).toMatch(/pg_trgm is missing.*CREATE EXTENSION pg_trgm/);
    await run('CREATE EXTENSION pg_trgm');
    await open(url).ready();
    await run('REVOKE ALL ON SCHEMA public FROM plain');
    expect(await refusal(url)).toContain('lacks a right');
  });

  it('that it is not UTF-8', async () => {
    const name = new URL(config.url).pathname.slice(1);
    await run(`CREATE DATABASE ${name}_latin ENCODING LATIN1 LOCALE 'C' TEMPLATE template0`);
    expect(await refusal(changed((url) => (url.pathname += '_latin')))).toContain('encoding LATIN1');
  });
});

describe('migrations', () => {
  const next = POSTGRES_SCHEMA_VERSION + 1;
  const client = async () => {
    const client = new pg.Client({ connectionString: config.url });
    await client.connect();
    return client;
  };

  it('are made once, by one of several at a time, each in a transaction', async () => {
    let times = 0;
    const migration = {
      version: next,
      async up(database: pg.ClientBase) {
        times += 1;
        await database.query('CREATE TABLE migrated (id INT)');
      },
    };
    const both = await Promise.all([client(), client()]);
    await Promise.all(both.map((one) => bringUpToDate(one, [migration])));
    expect(times).toBe(1);
    await expect(requireVersion(both[0], { exact: false })).rejects.toThrow('use a newer version');
    await Promise.all(both.map((one) => one.end()));
  });

  it('one that fails leaves the database as it was', async () => {
    const failing = {
      version: next,
      async up(database: pg.ClientBase) {
        await database.query('CREATE TABLE half_done (id INT)');
        await database.query('no such statement');
      },
    };
    const one = await client();
    await expect(bringUpToDate(one, [failing])).rejects.toThrow();
    await requireVersion(one, { exact: true });
    expect((await one.query("SELECT to_regclass('half_done') AS name")).rows).toEqual([{ name: null }]);
    await one.end();
  });
});
