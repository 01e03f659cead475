import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestDeps, type TestDeps } from '../testing/test-deps.ts';
import { readSigner, type Signer } from './keys.ts';
import { makeReplyAddress, readReplyAddress, REPLY_PURPOSE } from './reply-address.ts';

const DOMAIN = 'replies.example.com';

let test: TestDeps;
let sign: Signer;
beforeEach(async () => {
  test = await createTestDeps();
  sign = await readSigner(test.deps.db, REPLY_PURPOSE);
});
afterEach(() => test.close());

it('is read back, in whatever case it returns', () => {
  const address = makeReplyAddress(sign, { ticketId: 1042, userId: 7 }, DOMAIN);
  expect(address.split('@')[0]!.length).toBeLessThanOrEqual(64);
  expect(readReplyAddress(sign, address, DOMAIN)).toEqual({ ticketId: 1042, userId: 7 });
  expect(readReplyAddress(sign, address.toUpperCase(), 'Replies.Example.com')).toEqual({
    ticketId: 1042,
    userId: 7,
  });
});

it('cannot be made for another ticket or another person', () => {
  const address = makeReplyAddress(sign, { ticketId: 1042, userId: 7 }, DOMAIN);
  for (const forged of [
    address.replace('1042', '1043'),
    address.replace('.7.', '.8.'),
    address.replace(/.(?=@)/, (last) => (last === 'a' ? 'b' : 'a')),
    address.replace(/.(?=@)/, ''),
    `reply+1042.7.@${DOMAIN}`,
    `reply+@${DOMAIN}`,
    `reply+1042.7@${DOMAIN}`,
    `reply+01042.7.${'a'.repeat(26)}@${DOMAIN}`,
  ]) {
    expect(readReplyAddress(sign, forged, DOMAIN), forged).toBe('forged');
  }
});

it('is not seen in addresses of others', () => {
  const address = makeReplyAddress(sign, { ticketId: 1042, userId: 7 }, 'elsewhere.example');
  expect(readReplyAddress(sign, address, DOMAIN)).toBeNull();
  expect(readReplyAddress(sign, `support@${DOMAIN}`, DOMAIN)).toBeNull();
  expect(readReplyAddress(sign, 'nothing', DOMAIN)).toBeNull();
});

it('is signed with a key that stays with the data, another one for each purpose', async () => {
  const again = await readSigner(test.deps.db, REPLY_PURPOSE);
  const other = await readSigner(test.deps.db, 'other');
  expect(again('x')).toBe(sign('x'));
  expect(other('x')).not.toBe(sign('x'));
});
