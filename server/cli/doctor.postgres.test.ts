import { sql } from 'kysely';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Finding } from '../doctor/finding.ts';
import { createDataFolder, fillDataFolder, runProgram, type DataFolder } from '../testing/data-folder.ts';

let data: DataFolder;
beforeEach(async () => {
  data = await createDataFolder();
  await fillDataFolder(data);
});
afterEach(() => data.close());

async function problems(env: Record<string, string> = data.env) {
  const { output } = await runProgram(['doctor', '--json'], env);
  const findings = JSON.parse(output) as Finding[];
  return findings.filter(({ level }) => level === 'problem').map(({ about, text }) => `${about}: ${text}`);
}

it('the doctor tells of badge counts that are wrong, added up or not', async () => {
  expect(await problems()).toEqual([]);
  await sql`INSERT INTO count_deltas VALUES (0, 'open', 'low', 'billing', 5)`.execute(data.support.deps.db);
  expect(await problems()).toEqual([
    expect.stringMatching(/^counts: badge counts: \d/),
    expect.stringMatching(/^counts: counts of assignees: \d/),
  ]);
});

it('the doctor tells of a server that does not answer, and of a database that is none', async () => {
  const at = (change: (url: URL) => void) => {
    const url = new URL(data.env['DATABASE_URL']!);
    change(url);
    return problems({ ...data.env, DATABASE_URL: url.href });
  };
  expect(await at((url) => url.searchParams.set('host', '/nowhere'))).toEqual([
    expect.stringContaining('cannot connect'),
  ]);
  expect(await at((url) => (url.pathname = '/nowhere'))).toEqual([
    expect.stringContaining('there is no such database'),
  ]);
  expect(await at((url) => (url.pathname = '/postgres'))).toEqual([
    expect.stringContaining('is none of support-center'),
  ]);
});

it('the doctor tells of a newer version', async () => {
  await sql`UPDATE schema_version SET version = 9999`.execute(data.support.deps.db);
  expect(await problems()).toEqual([expect.stringContaining('use a newer version')]);
});
