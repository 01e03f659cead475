import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload, type JWTVerifyOptions } from 'jose';
import type { Config } from '../config.ts';
import { SupportError } from '../contract/errors.ts';
import type { Clock } from '../deps.ts';
import { ClaimsSchema, type Claims } from './claims.ts';

/** Seconds by which the clocks of the host and this server may differ. */
export const LEEWAY_SECONDS = 30;
/** Seconds that a token may live at most (contract section 3). */
const MAX_LIFETIME_SECONDS = 3600;

/** Three parts in base64url. */
const TOKEN = /^[\w-]+\.[\w-]+\.[\w-]+$/;

export interface VerifiedToken {
  claims: Claims;
  /** Milliseconds since 1970 UTC from which it is no longer accepted. */
  expiresAt: number;
}

/** @throws SupportError `invalid_token`, whatever is wrong with it; other errors when the key set is out of reach */
export type VerifyToken = (token: string) => Promise<VerifiedToken>;

/** Checks signature, `alg` (only those that fit the kind of key), times, `iss`, `aud` and the claims. */
export function createVerifier(auth: Config['auth'], clock: Clock): VerifyToken {
  const check = auth.keys.kind === 'secret' ? bySecrets(auth.keys.secrets) : byKeySet(auth.keys.url);
  return async (token) => {
    if (!TOKEN.test(token)) throw invalidToken();
    const now = clock.now();
    const options: JWTVerifyOptions = {
      issuer: auth.issuer,
      audience: auth.audience,
      clockTolerance: LEEWAY_SECONDS,
      currentDate: new Date(now),
      requiredClaims: ['iat', 'exp'],
    };
    let payload: JWTPayload;
    try {
      payload = await check(token, options);
    } catch (error) {
      if (isRefusal(error)) throw invalidToken();
      throw error;
    }
    return readClaims(payload, now);
  };
}

function readClaims(payload: JWTPayload, now: number): VerifiedToken {
  const result = ClaimsSchema.safeParse(payload);
  if (!result.success) throw invalidToken();
  const { iat, exp, ...claims } = result.data;
  if (exp - iat > MAX_LIFETIME_SECONDS) throw invalidToken();
  // One that is dated ahead would outlive the limit above.
  if (iat > now / 1000 + LEEWAY_SECONDS) throw invalidToken();
  return { claims, expiresAt: (exp + LEEWAY_SECONDS) * 1000 };
}

type Check = (token: string, options: JWTVerifyOptions) => Promise<JWTPayload>;

function bySecrets(secrets: string[]): Check {
  const keys = secrets.map((secret) => new TextEncoder().encode(secret));
  return async (token, options) => {
    let refusal: unknown;
    for (const key of keys) {
      try {
        return (await jwtVerify(token, key, { ...options, algorithms: ['HS256'] })).payload;
      } catch (error) {
        if (!(error instanceof errors.JWSSignatureVerificationFailed)) throw error;
        refusal = error;
      }
    }
    throw refusal;
  };
}

function byKeySet(url: string): Check {
  const keySet = createRemoteJWKSet(new URL(url));
  return async (token, options) => {
    const algorithms = ['ES256', 'RS256', 'EdDSA'];
    return (await jwtVerify(token, keySet, { ...options, algorithms })).payload;
  };
}

/** The token's fault, as opposed to a key set that cannot be fetched or read. */
function isRefusal(error: unknown): boolean {
  if (error instanceof errors.JWKSTimeout || error instanceof errors.JWKSInvalid) return false;
  // What jose throws when the key set's address answers other than 200 or no JSON is a bare JOSEError.
  return error instanceof errors.JOSEError && error.code !== 'ERR_JOSE_GENERIC';
}

/** One body for every reason: it tells a forger nothing. */
export function invalidToken(): SupportError {
  return new SupportError('invalid_token', 'The token is not valid, or no longer. Sign in again.');
}
