import { open, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openExisting } from '../db/maintain.ts';
import type { Finding } from '../doctor/finding.ts';
import { createDataFolder, fillDataFolder, runProgram, type DataFolder } from '../testing/data-folder.ts';

let data: DataFolder;
beforeEach(async () => {
  data = await createDataFolder();
  await fillDataFolder(data);
});
afterEach(() => data.close());

async function examine(env: Record<string, string> = data.env, ...args: string[]) {
  const { code, output } = await runProgram(['doctor', '--json', ...args], env);
  const findings = JSON.parse(output) as Finding[];
  const problems = findings.filter(({ level }) => level === 'problem');
  return { code, problems: problems.map(({ about, text }) => `${about}: ${text}`) };
}
function change(sql: string): void {
  const raw = openExisting(data.database);
  raw.prepare(sql).run();
  raw.close();
}

describe('the doctor of a SQLite file', () => {
  it('says how closely it looked', async () => {
    const { output } = await data.run('doctor', '--quick');
    expect(output.split('\n')).toContainEqual('ok       database: looks whole (--quick)');
  });

  it.each<[string, () => void, RegExp]>([
    ['wrong badge counts', () => change('UPDATE ticket_counts SET n = n + 1'), /^counts: badge counts: /],
    [
      'tickets that the search does not know',
      () =>
        change(
          // It says of a ticket more than the index holds.
          `UPDATE subject_tail SET indexed_to = indexed_to + 1`,
        ),
      /^counts: search of (parts of )?words: 1 /,
    ],
    [
      'rows that lead nowhere',
      () => {
        const raw = openExisting(data.database);
        raw.pragma('foreign_keys = OFF');
        raw.exec("DELETE FROM users WHERE role = 'agent'");
        raw.close();
      },
      /^database: is damaged: a row of \w+ leads to no row of users$/,
    ],
  ])('tells of %s', async (_what, damage, expected) => {
    damage();
    const { code, problems } = await examine();
    expect(code).toBe(1);
    expect(problems.filter((text) => !expected.test(text))).toEqual([]);
    expect(problems).not.toEqual([]);
  });

  it('tells of a database that is none, of another program’s and of a newer version', async () => {
    const path = join(data.folder, 'other.db');
    const env = { ...data.env, DATABASE_URL: `sqlite:${path}` };
    await writeFile(path, 'nothing that SQLite would know, however long one looks at it');
    expect((await examine(env)).problems).toEqual([expect.stringContaining('is no SQLite database')]);
    await data.support.stop();
    change('PRAGMA user_version = 9999');
    expect((await examine()).problems).toEqual([expect.stringContaining('use a newer version')]);
  });

  it('finds damage on disk', async () => {
    await data.support.stop();
    const raw = openExisting(data.database);
    const { rootpage } = raw
      .prepare<[], { rootpage: number }>("SELECT rootpage FROM sqlite_schema WHERE name = 'messages'")
      .get()!;
    const pageSize = Number(raw.pragma('page_size', { simple: true }));
    raw.close();
    const handle = await open(data.database, 'r+');
    await handle.write(Buffer.alloc(64, 0xa5), 0, 64, (rootpage - 1) * pageSize);
    await handle.close();
    const { code, problems } = await examine();
    expect(code).toBe(1);
    expect(problems[0]).toMatch(/^database: /);
  });
});
