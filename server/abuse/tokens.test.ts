import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, exportSPKI, generateKeyPair, SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket } from '../testing/tickets.ts';
import { ADMIN, CLIENT } from '../testing/users.ts';
import { badTokens, forge } from './bad-tokens.ts';
import { fill, readAnswer, routesBehindToken, VERBS } from './route-table.ts';

let test: TestApp;
let number: string;
beforeAll(async () => {
  test = await createTestApp();
  ({ number } = await fileTicket(test.as(CLIENT)));
});
afterAll(() => test.close());

const REFUSED = {
  type: 'about:blank',
  title: 'The token is not accepted',
  status: 401,
  detail: 'The token is not valid, or no longer. Sign in again.',
  code: 'invalid_token',
};

const targets = () => [
  ...new Set(
    routesBehindToken(test.app).map(({ path }) => fill(path, (name) => (name === 'number' ? number : 'x'))),
  ),
];

async function expectRefused(
  app: TestApp['app'],
  method: string,
  path: string,
  headers: Record<string, string>,
  what: string,
) {
  const response = await app.request(path, { method, headers });
  const { status, text } = await readAnswer(response);
  expect(status, what).toBe(401);
  if (method !== 'HEAD') expect(JSON.parse(text), what).toEqual(REFUSED);
  expect(response.headers.get('www-authenticate'), what).toBe('Bearer error="invalid_token"');
}

describe('a token that must not be believed', () => {
  it('is refused with one body by every route and every verb', async () => {
    const tokens = await badTokens(ADMIN, test.deps.config.auth, test.clock.now());
    expect(targets().length).toBeGreaterThan(10);
    for (const [what, token] of Object.entries(tokens)) {
      const authorization = `Bearer ${token}`;
      for (const path of targets()) {
        for (const method of VERBS)
          await expectRefused(test.app, method, path, { authorization }, `${what}: ${method} ${path}`);
      }
    }
  });

  it('makes nobody known', async () => {
    const known = await test.deps.db.selectFrom('users').select('external_id').execute();
    expect(known).toEqual([{ external_id: CLIENT.sub }]);
  });

  it('gets no second look once the first has verified: it ends on time', async () => {
    const token = await test.token(CLIENT);
    const headers = { authorization: `Bearer ${token}` };
    const at = test.clock.now();
    expect((await test.app.request('/api/session', { headers })).status).toBe(200);
    test.clock.set(at + 629_999);
    expect((await test.app.request('/api/session', { headers })).status).toBe(200);
    test.clock.set(at + 630_000);
    expect((await test.app.request('/api/session', { headers })).status).toBe(401);
    test.clock.set(at);
  });
});

describe('a good token', () => {
  it('in the query is refused, with and without the header', async () => {
    const token = await test.token(CLIENT);
    for (const path of targets()) {
      for (const name of ['token', 'access_token', 'id_token', 'jwt']) {
        for (const headers of [{}, { authorization: `Bearer ${token}` }] as Array<Record<string, string>>) {
          await expectRefused(test.app, 'GET', `${path}?${name}=${token}`, headers, `${path} ${name}`);
        }
      }
    }
    expect(JSON.stringify(test.logs)).not.toContain(token.split('.')[1]);
  });

  it('counts nowhere but in one Authorization header', async () => {
    const token = await test.token(CLIENT);
    const elsewhere: Array<Record<string, string>> = [
      { cookie: `token=${token}; authorization=Bearer ${token}` },
      { 'x-access-token': token },
      { 'proxy-authorization': `Bearer ${token}` },
      { authorization: token },
      { authorization: `Basic ${btoa(`x:${token}`)}` },
      { authorization: `Bearer ${token}, Bearer ${token}` },
      { authorization: `Bearer ${token} ${token}` },
      { authorization: `Bearer "${token}"` },
      { authorization: `Bearer\u00a0${token}` },
    ];
    for (const headers of elsewhere) {
      expect((await test.app.request('/api/session', { headers })).status, Object.keys(headers)[0]).toBe(401);
    }
  });
});

describe('with a key set', () => {
  it('no public key is taken for a secret, and no key that the token brings along for ours', async () => {
    const { publicKey, privateKey } = await generateKeyPair('RS256', { extractable: true });
    const jwk = { ...(await exportJWK(publicKey)), kid: 'one', alg: 'RS256' };
    const server = createServer((_request, response) => void response.end(JSON.stringify({ keys: [jwk] })));
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const app = await createTestApp({ config: { auth: { keys: { kind: 'jwks', url } } } });
    try {
      const seconds = Math.floor(app.clock.now() / 1000);
      const { issuer: iss, audience: aud } = app.deps.config.auth;
      const payload = { ...ADMIN, iss, aud, iat: seconds, exp: seconds + 600 };
      const own = await generateKeyPair('RS256', { extractable: true });
      const ownJwk = await exportJWK(own.publicKey);
      const pem = await exportSPKI(publicKey);
      const confused = [
        pem,
        pem.trim(),
        JSON.stringify(jwk),
        jwk.n!,
        Buffer.from(jwk.n!, 'base64url'),
        '',
      ].map((key) => forge({ alg: 'HS256', kid: 'one' }, payload, key));
      const brought = await new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'one', jwk: ownJwk, jku: `${url}x` })
        .sign(own.privateKey);
      const none = forge({ alg: 'none', kid: 'one' }, payload, null);
      for (const token of [...confused, brought, none]) {
        await expectRefused(
          app.app,
          'GET',
          '/api/settings',
          { authorization: `Bearer ${token}` },
          token.slice(0, 40),
        );
      }
      const good = await new SignJWT(payload)
        .setProtectedHeader({ alg: 'RS256', kid: 'one' })
        .sign(privateKey);
      expect(
        (await app.app.request('/api/settings', { headers: { authorization: `Bearer ${good}` } })).status,
      ).toBe(200);
    } finally {
      await app.close();
      await new Promise((resolve) => server.close(resolve));
    }
  });
});
