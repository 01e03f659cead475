import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { Claims } from '../auth/claims.ts';
import type { AgentsAnswer } from '../contract/session.ts';
import { forbidWrites } from '../testing/forbid-writes.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';
import { rememberUser } from './service.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp();
});
afterEach(() => t.close());

const claims: Claims = { sub: 'u-1', email: 'u@example.com', name: 'U', role: 'client' };
const stored = () => t.deps.db.selectFrom('users').selectAll().where('external_id', '=', 'u-1').execute();

describe('GET /api/agents', () => {
  test('names agents and admins by name, and clients to nobody', async () => {
    for (const user of [CLIENT, AGENT, ADMIN]) await t.as(user).get('/api/session');
    const { agents } = await expectStatus<AgentsAnswer>(await t.as(AGENT).get('/api/agents'), 200);
    expect(agents).toEqual([ADMIN, AGENT].map(({ sub, name, email }) => ({ id: sub, name, email })));
  });

  test('forgets who is a client now', async () => {
    await t.as(ADMIN).get('/api/session');
    await t.as({ ...ADMIN, role: 'client' }).get('/api/session');
    const { agents } = await expectStatus<AgentsAnswer>(await t.as(AGENT).get('/api/agents'), 200);
    expect(agents.map(({ id }) => id)).toEqual([AGENT.sub]);
  });

  test('is not for clients', async () => {
    expect(await expectStatus(await t.as(CLIENT).get('/api/agents'), 403)).toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('rememberUser', () => {
  test('knows a person by their id, and what their latest token says of them', async () => {
    const first = await rememberUser(t.deps, claims);
    const again = await rememberUser(t.deps, {
      ...claims,
      name: 'New',
      email: 'new@example.com',
      role: 'agent',
    });
    expect(again).toEqual({
      userId: first.userId,
      id: 'u-1',
      name: 'New',
      email: 'new@example.com',
      role: 'agent',
    });
    expect(await stored()).toMatchObject([{ name: 'New', email: 'new@example.com', role: 'agent' }]);
  });

  test('makes one user of many first requests', async () => {
    const actors = await Promise.all(Array.from({ length: 5 }, async () => rememberUser(t.deps, claims)));
    expect(new Set(actors.map(({ userId }) => userId)).size).toBe(1);
    expect(await stored()).toHaveLength(1);
  });

  test('writes that somebody was seen once an hour', async () => {
    await rememberUser(t.deps, claims);
    const [first] = await stored();
    t.clock.advance(60 * 60 * 1000 - 1);
    await rememberUser(t.deps, claims);
    expect(await stored()).toEqual([first]);
    t.clock.advance(1);
    await rememberUser(t.deps, claims);
    expect((await stored())[0]?.seen_at).toBe(t.clock.now());
  });

  test('lets a known user go on reading when the disk is full, and no unknown one in', async () => {
    await rememberUser(t.deps, claims);
    t.clock.advance(2 * 60 * 60 * 1000);
    const writes = await forbidWrites(t.deps.db);
    expect(await rememberUser(t.deps, claims)).toMatchObject({ id: 'u-1' });
    await expect(rememberUser(t.deps, { ...claims, sub: 'u-2' })).rejects.toThrow();
    await writes.lift();
  });

  test('keeps the apps of the token', async () => {
    const relatedApps = [{ id: 'a', name: 'A' }];
    expect(await rememberUser(t.deps, { ...claims, relatedApps })).toMatchObject({ relatedApps });
    expect(await rememberUser(t.deps, claims)).not.toHaveProperty('relatedApps');
  });

  test('knows the language of the token, and forgets none that a later one leaves out', async () => {
    const language = async () => (await stored())[0]?.locale;
    await rememberUser(t.deps, { ...claims, locale: 'de-AT' });
    expect(await language()).toBe('de-AT');
    await rememberUser(t.deps, { ...claims, name: 'New' });
    expect(await language()).toBe('de-AT');
    await rememberUser(t.deps, { ...claims, locale: 'fr' }, { locale: () => 'ja', isNews: () => true });
    expect(await language()).toBe('fr');
  });

  test('takes the language of the session where the token says none, when it begins or they write', async () => {
    const language = async () => (await stored())[0]?.locale;
    const speaking = (locale: string, isNews = false) => ({ locale: () => locale, isNews: () => isNews });
    await rememberUser(t.deps, claims, speaking('de'));
    expect(await language()).toBe('de');
    // Two browsers that only read do not write in turns.
    await rememberUser(t.deps, claims, speaking('fr'));
    expect(await language()).toBe('de');
    await rememberUser(t.deps, claims, speaking('fr', true));
    expect(await language()).toBe('fr');
  });
});
