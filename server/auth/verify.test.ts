import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { exportJWK, generateKeyPair, SignJWT, UnsecuredJWT, type CryptoKey, type JWK } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { signToken } from '../testing/sign-token.ts';
import { createTestClock, TEST_NOW } from '../testing/test-clock.ts';
import { createTestConfig } from '../testing/test-config.ts';
import { CLIENT } from '../testing/users.ts';
import { createVerifier } from './verify.ts';

const SECONDS = TEST_NOW / 1000;

describe('with a secret', () => {
  const auth = createTestConfig().auth;
  const clock = createTestClock();
  const verify = createVerifier(auth, clock);
  const sign = (claims: Record<string, unknown> = {}) => signToken(CLIENT, auth, TEST_NOW, claims);

  it('reads who the token speaks of', async () => {
    const { claims, expiresAt } = await verify(
      await sign({ related_apps: [{ id: 'shop', name: 'Shop', icon: 'ignored' }], zoneinfo: 'UTC' }),
    );
    expect(claims).toEqual({
      sub: 'client-1',
      email: 'clara@example.com',
      name: 'Clara Client',
      role: 'client',
      relatedApps: [{ id: 'shop', name: 'Shop' }],
    });
    expect(expiresAt).toBe(TEST_NOW + 630_000);
  });

  it('reads the language, and lets nobody stay outside for a wrong one', async () => {
    expect((await verify(await sign({ locale: 'de-AT' }))).claims.locale).toBe('de-AT');
    for (const locale of [undefined, null, '', 7, {}, 'de AT', 'x'.repeat(99)]) {
      expect((await verify(await sign({ locale }))).claims).not.toHaveProperty('locale');
    }
  });

  it.each([undefined, null, '', '  ', 7, 'a\nb', 'x'.repeat(201)])(
    'takes the e-mail address where the name is %j',
    async (name) => {
      expect((await verify(await sign({ name }))).claims.name).toBe('clara@example.com');
    },
  );

  it.each<[string, Record<string, unknown>]>([
    ['no exp', { exp: undefined }],
    ['an exp that is text', { exp: String(SECONDS + 600) }],
    ['no iat', { iat: undefined }],
    ['an iat that is text', { iat: String(SECONDS) }],
    ['a life of over an hour', { exp: SECONDS + 3601 }],
    ['a life that begins later', { iat: SECONDS + 31, exp: SECONDS + 600 }],
    ['an end 30 s ago', { iat: SECONDS - 600, exp: SECONDS - 30 }],
    ['a beginning after 31 s', { nbf: SECONDS + 31 }],
    ['an nbf that is text', { nbf: 'now' }],
    ['another issuer', { iss: 'https://evil.example' }],
    ['no issuer', { iss: undefined }],
    ['another audience', { aud: 'somebody-else' }],
    ['no audience', { aud: undefined }],
    ['no sub', { sub: undefined }],
    ['an empty sub', { sub: '' }],
    ['a sub that is a number', { sub: 7 }],
    ['a sub with a line break', { sub: 'a\nb' }],
    ['a sub of 201 characters', { sub: 'x'.repeat(201) }],
    ['no email', { email: undefined }],
    ['an email that is none', { email: 'clara' }],
    ['an email that would add a mail header', { email: 'a@example.com\r\nBcc: b@example.com' }],
    ['two emails', { email: 'a@example.com,b@example.com' }],
    ['no role', { role: undefined }],
    ['another role', { role: 'superuser' }],
    ['related apps that are none', { related_apps: 'shop' }],
    ['related apps without a name', { related_apps: [{ id: 'shop' }] }],
    ['201 related apps', { related_apps: Array.from({ length: 201 }, () => ({ id: 'a', name: 'A' })) }],
  ])('refuses %s', async (_what, claims) => {
    await expect(verify(await sign(claims))).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it.each<[string, Record<string, unknown>]>([
    ['a life of an hour', { exp: SECONDS + 3600 }],
    ['an end 29 s ago', { iat: SECONDS - 600, exp: SECONDS - 29 }],
    ['a beginning in 30 s', { iat: SECONDS + 30, nbf: SECONDS + 30, exp: SECONDS + 600 }],
    ['an audience among others', { aud: ['app', 'support-center'] }],
    ['a sub of 200 characters', { sub: 'x'.repeat(200) }],
  ])('accepts %s', async (_what, claims) => {
    await expect(verify(await sign(claims))).resolves.toMatchObject({ claims: { role: 'client' } });
  });

  it('refuses another key, no signature and every other algorithm', async () => {
    const payload = {
      ...CLIENT,
      iss: auth.issuer,
      aud: auth.audience,
      iat: SECONDS,
      exp: SECONDS + 600,
    };
    const secret = new TextEncoder().encode(auth.keys.kind === 'secret' ? auth.keys.secrets[0] : '');
    const { privateKey } = await generateKeyPair('RS256');
    const forged = [
      await new SignJWT(payload).setProtectedHeader({ alg: 'HS256' }).sign(new Uint8Array(32)),
      await new SignJWT(payload).setProtectedHeader({ alg: 'HS512' }).sign(secret),
      await new SignJWT(payload).setProtectedHeader({ alg: 'RS256' }).sign(privateKey),
      new UnsecuredJWT(payload).encode(),
      'not.a.token',
      '',
    ];
    for (const token of forged) {
      await expect(verify(token)).rejects.toMatchObject({ code: 'invalid_token' });
    }
  });

  it('accepts both keys while they are rotated', async () => {
    const secrets = ['n'.repeat(32), 'o'.repeat(32)];
    const both = createVerifier({ ...auth, keys: { kind: 'secret', secrets } }, clock);
    for (const secret of secrets) {
      const token = await signToken(
        CLIENT,
        { ...auth, keys: { kind: 'secret', secrets: [secret] } },
        TEST_NOW,
      );
      await expect(both(token)).resolves.toBeDefined();
    }
    await expect(both(await sign())).rejects.toMatchObject({ code: 'invalid_token' });
  });
});

describe('with a key set', () => {
  let server: Server;
  let keys: JWK[];
  let status: number;
  let url: string;
  beforeEach(async () => {
    keys = [];
    status = 200;
    server = createServer((_request, response) => {
      response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ keys }));
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/jwks`;
  });
  afterEach(() => new Promise((resolve) => server.close(resolve)));

  const auth = () => createTestConfig({ auth: { keys: { kind: 'jwks', url } } }).auth;
  const sign = (key: CryptoKey | Uint8Array, alg: string, kid: string) =>
    new SignJWT({ ...CLIENT, iss: auth().issuer, aud: auth().audience, iat: SECONDS, exp: SECONDS + 60 })
      .setProtectedHeader({ alg, kid })
      .sign(key);

  it.each(['ES256', 'RS256', 'EdDSA'])('accepts %s', async (alg) => {
    const { publicKey, privateKey } = await generateKeyPair(alg, { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: 'one', alg }];
    const verify = createVerifier(auth(), createTestClock());
    await expect(verify(await sign(privateKey, alg, 'one'))).resolves.toMatchObject({
      claims: { sub: 'client-1' },
    });
  });

  it('refuses a token that is signed with the public key as if it were a secret', async () => {
    const { publicKey } = await generateKeyPair('ES256', { extractable: true });
    const jwk = await exportJWK(publicKey);
    keys = [{ ...jwk, kid: 'one' }];
    const verify = createVerifier(auth(), createTestClock());
    const token = await sign(new TextEncoder().encode(JSON.stringify(jwk)), 'HS256', 'one');
    await expect(verify(token)).rejects.toMatchObject({ code: 'invalid_token' });
  });

  it('refuses a key that the set does not name', async () => {
    const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
    keys = [{ ...(await exportJWK(publicKey)), kid: 'one' }];
    const verify = createVerifier(auth(), createTestClock());
    await expect(verify(await sign(privateKey, 'ES256', 'two'))).rejects.toMatchObject({
      code: 'invalid_token',
    });
  });

  it('does not blame the token when the set cannot be had', async () => {
    const { privateKey } = await generateKeyPair('ES256', { extractable: true });
    status = 503;
    const verify = createVerifier(auth(), createTestClock());
    const refusal: unknown = await verify(await sign(privateKey, 'ES256', 'one')).catch((error) => error);
    expect(refusal).toBeInstanceOf(Error);
    expect(refusal).not.toHaveProperty('code', 'invalid_token');
  });
});
