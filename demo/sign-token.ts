import { SignJWT } from 'jose';
import type { DemoPerson } from './people.ts';

/** What the host and the support server both know. */
export interface TokenSettings {
  secret: string;
  issuer: string;
  audience: string;
}

/**
 * The host's word on who is signed in, valid for ten minutes: the element asks for another in time.
 *
 * @param now milliseconds since 1970 UTC
 */
export async function signSupportToken(
  person: DemoPerson,
  settings: TokenSettings,
  now: number,
): Promise<string> {
  const seconds = Math.floor(now / 1000);
  return await new SignJWT({
    email: person.email,
    name: person.name,
    role: person.role,
    ...(person.relatedApps && { related_apps: person.relatedApps }),
  })
    .setProtectedHeader({ alg: 'HS256', typ: 'JWT' })
    .setIssuer(settings.issuer)
    .setAudience(settings.audience)
    .setSubject(person.id)
    .setIssuedAt(seconds)
    .setExpirationTime(seconds + 600)
    .sign(new TextEncoder().encode(settings.secret));
}
