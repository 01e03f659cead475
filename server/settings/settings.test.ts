import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DEFAULT_SETTINGS, type Settings } from '../contract/settings.ts';
import { transact } from '../db/transact.ts';
import { insertUser } from '../testing/rows.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT } from '../testing/users.ts';
import { readSettings, refreshSettings, takeRoundRobinTurn } from './service.ts';

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
  await insertUser(test.deps, AGENT);
  await insertUser(test.deps, OTHER_AGENT);
  await insertUser(test.deps, CLIENT);
});
afterEach(() => test.close());

const put = (body: unknown, ifMatch: string | null = '*') =>
  test.as(ADMIN).put('/api/settings', body, ifMatch === null ? {} : { 'if-match': ifMatch });
const get = async () => (await (await test.as(ADMIN).get('/api/settings')).json()) as Settings;

async function refusals(body: unknown): Promise<string[]> {
  const response = await put(body);
  expect(response.status).toBe(422);
  const problem = (await response.json()) as { code: string; errors: Array<{ path: string }> };
  expect(problem.code).toBe('validation_failed');
  return problem.errors.map((error) => error.path);
}
const assignment = (more: Partial<Settings['assignment']>) => ({
  assignment: { ...DEFAULT_SETTINGS.assignment, ...more },
});

describe('GET /api/settings', () => {
  it('answers the defaults of a fresh database', async () => {
    const response = await test.as(ADMIN).get('/api/settings');
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"1"');
    expect(await response.json()).toEqual(DEFAULT_SETTINGS);
  });

  it('is for admins, as is PUT', async () => {
    for (const user of [CLIENT, AGENT]) {
      expect((await test.as(user).get('/api/settings')).status).toBe(403);
      expect((await test.as(user).put('/api/settings', {}, { 'if-match': '*' })).status).toBe(403);
    }
  });
});

describe('PUT /api/settings', () => {
  it('keeps what it does not name, and answers the whole with the next version', async () => {
    const response = await put({ reopenWindowDays: 14 }, '"1"');
    expect(response.status).toBe(200);
    expect(response.headers.get('etag')).toBe('"2"');
    const expected = { ...DEFAULT_SETTINGS, reopenWindowDays: 14 };
    expect(await response.json()).toEqual(expected);
    expect(await get()).toEqual(expected);
    expect((await put({ enabled: false }, '"2"')).status).toBe(200);
    expect(await get()).toEqual({ ...expected, enabled: false });
  });

  it('wants to know which version was seen', async () => {
    expect((await put({ enabled: false }, null)).status).toBe(428);
    expect((await put({ enabled: false }, '"1"')).status).toBe(200);
    const late = await put({ reopenWindowDays: 1 }, '"1"');
    expect(late.status).toBe(412);
    expect(await late.json()).toMatchObject({ code: 'version_mismatch' });
    for (const tag of ['W/"2"', '2', 'nonsense']) expect((await put({}, tag)).status).toBe(412);
    expect((await put({ reopenWindowDays: 1 }, '"1", "2"')).status).toBe(200);
  });

  it('lets one of two admins win who save at once', async () => {
    const answers = await Promise.all([
      put({ reopenWindowDays: 1 }, '"1"'),
      put({ reopenWindowDays: 2 }, '"1"'),
    ]);
    expect(answers.map((answer) => answer.status).sort()).toEqual([200, 412]);
  });

  it('leaves the version alone when nothing is new', async () => {
    expect((await put({ ...DEFAULT_SETTINGS })).headers.get('etag')).toBe('"1"');
    expect((await put({})).headers.get('etag')).toBe('"1"');
  });

  it('takes blanks off addresses, and an emptied field as none', async () => {
    await put({ supportUrl: ' https://help.example.com/x ', notificationEmail: ' desk@example.com ' });
    expect(await get()).toMatchObject({
      supportUrl: 'https://help.example.com/x',
      notificationEmail: 'desk@example.com',
    });
    await put({ supportUrl: '', notificationEmail: '  ' });
    expect(await get()).toMatchObject({ supportUrl: null, notificationEmail: null });
  });

  it.each<[unknown, string[]]>([
    [{ supportUrl: 'javascript:alert(1)' }, ['supportUrl']],
    [{ supportUrl: 'help.example.com' }, ['supportUrl']],
    [{ supportUrl: 'https://help.example.com/a\nb' }, ['supportUrl']],
    [{ notificationEmail: 'desk@' }, ['notificationEmail']],
    [{ notificationEmail: 'a@example.com, b@example.com' }, ['notificationEmail']],
    [{ notificationEmail: 'a@example.com\r\nBcc: b@example.com' }, ['notificationEmail']],
    [{ enabled: 'yes' }, ['enabled']],
    [{ reopenWindowDays: -1 }, ['reopenWindowDays']],
    [{ reopenWindowDays: 1.5 }, ['reopenWindowDays']],
    [{ unknown: 1 }, ['unknown']],
    [{ notifications: { ...DEFAULT_SETTINGS.notifications, notes: true } }, ['notifications.notes']],
    [
      { autoClose: { resolvedAfterDays: 7, waitingUserAfterDays: 3, reminderDaysBefore: 3 } },
      ['autoClose.reminderDaysBefore'],
    ],
    [assignment({ mode: 'agent' }), ['assignment.agentId']],
    [assignment({ mode: 'agent', agentId: null }), ['assignment.agentId']],
    [assignment({ mode: 'agent', agentId: 'nobody' }), ['assignment.agentId']],
    [assignment({ mode: 'agent', agentId: CLIENT.sub }), ['assignment.agentId']],
    [
      assignment({ mode: 'category', byCategory: { billing: 'nobody', general: AGENT.sub } }),
      ['assignment.byCategory.billing'],
    ],
    [assignment({ mode: 'round_robin' }), ['assignment.agentIds']],
    [assignment({ mode: 'round_robin', agentIds: [] }), ['assignment.agentIds']],
    [assignment({ mode: 'round_robin', agentIds: [AGENT.sub, 'nobody'] }), ['assignment.agentIds.1']],
    [assignment({ mode: 'round_robin', agentIds: [AGENT.sub, AGENT.sub] }), ['assignment.agentIds.1']],
    [[], ['']],
    [{ supportUrl: 'x', reopenWindowDays: 'y' }, ['supportUrl', 'reopenWindowDays']],
  ])('refuses %j at its field, and stores nothing', async (body, paths) => {
    expect(await refusals(body)).toEqual(paths);
    expect((await test.as(ADMIN).get('/api/settings')).headers.get('etag')).toBe('"1"');
  });

  it.each<[Partial<Settings>]>([
    [assignment({ mode: 'agent', agentId: AGENT.sub, assignToFirstReplier: true })],
    [assignment({ mode: 'category', byCategory: { billing: AGENT.sub, general: null } })],
    [assignment({ mode: 'round_robin', agentIds: [AGENT.sub, OTHER_AGENT.sub] })],
    [{ autoClose: { resolvedAfterDays: 0, waitingUserAfterDays: 0, reminderDaysBefore: 2 } }],
    [{ autoClose: { resolvedAfterDays: 1, waitingUserAfterDays: 3, reminderDaysBefore: 2 } }],
  ])('takes %j', async (body) => {
    expect((await put(body)).status).toBe(200);
    expect(await get()).toMatchObject(body);
  });

  it('does not hold an agent who left against an admin who changes something else', async () => {
    await put(assignment({ mode: 'agent', agentId: AGENT.sub }));
    const gone = { role: 'client' } as const;
    await test.deps.db.updateTable('users').set(gone).where('external_id', '=', AGENT.sub).execute();
    expect((await put({ reopenWindowDays: 3 })).status).toBe(200);
  });
});

describe('the settings in force', () => {
  it('are what a transaction sees, inside of it, and what was committed, outside', async () => {
    await put({ reopenWindowDays: 14 });
    const failing = transact(test.deps.db, async (trx) => {
      await trx.updateTable('settings').set({ value: '{"reopenWindowDays":99}' }).execute();
      expect((await readSettings(trx)).reopenWindowDays).toBe(99);
      throw new Error('Rolled back.');
    });
    await expect(failing).rejects.toThrow('Rolled back.');
    expect((await readSettings(test.deps.db)).reopenWindowDays).toBe(14);
  });

  it('hear of what another process saved', async () => {
    await readSettings(test.deps.db);
    await test.deps.db
      .insertInto('settings')
      .values({ id: 1, value: '{"enabled":false}', version: 7, updated_at: 0 })
      .execute();
    await refreshSettings(test.deps.db);
    expect((await readSettings(test.deps.db)).enabled).toBe(false);
  });

  it('complete what an earlier version stored, and drop alone what is refused now', async () => {
    const value = JSON.stringify({
      enabled: false,
      reopenWindowDays: 'a week',
      notifications: { confirmation: false },
    });
    await test.deps.db.insertInto('settings').values({ id: 1, value, updated_at: 0 }).execute();
    expect(await readSettings(test.deps.db)).toEqual({
      ...DEFAULT_SETTINGS,
      enabled: false,
      notifications: { ...DEFAULT_SETTINGS.notifications, confirmation: false },
    });
  });
});

describe('the round robin', () => {
  const turn = () => transact(test.deps.db, (trx) => takeRoundRobinTurn(trx));

  it('counts from 0, also before anything was saved, and through a save', async () => {
    expect([await turn(), await turn()]).toEqual([0, 1]);
    expect(await get()).toEqual(DEFAULT_SETTINGS);
    await put({ reopenWindowDays: 14 }, '"1"');
    expect([await turn(), await turn()]).toEqual([2, 3]);
    expect((await get()).reopenWindowDays).toBe(14);
  });
});
