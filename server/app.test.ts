import { Hono } from 'hono';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from './testing/test-app.ts';
import { CLIENT } from './testing/users.ts';

const ORIGIN = 'https://app.example.com';
let test: TestApp;
beforeEach(async () => {
  test = await createTestApp({ config: { allowedOrigins: [ORIGIN] } });
});
afterEach(() => test.close());

describe('answers', () => {
  it('carry the headers that keep browsers from rendering, framing, sniffing or caching them', async () => {
    for (const response of [
      await test.as(CLIENT).get('/api/session'),
      await test.app.request('/api/session'),
      await test.as(CLIENT).get('/api/nothing'),
    ]) {
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'strict-transport-security': 'max-age=31536000',
        'x-content-type-options': 'nosniff',
        'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
        'referrer-policy': 'no-referrer',
        'cross-origin-resource-policy': 'same-origin',
        'cache-control': 'no-store',
      });
      expect(response.headers.get('x-request-id')).toMatch(/^[\w.-]{8,64}$/);
    }
  });

  it('are problems for what is not there, whoever asks', async () => {
    for (const response of [
      await test.as(CLIENT).get('/api/nothing'),
      await test.as(CLIENT).put('/api/session', {}),
      await test.app.request('/nothing'),
    ]) {
      expect(response.status).toBe(404);
      expect(response.headers.get('content-type')).toBe('application/problem+json');
      expect(await response.json()).toEqual({
        type: 'about:blank',
        title: 'Not found',
        status: 404,
        detail: 'There is nothing here, or it is not yours to see.',
        code: 'not_found',
      });
    }
  });

  it('tell nothing of the cause when something breaks, but the log does', async () => {
    await test.deps.db.schema.dropTable('settings').execute();
    const response = await test.app.request('/api/center', { headers: { 'x-request-id': 'trace-me-1' } });
    expect(response.status).toBe(500);
    expect(response.headers.get('x-request-id')).toBe('trace-me-1');
    const text = await response.text();
    expect(JSON.parse(text)).toMatchObject({ code: 'internal', status: 500 });
    expect(text).not.toMatch(/settings|sql|table/i);
    expect(test.logs).toContainEqual(
      expect.objectContaining({
        level: 'error',
        event: 'request_failed',
        requestId: 'trace-me-1',
        error: expect.objectContaining({ message: expect.stringContaining('settings') }) as unknown,
      }),
    );
  });

  it('are logged with route and status, without numbers, queries or texts', async () => {
    await test.as(CLIENT).get('/api/tickets/SUP-4711?q=secret-words', undefined, { 'x-request-id': 'a b' });
    const line = test.logs.find((one) => one.event === 'request');
    expect(line).toMatchObject({
      level: 'info',
      method: 'GET',
      route: '/api/tickets/:number',
      status: 404,
      user: 'client-1',
      ms: expect.any(Number) as unknown,
    });
    expect(line?.requestId).not.toBe('a b');
    expect(JSON.stringify(test.logs)).not.toMatch(/4711|secret-words/);
  });
});

describe('pages of other origins', () => {
  const preflight = (origin: string) =>
    test.app.request('/api/tickets/SUP-1001', {
      method: 'OPTIONS',
      headers: {
        origin,
        'access-control-request-method': 'PATCH',
        'access-control-request-headers': 'authorization,if-match',
      },
    });

  it('may ask and read when they are on the list, without cookies', async () => {
    const asked = await preflight(ORIGIN);
    expect(asked.status).toBe(204);
    expect(asked.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(asked.headers.get('access-control-allow-methods')).toContain('PATCH');
    expect(asked.headers.get('access-control-allow-headers')?.toLowerCase()).toMatch(
      /authorization.*if-match.*idempotency-key/,
    );
    expect(asked.headers.get('access-control-allow-credentials')).toBeNull();

    const read = await test.as(CLIENT).get('/api/session', undefined, { origin: ORIGIN });
    expect(read.headers.get('access-control-allow-origin')).toBe(ORIGIN);
    expect(read.headers.get('access-control-expose-headers')).toMatch(/ETag.*Location.*Retry-After/);
    expect(read.headers.get('vary')).toContain('Origin');
    const refused = await test.app.request('/api/session', { headers: { origin: ORIGIN } });
    expect(refused.headers.get('access-control-allow-origin')).toBe(ORIGIN);
  });

  it.each(['https://evil.example', 'https://app.example.com.evil.example', 'http://app.example.com', 'null'])(
    'get nothing when they are %s',
    async (origin) => {
      for (const response of [
        await preflight(origin),
        await test.as(CLIENT).get('/api/session', undefined, { origin }),
      ]) {
        expect(response.headers.get('access-control-allow-origin')).toBeNull();
        expect(response.headers.get('vary')).toContain('Origin');
      }
    },
  );
});

describe('mounted in a host', () => {
  it('leaves the routes of the host alone', async () => {
    const host = new Hono();
    host.route('/', test.app);
    host.get('/dashboard', (c) => c.html('<h1>Host</h1>'));
    const page = await host.request('/dashboard');
    expect(page.status).toBe(200);
    expect(page.headers.get('content-security-policy')).toBeNull();
    expect(page.headers.get('x-request-id')).toBeNull();
    expect((await host.request('/api/center')).status).toBe(200);
    const refused = await host.request('/api/session');
    expect(await refused.json()).toMatchObject({ code: 'missing_token' });
    expect((await host.request('/api/center/deeper')).status).toBe(401);
  });

  it('works below a path', async () => {
    const host = new Hono();
    host.route('/help', test.app);
    expect((await host.request('/help/api/center')).status).toBe(200);
    expect((await host.request('/help/api/session')).status).toBe(401);
  });
});
