import { SignJWT } from 'jose';
import type { Config } from '../config.ts';
import type { TestUser } from './users.ts';

/**
 * Signs a token as a host's backend does: HS256, valid for ten minutes.
 *
 * @param now milliseconds since 1970 UTC
 * @param claims replaces single claims; one that is undefined is left out
 */
export async function signToken(
  user: TestUser,
  auth: Config['auth'],
  now: number,
  claims: Record<string, unknown> = {},
): Promise<string> {
  if (auth.keys.kind !== 'secret') throw new Error('This test signs with a key set of its own.');
  const seconds = Math.floor(now / 1000);
  const payload: Record<string, unknown> = {
    iss: auth.issuer,
    aud: auth.audience,
    iat: seconds,
    exp: seconds + 600,
    ...user,
    ...claims,
  };
  for (const [name, value] of Object.entries(payload)) {
    if (value === undefined) delete payload[name];
  }
  const key = new TextEncoder().encode(auth.keys.secrets[0]);
  return await new SignJWT(payload).setProtectedHeader({ alg: 'HS256', typ: 'JWT' }).sign(key);
}
