import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp();
});
afterEach(() => test.close());

const session = (headers: Record<string, string>, query = '') =>
  test.app.request(`/api/session${query}`, { headers });

describe('identify', () => {
  it('knows the holder of a valid token', async () => {
    const response = await test.as(CLIENT).get('/api/session');
    expect(response.status).toBe(200);
    expect(await response.json()).toMatchObject({
      actor: { id: 'client-1', name: 'Clara Client', email: 'clara@example.com', role: 'client' },
    });
  });

  it('answers 401 missing_token without one', async () => {
    for (const headers of [{}, { authorization: '' }]) {
      const response = await session(headers as Record<string, string>);
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer');
      expect(await response.json()).toMatchObject({ code: 'missing_token', status: 401 });
    }
  });

  it('answers 401 invalid_token for anything but Bearer and a token', async () => {
    const token = await test.token(CLIENT);
    const wrong = [
      `Basic ${token}`,
      token,
      'Bearer',
      'Bearer x',
      `Bearer ${token} ${token}`,
      `Bearer ${token}x`,
    ];
    for (const authorization of wrong) {
      const response = await session({ authorization });
      expect(response.status).toBe(401);
      expect(response.headers.get('www-authenticate')).toBe('Bearer error="invalid_token"');
      expect(await response.json()).toMatchObject({ code: 'invalid_token' });
    }
  });

  it.each(['token', 'access_token', 'id_token', 'jwt'])(
    'answers 401 for a token in the query as %s, even beside a good header',
    async (name) => {
      const token = await test.token(CLIENT);
      for (const headers of [{}, { authorization: `Bearer ${token}` }]) {
        const response = await session(headers as Record<string, string>, `?${name}=${token}`);
        expect(response.status).toBe(401);
        expect(await response.json()).toMatchObject({ code: 'invalid_token' });
      }
    },
  );

  it('stops accepting a token it has accepted, once that has expired', async () => {
    const authorization = `Bearer ${await test.token(CLIENT)}`;
    expect((await session({ authorization })).status).toBe(200);
    test.clock.advance(629_000);
    expect((await session({ authorization })).status).toBe(200);
    test.clock.advance(1_000);
    expect((await session({ authorization })).status).toBe(401);
  });

  it('takes role and name from the token of the request, not from an earlier one', async () => {
    await test.as(AGENT).get('/api/session');
    const demoted = await test.as({ ...AGENT, role: 'client', name: 'Agnes Was' }).get('/api/session');
    expect(await demoted.json()).toMatchObject({
      actor: { id: 'agent-1', name: 'Agnes Was', role: 'client' },
      permissions: { viewAllTickets: false, manageSettings: false },
    });
    expect((await test.as({ ...AGENT, role: 'client' }).get('/api/agents')).status).toBe(403);
  });

  it('never logs a token', async () => {
    const token = await test.token(CLIENT);
    await session({ authorization: `Bearer ${token}` });
    await session({ authorization: `Bearer ${token}x` });
    await session({}, `?token=${token}`);
    expect(test.logs.length).toBeGreaterThanOrEqual(3);
    expect(JSON.stringify(test.logs)).not.toContain(token.slice(-20));
  });
});

describe('a support center that is switched off', () => {
  beforeEach(async () => {
    await test.close();
    test = await createTestApp({ settings: { enabled: false, supportUrl: 'https://help.example.com' } });
  });

  it('keeps clients out of everything but what tells them so', async () => {
    const client = test.as(CLIENT);
    for (const path of [
      '/api/tickets',
      '/api/tickets/counts',
      '/api/tickets/SUP-1001',
      '/api/attachments/x',
    ]) {
      const response = await client.get(path);
      expect(response.status).toBe(403);
      expect(await response.json()).toMatchObject({ code: 'support_disabled' });
    }
    expect((await client.upload('/api/attachments', { name: 'a.txt', content: 'a' })).status).toBe(403);
    const known = await client.get('/api/session');
    expect(await known.json()).toMatchObject({
      center: { enabled: false, supportUrl: 'https://help.example.com' },
    });
  });

  it('lets agents and admins go on', async () => {
    expect((await test.as(AGENT).get('/api/tickets')).status).toBe(200);
    expect((await test.as(ADMIN).get('/api/settings')).status).toBe(200);
  });
});
