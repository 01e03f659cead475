import { rm, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { query } from '../db/fragment.ts';
import type { Finding } from '../doctor/finding.ts';
import { createDataFolder, fillDataFolder, runProgram, type DataFolder } from '../testing/data-folder.ts';

let data: DataFolder;
let files: string[];
beforeEach(async () => {
  data = await createDataFolder();
  ({ files } = await fillDataFolder(data));
});
afterEach(() => data.close());

async function examine(env: Record<string, string> = data.env, ...args: string[]) {
  const { code, output } = await runProgram(['doctor', '--json', ...args], env);
  const findings = JSON.parse(output) as Finding[];
  const said = (level: Finding['level']) =>
    findings.filter((one) => one.level === level).map(({ about, text }) => `${about}: ${text}`);
  return { code, problems: said('problem'), warnings: said('warning') };
}
async function change(sql: string, ...parameters: Array<string | number>): Promise<void> {
  await query(data.support.deps.db, { sql, parameters });
}
const pathOf = (id: string) => join(data.attachments, id.slice(0, 2), id);

describe('the doctor', () => {
  it('finds nothing wrong with what is in order, while the server runs', async () => {
    const { code, problems, warnings } = await examine();
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(warnings.filter((text) => !text.startsWith('disk'))).toEqual([
      'configuration: RESEND_API_KEY is not set: mails are kept and never sent',
    ]);
  });

  it.each<[string, () => void | Promise<void>, RegExp]>([
    ['bytes that are gone', () => rm(pathOf(files[0]!)), /^attachments: 1 are gone: /],
    ['bytes that changed', () => writeFile(pathOf(files[1]!), 'other'), /^attachments: 1 hold other bytes/],
    [
      'wrong counts of messages',
      () => change('UPDATE tickets SET message_count = 9 WHERE id = 1001'),
      /^counts: counts of messages: 1 /,
    ],
    [
      'mails that failed',
      () =>
        change("UPDATE outbox SET state = 'failed', error = 'Refused.', finished_at = ?", Date.now() - 1000),
      /^mail: \d could not be sent in the last seven days: Refused\./,
    ],
  ])('tells of %s', async (_what, damage, expected) => {
    await damage();
    const { code, problems } = await examine();
    expect(code).toBe(1);
    expect(problems.filter((text) => !expected.test(text))).toEqual([]);
    expect(problems).not.toEqual([]);
  });

  it.each<[string, () => void | Promise<void>, RegExp]>([
    [
      'files of no ticket',
      async () => {
        const path = pathOf(`${files[0]!.slice(0, 2)}left-over-left-over`);
        await writeFile(path, 'x');
        await utimes(path, 0, 0);
      },
      /^attachments: 1 files belong to no ticket/,
    ],
    [
      'an assignee who is no agent any more',
      () =>
        change(
          'INSERT INTO settings (id, value, updated_at) VALUES (1, ?, 0)',
          JSON.stringify({ assignment: { mode: 'agent', agentId: 'ghost', assignToFirstReplier: false } }),
        ),
      /^settings: new tickets go to "ghost"/,
    ],
    [
      'settings that cannot be read',
      () => change(`INSERT INTO settings (id, value, updated_at) VALUES (1, '{"enabled":"perhaps"}', 0)`),
      /^settings: "enabled" is not readable/,
    ],
    [
      'mails that nobody sends',
      () =>
        change(
          "UPDATE outbox SET state = 'queued', finished_at = NULL, created_at = ?",
          Date.now() - 3_600_000,
        ),
      /^mail: \d wait, the oldest for 60 minutes; does the server run/,
    ],
  ])('warns of %s', async (_what, cause, expected) => {
    await cause();
    const { code, problems, warnings } = await examine();
    expect({ code, problems }).toEqual({ code: 0, problems: [] });
    expect(warnings).toContainEqual(expect.stringMatching(expected));
  });

  it('tells of a missing setting, and looks at the data all the same', async () => {
    const { AUTH_SECRET: _secret, ...env } = data.env;
    await rm(pathOf(files[0]!));
    const { problems } = await examine(env);
    expect(problems.map((text) => text.split(':')[0])).toEqual(['configuration', 'attachments']);
  });

  it('tells of a database that is not there, and makes none', async () => {
    const DATABASE_URL = `sqlite:${join(data.folder, 'nowhere', 'support.db')}`;
    for (let time = 0; time < 2; time++) {
      const { code, problems } = await examine({ ...data.env, DATABASE_URL });
      expect(code).toBe(1);
      expect(problems).toEqual([expect.stringContaining('There is no database at')]);
    }
  });
});
