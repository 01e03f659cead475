import { execFileSync } from 'node:child_process';
import { copyFile, mkdtemp, open, readdir, readFile, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { takeBackup } from '../backup/take-backup.ts';
import { createTarWriter } from '../backup/tar.ts';
import { openExisting } from '../db/maintain.ts';
import { expectNothingLost, takeInventory } from '../faults/inventory.ts';
import { createLoad } from '../faults/load.ts';
import { createDiskStorage } from '../storage/disk.ts';
import {
  createDataFolder,
  FILE,
  fillDataFolder,
  runProgram,
  type DataFolder,
} from '../testing/data-folder.ts';
import { startServerProcess } from '../testing/server-process.ts';
import { ADMIN, CLIENT } from '../testing/users.ts';

let data: DataFolder;
let other: string;
let target: Record<string, string>;
beforeEach(async () => {
  data = await createDataFolder();
  other = await mkdtemp(join(tmpdir(), 'support-center-other-'));
  target = {
    DATABASE_URL: `sqlite:${join(other, 'data', 'support.db')}`,
    ATTACHMENTS_URL: `file:${join(other, 'data', 'attachments')}`,
  };
});
afterEach(async () => {
  await data.close();
  await rm(other, { recursive: true, force: true });
});

/** Rows that make two support centers equal. */
function rowsOf(path: string): unknown {
  const raw = openExisting(path);
  try {
    const tables = ['users', 'tickets', 'messages', 'attachments', 'history', 'outbox', 'ticket_counts'];
    return tables.map((table) => raw.prepare(`SELECT * FROM ${table} ORDER BY 1, 2, 3`).all());
  } finally {
    raw.close();
  }
}
async function backUp(): Promise<string> {
  const file = join(data.folder, 'backup.tar');
  const { code, errors } = await data.run('backup', file, '--force');
  expect({ code, errors }).toEqual({ code: 0, errors: '' });
  return file;
}
async function fileTicket(): Promise<{ id: string; number: string }> {
  const { id } = (await (await data.as(CLIENT).upload('/api/attachments', FILE)).json()) as { id: string };
  const input = {
    subject: 'Late',
    category: 'general',
    priority: 'low',
    description: 'x',
    attachmentIds: [id],
  };
  const { number } = (await (await data.as(CLIENT).post('/api/tickets', input)).json()) as { number: string };
  return { id, number };
}
const restore = (file: string, ...more: string[]) => runProgram(['restore', file, ...more], target);

describe('a backup', () => {
  it('restores everything there was, for its owner only, and leaves nothing else behind', async () => {
    const { files } = await fillDataFolder(data);
    const file = await backUp();
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect((await readdir(data.folder)).filter((name) => name.includes('part'))).toEqual([]);
    expect(await restore(file)).toMatchObject({ code: 0, errors: '' });
    expect(rowsOf(join(other, 'data', 'support.db'))).toEqual(rowsOf(data.database));
    for (const id of files) {
      const path = join(other, 'data', 'attachments', id.slice(0, 2), id);
      expect(await readFile(path, 'utf8')).toBe(FILE.content);
    }
    expect((await readdir(join(other, 'data'))).sort()).toEqual(['attachments', 'support.db']);
    const { code } = await runProgram(['doctor'], { ...data.env, ...target });
    expect(code).toBe(0);
  });

  it('is a tar archive laid out as the data is', async () => {
    const { files } = await fillDataFolder(data);
    const names = execFileSync('tar', ['-tf', await backUp()], { encoding: 'utf8' })
      .trim()
      .split('\n');
    expect(names.sort()).toEqual(
      [...files.map((id) => `attachments/${id.slice(0, 2)}/${id}`), 'manifest.json', 'support.db'].sort(),
    );
  });

  it('taken under load holds every ticket acknowledged before it, each whole', async () => {
    const server = await startServerProcess({ folder: other });
    const load = createLoad();
    const copy = await mkdtemp(join(tmpdir(), 'support-center-copy-'));
    try {
      load.run(server.url, 4);
      for (let n = 0; n < 3; n++) {
        while (load.acknowledged.length < 8 * (n + 1)) await new Promise((go) => setTimeout(go, 10));
        const before = { ...load, acknowledged: [...load.acknowledged], uploaded: [...load.uploaded] };
        const file = join(copy, `${n}.tar`);
        expect(await runProgram(['backup', file], target)).toMatchObject({ code: 0, errors: '' });
        const place = join(copy, String(n));
        const env = {
          DATABASE_URL: `sqlite:${join(place, 'data', 'support.db')}`,
          ATTACHMENTS_URL: `file:${join(place, 'data', 'attachments')}`,
        };
        expect(await runProgram(['restore', file], env)).toMatchObject({ code: 0, errors: '' });
        expectNothingLost(before, await takeInventory(place));
      }
      await load.stop();
      expect(load.refused).toEqual([]);
    } finally {
      await server.end('SIGKILL');
      await load.stop();
      await rm(copy, { recursive: true, force: true });
    }
  });

  it.each(['before', 'after'])(
    'is whole although a ticket with a file is deleted while it is made, %s the database is copied',
    async (moment) => {
      const { numbers } = await fillDataFolder(data);
      const disk = createDiskStorage(data.attachments);
      let opened = 0;
      let late: { id: string; number: string } | undefined;
      const open = async (key: string) => {
        opened += 1;
        const admin = data.as(ADMIN);
        if (opened === 1 && moment === 'before') await admin.delete(`/api/tickets/${numbers[0]}`);
        // Filed after the files were read, so that only the copy of the database names its file.
        if (opened === 1 && moment === 'after') late = await fileTicket();
        if (key === late?.id) await admin.delete(`/api/tickets/${late.number}`);
        return await disk.open(key);
      };
      const file = join(data.folder, 'backup.tar');
      const source = { database: data.database, clock: { now: () => Date.now() } };
      const { damaged } = await takeBackup({ ...source, storage: { ...disk, open } }, file);
      expect(damaged).toEqual([]);
      expect(await restore(file)).toMatchObject({ code: 0, errors: '' });
      expect(rowsOf(join(other, 'data', 'support.db'))).toEqual(rowsOf(data.database));
      const { code } = await runProgram(['doctor'], { ...data.env, ...target });
      expect(code).toBe(0);
    },
  );

  it('says what is damaged at its source, and is made all the same', async () => {
    const { files } = await fillDataFolder(data);
    const [gone, changed] = files.map((id) => join(data.attachments, id.slice(0, 2), id));
    await rm(gone!);
    await writeFile(changed!, 'The bytes of a lag');
    const file = join(data.folder, 'backup.tar');
    const { code, errors } = await data.run('backup', file);
    expect(code).toBe(3);
    for (const id of files) expect(errors).toContain(id);
    expect(await restore(file)).toMatchObject({ code: 0 });
  });

  it('replaces no file without being told to', async () => {
    const file = join(data.folder, 'notes.txt');
    await writeFile(file, 'mine');
    expect(await data.run('backup', file)).toMatchObject({ code: 1 });
    expect(await readFile(file, 'utf8')).toBe('mine');
  });
});

describe('restoring', () => {
  it('replaces nothing without --force, and moves aside what it replaces', async () => {
    await fillDataFolder(data);
    const file = await backUp();
    expect((await restore(file)).code).toBe(0);
    const before = rowsOf(join(other, 'data', 'support.db'));
    expect(await restore(file)).toMatchObject({ code: 1, errors: expect.stringContaining('--force') });
    const { code, output } = await restore(file, '--force');
    expect(code).toBe(0);
    const aside = [...output.matchAll(/before: (\S+)/g)].map(([, path]) => path!);
    expect(aside).toHaveLength(2);
    expect(rowsOf(aside[0]!)).toEqual(before);
    expect(await readdir(aside[1]!)).not.toEqual([]);
  });

  it('refuses a database that a server uses', async () => {
    await fillDataFolder(data);
    const file = await backUp();
    const { code, errors } = await data.run('restore', file, '--force');
    expect(code).toBe(1);
    expect(errors).toContain('stop the server first');
    const numbers = await data.support.deps.db.selectFrom('tickets').select('id').execute();
    expect(numbers).toHaveLength(2);
  });

  it('holds back mails that may have been sent since, and sends the others', async () => {
    await fillDataFolder(data);
    const { db, clock } = data.support.deps;
    const hour = 3_600_000;
    await db.updateTable('outbox').set({ state: 'queued', finished_at: null }).execute();
    const [old] = await db.selectFrom('outbox').select('id').execute();
    await db
      .updateTable('outbox')
      .set({ created_at: clock.now() - 30 * hour } as never)
      .where('id', '=', old!.id)
      .execute();
    expect((await restore(await backUp())).output).toContain('1 mails that waited');
    const raw = openExisting(join(other, 'data', 'support.db'));
    const states = raw.prepare('SELECT id, state FROM outbox').all() as Array<{ id: number; state: string }>;
    raw.close();
    for (const { id, state } of states) expect(state).toBe(id === old!.id ? 'failed' : 'queued');
  });

  it('of a damaged or cut backup changes nothing, and of any other gives the same', async () => {
    await fillDataFolder(data);
    const file = await backUp();
    const expected = rowsOf(data.database);
    const { size } = await stat(file);
    const damaged = join(data.folder, 'damaged.tar');
    const at = fc.integer({ min: 0, max: size - 1 });
    await fc.assert(
      fc.asyncProperty(at, fc.integer({ min: 1, max: 255 }), fc.boolean(), async (position, flip, cut) => {
        await copyFile(file, damaged);
        if (cut) await truncate(damaged, position);
        else {
          const handle = await open(damaged, 'r+');
          const byte = Buffer.alloc(1);
          await handle.read(byte, 0, 1, position);
          await handle.write(Buffer.from([byte[0]! ^ flip]), 0, 1, position);
          await handle.close();
        }
        const { code, errors } = await restore(damaged);
        if (code === 0) {
          expect(rowsOf(join(other, 'data', 'support.db'))).toEqual(expected);
          const { code: health } = await runProgram(['doctor'], { ...data.env, ...target });
          expect(health).toBe(0);
        } else {
          expect(errors).toMatch(/^support-center restore: [^\n]+\n$/);
          expect(await readdir(join(other, 'data'))).toEqual([]);
        }
        await rm(join(other, 'data'), { recursive: true, force: true });
      }),
      { numRuns: 40 },
    );
  });

  it('writes nowhere but where the data is', async () => {
    const file = join(data.folder, 'evil.tar');
    for (const name of [
      '../../evil',
      '/tmp/evil',
      'attachments/ab/../../evil',
      'attachments/xy/abcdefghijklmnopqrst',
    ]) {
      const handle = await open(file, 'w');
      const tar = createTarWriter(handle, 0);
      await tar.add({ name, size: 4 }, [Buffer.from('evil')]);
      await tar.end();
      await handle.close();
      expect(await restore(file)).toMatchObject({ code: 1, errors: expect.stringContaining('unknown') });
    }
    expect(await readdir(join(other, 'data'))).toEqual([]);
  });

  it('puts back what was there when it fails half-way', async () => {
    await fillDataFolder(data);
    const file = await backUp();
    expect((await restore(file)).code).toBe(0);
    const before = rowsOf(join(other, 'data', 'support.db'));
    // A file where a folder of attachments has to be made: the restoring fails after it has moved things.
    const blocked = { ...target, ATTACHMENTS_URL: `file:${join(other, 'data', 'support.db.blocked', 'x')}` };
    await writeFile(join(other, 'data', 'support.db.blocked'), 'in the way');
    expect((await runProgram(['restore', file, '--force'], blocked)).code).toBe(1);
    expect(rowsOf(join(other, 'data', 'support.db'))).toEqual(before);
    await rm(join(other, 'data', 'support.db.blocked'));
    expect((await readdir(join(other, 'data'))).sort()).toEqual(['attachments', 'support.db']);
  });

  it('brings back a database that is damaged beyond opening', async () => {
    await fillDataFolder(data);
    const file = await backUp();
    expect((await restore(file)).code).toBe(0);
    await writeFile(join(other, 'data', 'support.db'), 'no database at all, not any more');
    expect((await restore(file, '--force')).code).toBe(0);
    expect(rowsOf(join(other, 'data', 'support.db'))).toEqual(rowsOf(data.database));
  });
});
