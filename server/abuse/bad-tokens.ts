import { createHmac } from 'node:crypto';
import type { Config } from '../config.ts';
import { signToken } from '../testing/sign-token.ts';
import type { TestUser } from '../testing/users.ts';

const base64 = (value: unknown) =>
  Buffer.from(typeof value === 'string' ? value : JSON.stringify(value)).toString('base64url');

/** A token made by hand, whatever stands in it. */
export function forge(header: unknown, payload: unknown, key: string | Uint8Array | null): string {
  const signed = `${base64(header)}.${base64(payload)}`;
  return `${signed}.${key === null ? '' : createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/**
 * Tokens that must not be believed, by what is wrong with them.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function badTokens(
  user: TestUser,
  auth: Config['auth'],
  now: number,
): Promise<Record<string, string>> {
  const seconds = Math.floor(now / 1000);
  const sign = (claims: Record<string, unknown>) => signToken(user, auth, now, claims);
  const good = await sign({});
  const [header, body, signature] = good.split('.') as [string, string, string];
  const payload = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
  const secret = auth.keys.kind === 'secret' ? auth.keys.secrets[0]! : '';
  const hs256 = { alg: 'HS256', typ: 'JWT' };
  const other = base64({ ...payload, sub: 'somebody-else', role: 'admin' });
  return {
    expired: await sign({ iat: seconds - 600, exp: seconds - 31 }),
    'of the future': await sign({ iat: seconds + 600, exp: seconds + 900 }),
    'not yet valid': await sign({ nbf: seconds + 60 }),
    'over-long-lived': await sign({ exp: seconds + 3601 }),
    'valid for ever': await sign({ exp: 1e300 }),
    'without an end': await sign({ exp: undefined }),
    'with an end in words': await sign({ exp: 'never' }),
    'with a negative life': await sign({ iat: seconds + 20, exp: seconds - 40 }),
    'for another audience': await sign({ aud: 'another-app' }),
    'for an audience like ours': await sign({ aud: 'support-center ' }),
    'of another issuer': await sign({ iss: 'https://evil.example' }),
    'of several issuers': await sign({ iss: [auth.issuer, 'https://evil.example'] }),
    'with a role of its own': await sign({ role: 'root' }),
    'with two roles': await sign({ role: ['client', 'admin'] }),
    'without a subject': await sign({ sub: undefined }),
    'with a subject that is an object': await sign({ sub: { $ne: null } }),
    'tampered with': `${header}.${other}.${signature}`,
    'with a longer signature': `${good}AA`,
    'with a shorter signature': good.slice(0, -4),
    'without a signature': `${header}.${body}.`,
    'signed with another key': forge(hs256, payload, 'x'.repeat(32)),
    'signed with no key': forge(hs256, payload, ''),
    'with alg none': forge({ alg: 'none' }, payload, null),
    'with alg nOnE': forge({ alg: 'nOnE' }, payload, secret),
    'with no alg': forge({ typ: 'JWT' }, payload, secret),
    'with alg HS512 over HS256': forge({ alg: 'HS512' }, payload, secret),
    'with alg RS256 over the secret': forge({ alg: 'RS256' }, payload, secret),
    'with alg dir': forge({ alg: 'dir', enc: 'A256GCM' }, payload, secret),
    'with a key of its own': forge(
      { ...hs256, jwk: { kty: 'oct', k: base64('x'.repeat(32)) } },
      payload,
      'x'.repeat(32),
    ),
    'with a key elsewhere': forge(
      { ...hs256, jku: 'http://127.0.0.1:9/jwks', x5u: 'http://127.0.0.1:9/x' },
      payload,
      'x'.repeat(32),
    ),
    'with a key id of a path': forge({ ...hs256, kid: '../../../../dev/null' }, payload, ''),
    'with a critical header': forge({ ...hs256, crit: ['b64'], b64: false }, payload, secret),
    'whose payload is no object': forge(hs256, '"admin"', secret),
    'whose payload is a list': forge(hs256, [payload], secret),
    'whose payload is broken': forge(hs256, '{"sub":', secret),
    'of five parts': `${good}.${body}.${signature}`,
    'of two parts': `${header}.${body}`,
    'in nonsense': 'not.a.token',
    'of dots': '...',
    'that is very long': `${header}.${'A'.repeat(13_000)}.${signature}`,
  };
}
