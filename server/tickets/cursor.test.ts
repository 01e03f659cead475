import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PRIORITIES, SORTS } from '../contract/vocabulary.ts';
import {
  decodeMessageCursor,
  decodeTicketCursor,
  encodeMessageCursor,
  encodeTicketCursor,
} from './cursor.ts';
import { formatNumber, parseNumber } from './numbers.ts';

const positions = fc.record({
  id: fc.nat(),
  updatedAt: fc.maxSafeInteger(),
  priority: fc.constantFrom(...PRIORITIES),
});

test('a cursor leads back to its place, in its own order only', () => {
  fc.assert(
    fc.property(positions, fc.constantFrom(...SORTS), fc.constantFrom(...SORTS), (position, sort, other) => {
      const cursor = encodeTicketCursor(sort, position);
      expect(cursor).toMatch(/^[\w-]+$/);
      expect(decodeTicketCursor(cursor, sort)).toEqual(position);
      if (other !== sort) expect(() => decodeTicketCursor(cursor, other)).toThrow();
    }),
  );
  const uid = 'x7Qm-_aZ0123456789abcd';
  expect(decodeMessageCursor(encodeMessageCursor(uid))).toBe(uid);
});

test('anything else is an invalid request', () => {
  const invalid = expect.objectContaining({ code: 'invalid_request' });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.base64String(), fc.json().map(toBase64)), (cursor) => {
      expect(() => decodeTicketCursor(cursor, 'newest')).toThrow(invalid);
      expect(() => decodeMessageCursor(cursor)).toThrow(invalid);
    }),
  );
});

function toBase64(json: string): string {
  return Buffer.from(json).toString('base64url');
}

test('a ticket number is read back, in any case, and nothing else is one', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1 }), (id) => {
      expect(parseNumber('SUP', formatNumber('SUP', id))).toBe(id);
      expect(parseNumber('SUP', `sup-${id}`)).toBe(id);
      expect(parseNumber('SUP', String(id))).toBeNull();
      expect(parseNumber('SUP2', `SUP-${id}`)).toBeNull();
    }),
  );
  for (const text of ['', 'SUP-', 'SUP-0', 'SUP-01', 'SUP-1.0', 'SUP-1e3', 'SUP--1', 'SUP-1 ', 'SUP-１']) {
    expect(parseNumber('SUP', text)).toBeNull();
  }
});
