import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createDataFolder, fillDataFolder, NOTE, type DataFolder } from '../testing/data-folder.ts';
import { AGENT, CLIENT, OTHER_CLIENT } from '../testing/users.ts';

interface Exported {
  tickets: Array<Record<string, unknown> & { number: string; messages: Array<Record<string, unknown>> }>;
}

let data: DataFolder;
let numbers: string[];
beforeEach(async () => {
  data = await createDataFolder();
  ({ numbers } = await fillDataFolder(data));
});
afterEach(() => data.close());

const exported = async (...args: string[]) => {
  const { code, output } = await data.run('export', ...args);
  expect(code).toBe(0);
  return output;
};

describe('an export', () => {
  it('has every ticket as the API has it, and its history', async () => {
    const { tickets } = JSON.parse(await exported()) as Exported;
    expect(tickets.map(({ number }) => number)).toEqual(numbers);
    const client = data.as(CLIENT);
    const { unread: _unread, ...ticket } = (await (
      await client.get(`/api/tickets/${numbers[0]}`)
    ).json()) as Record<string, unknown>;
    const { messages } = (await (await client.get(`/api/tickets/${numbers[0]}/messages`)).json()) as {
      messages: unknown[];
    };
    const { entries } = (await (await client.get(`/api/tickets/${numbers[0]}/history`)).json()) as {
      entries: unknown[];
    };
    expect(tickets[0]).toEqual({ ...ticket, messages, history: entries });
  });

  it.each([['json'], ['csv'], ['csv-messages']])('holds no trace of a note as %s', async (format) => {
    const before = await exported('--format', format);
    expect(before).not.toContain(NOTE);
    await data.as(AGENT).post(`/api/tickets/${numbers[1]}/messages`, { body: NOTE, internal: true });
    expect(await exported('--format', format)).toBe(before);
  });

  it('holds notes, with their files, when it is asked for them, and never for a client', async () => {
    const all = await exported('--notes');
    expect(all).toContain(NOTE);
    const { tickets } = JSON.parse(all) as Exported;
    expect(tickets[0]!['messageCount']).toBe(3);
    const note = tickets[0]!.messages.find(({ internal }) => internal === true);
    expect(note?.['attachments']).toHaveLength(1);
    const refused = await data.run('export', '--notes', '--requester', CLIENT.sub);
    expect(refused).toMatchObject({ code: 1, output: '' });
  });

  it.each([CLIENT.sub, CLIENT.email])('is of one client alone: %s', async (who) => {
    const text = await exported('--requester', who);
    expect((JSON.parse(text) as Exported).tickets.map(({ number }) => number)).toEqual([numbers[0]]);
    expect(text).not.toContain(OTHER_CLIENT.email);
  });

  it('is empty, and well-formed, when there is nothing', async () => {
    expect(JSON.parse(await exported('--requester', 'nobody'))).toEqual({ format: 1, tickets: [] });
  });

  it('calculates nothing in a spreadsheet', async () => {
    const csv = await exported('--format', 'csv');
    expect(csv.split('\r\n')).toHaveLength(1 + numbers.length + 1);
    expect(csv).toContain(`"'=SUM(A1:A9) is shown"`);
    expect(await exported('--format', 'csv-messages')).toContain(`"'=cmd.txt"`);
    expect(csv).not.toMatch(/(^|,)"[=+\-@]/m);
  });

  it('goes to a new file, for its owner only', async () => {
    const file = join(data.folder, 'tickets.json');
    expect(await exported('--output', file)).toBe('');
    expect((await stat(file)).mode & 0o777).toBe(0o600);
    expect(await readFile(file, 'utf8')).toBe(await exported());
    expect(await data.run('export', '--output', file)).toMatchObject({ code: 1 });
  });

  it('goes to the file that is named alone, as what its name says', async () => {
    const file = join(data.folder, 'tickets.csv');
    expect(await exported(file)).toBe('');
    expect(await readFile(file, 'utf8')).toBe(await exported('--format', 'csv'));
    expect(await data.run('export', file, '--output', `${file}2`)).toMatchObject({ code: 1 });
    expect(await data.run('export', `${file}3`, `${file}4`)).toMatchObject({ code: 1 });
  });
});
