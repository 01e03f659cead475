import { expect, it } from 'vitest';
import { createTestClock } from '../testing/test-clock.ts';
import { cacheVerified } from './token-cache.ts';
import { invalidToken, type VerifiedToken } from './verify.ts';

const verified = (sub: string, expiresAt: number): VerifiedToken => ({
  claims: { sub, email: `${sub}@example.com`, name: sub, role: 'client' },
  expiresAt,
});

it('verifies a token once, and again when it has expired', async () => {
  const clock = createTestClock();
  const asked: string[] = [];
  const verify = cacheVerified(async (token) => {
    asked.push(token);
    return verified(token, clock.now() + 1000);
  }, clock);
  await verify('a');
  clock.advance(999);
  expect((await verify('a')).claims.sub).toBe('a');
  expect(asked).toEqual(['a']);
  clock.advance(1);
  await verify('a');
  expect(asked).toEqual(['a', 'a']);
});

it('asks again about a token that was refused', async () => {
  let isKnown = false;
  const clock = createTestClock();
  const verify = cacheVerified(async (token) => {
    if (!isKnown) throw invalidToken();
    return verified(token, clock.now() + 1000);
  }, clock);
  await expect(verify('a')).rejects.toMatchObject({ code: 'invalid_token' });
  isKnown = true;
  await expect(verify('a')).resolves.toBeDefined();
});

it('forgets the least recently used token first', async () => {
  const clock = createTestClock();
  const asked: string[] = [];
  const verify = cacheVerified(
    async (token) => {
      asked.push(token);
      return verified(token, clock.now() + 1000);
    },
    clock,
    2,
  );
  for (const token of ['a', 'b', 'a', 'c', 'a', 'b']) await verify(token);
  expect(asked).toEqual(['a', 'b', 'c', 'b']);
});
