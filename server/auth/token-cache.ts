import { hash } from 'node:crypto';
import type { Clock } from '../deps.ts';
import type { VerifiedToken, VerifyToken } from './verify.ts';

/** Tokens remembered at most; the least recently used one goes first. */
const CAPACITY = 10_000;

/**
 * Verifies each token once: a signature costs as much as the rest of a request. Tokens are kept as hashes,
 * and no longer than they are valid; a refusal is not kept.
 */
export function cacheVerified(
  verify: VerifyToken,
  clock: Clock,
  capacity = CAPACITY,
): (token: string) => VerifiedToken | Promise<VerifiedToken> {
  const known = new Map<string, VerifiedToken>();
  const verifyFirst = async (key: string, token: string) => {
    const verified = await verify(token);
    known.set(key, verified);
    if (known.size > capacity) known.delete(known.keys().next().value!);
    return verified;
  };
  return (token) => {
    const key = hash('sha256', token, 'base64');
    const cached = known.get(key);
    if (cached) {
      known.delete(key);
      if (clock.now() < cached.expiresAt) {
        known.set(key, cached);
        return cached;
      }
    }
    return verifyFirst(key, token);
  };
}
