import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';
import { fill, pathsOf, routesOf, VERBS } from './route-table.ts';

const ORIGIN = 'https://app.example.com';
let test: TestApp;
let number: string;
let id: string;
beforeAll(async () => {
  test = await createTestApp({ config: { allowedOrigins: [ORIGIN], metricsToken: 'metrics-token' } });
  const upload = await test.as(CLIENT).upload('/api/attachments', { name: 'a.png', content: PNG });
  ({ id } = await expectStatus<{ id: string }>(upload, 201));
  ({ number } = await fileTicket(test.as(CLIENT), { attachmentIds: [id] }));
});
afterAll(() => test.close());

/** Every answer there is to get: each route and verb, let in and kept out, and what is beside the API. */
async function* everyAnswer(
  headers: Record<string, string> = {},
): AsyncGenerator<{ what: string; response: Response }> {
  const own = [
    '/openapi.json',
    '/healthz',
    '/readyz',
    '/metrics',
    '/support-center.js',
    '/chunks/x.js',
    '/nothing',
    '/api/nothing',
  ];
  const routes = pathsOf(routesOf(test.app)).map((path) =>
    fill(path, (name) => (name === 'number' ? number : id)),
  );
  for (const path of [...routes, ...own]) {
    for (const method of [...VERBS, 'OPTIONS']) {
      for (const user of [undefined, CLIENT, AGENT, ADMIN]) {
        // A fresh ticket each time is not needed: what is asked for is what each answer looks like.
        if (method === 'DELETE' && user === ADMIN) continue;
        const authorization = user && `Bearer ${await test.token(user)}`;
        const response = await test.app.request(path, {
          method,
          headers: { ...headers, ...(authorization && { authorization }) },
        });
        await response.body?.cancel();
        yield { what: `${method} ${path} ${user?.role ?? 'nobody'}: ${response.status}`, response };
      }
    }
  }
}

describe('every answer', () => {
  it('keeps browsers from sniffing, framing, referring and downgrading, and sets no cookie', async () => {
    for await (const { what, response } of everyAnswer({ cookie: 'a=b' })) {
      const { headers } = response;
      expect(headers.get('strict-transport-security'), what).toMatch(/^max-age=\d{8,}/);
      expect(headers.get('x-content-type-options'), what).toBe('nosniff');
      expect(headers.get('content-security-policy'), what).toMatch(
        /default-src 'none'.*frame-ancestors 'none'/,
      );
      expect(headers.get('referrer-policy'), what).toBe('no-referrer');
      expect(headers.get('cross-origin-resource-policy'), what).toMatch(/^(same-origin|cross-origin)$/);
      expect(headers.get('cache-control'), what).not.toBeNull();
      expect(headers.getSetCookie(), what).toEqual([]);
      for (const name of ['server', 'x-powered-by']) expect(headers.has(name), what).toBe(false);
    }
  });

  it('may be read by listed origins, exactly, without credentials', async () => {
    const isPublic = (what: string) => /\/(openapi\.json|support-center\.js|chunks\/)/.test(what);
    for await (const { what, response } of everyAnswer({ origin: ORIGIN })) {
      const allowed = response.headers.get('access-control-allow-origin');
      if (what.includes(' /api/')) expect(allowed, what).toBe(ORIGIN);
      expect(response.headers.get('access-control-allow-credentials'), what).toBeNull();
    }
    for (const origin of [
      'https://evil.example',
      `${ORIGIN}.evil.example`,
      'https://evilapp.example.com',
      ORIGIN.toUpperCase(),
      `${ORIGIN}:443`,
      `${ORIGIN}/`,
      'null',
      '*',
    ]) {
      const asked = ['/api/session', `/api/tickets/${number}`, '/api/nothing', '/healthz'];
      for (const path of asked) {
        for (const method of ['GET', 'OPTIONS', 'POST']) {
          const response = await test.app.request(path, {
            method,
            headers: { origin, authorization: `Bearer ${await test.token(CLIENT)}` },
          });
          expect(
            response.headers.get('access-control-allow-origin'),
            `${method} ${path} ${origin}`,
          ).toBeNull();
        }
      }
    }
    for await (const { what, response } of everyAnswer()) {
      const allowed = response.headers.get('access-control-allow-origin');
      if (allowed !== null) expect([allowed, isPublic(what)], what).toEqual(['*', true]);
    }
  });

  it('of the API is kept by no cache, and an attachment by nobody but its reader', async () => {
    for await (const { what, response } of everyAnswer()) {
      if (!what.includes(' /api/')) continue;
      const kept = response.headers.get('cache-control');
      const isFile = what.includes('/attachments/') && response.ok;
      if (isFile && !what.startsWith('OPTIONS')) expect(kept, what).toBe('private, no-cache');
      else expect(kept, what).toMatch(/^no-store/);
    }
  });
});
