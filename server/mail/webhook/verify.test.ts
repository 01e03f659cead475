import { createHmac } from 'node:crypto';
import { expect, it } from 'vitest';
import { isSignedBy } from './verify.ts';

const NOW = 1_700_000_000_000;

function signWith(key: Buffer, body: string) {
  const timestamp = String(NOW / 1000);
  const value = createHmac('sha256', key).update(`msg_1.${timestamp}.${body}`).digest('base64');
  return { id: 'msg_1', timestamp, signature: `v1,${value}` };
}

it.each([
  ['base64', 'whsec_c2VjcmV0IHdvcmRz', Buffer.from('secret words')],
  ['base64 without its prefix', 'c2VjcmV0IHdvcmRz', Buffer.from('secret words')],
  ['base64 with padding', 'whsec_c2VjcmV0IQ==', Buffer.from('secret!')],
  ['base64 without its padding', 'whsec_c2VjcmV0IQ', Buffer.from('secret!')],
  ['words', 'whsec_my-secret words', Buffer.from('my-secret words')],
  ['one character, which no base64 is', 'whsec_1', Buffer.from('1')],
])('takes a secret as %s', (_, secret, key) => {
  const headers = signWith(key, '{}');
  expect(isSignedBy(secret, headers, '{}', NOW)).toBe(true);
  expect(isSignedBy(secret, headers, '{ }', NOW)).toBe(false);
  expect(isSignedBy(secret, signWith(Buffer.alloc(0), '{}'), '{}', NOW)).toBe(false);
});
