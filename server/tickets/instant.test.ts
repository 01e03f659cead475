import fc from 'fast-check';
import { expect, test } from 'vitest';
import { toInstant } from './instant.ts';

test('is what Date says', () => {
  const edges = [0, -1, 1, 86_399_999, 86_400_000, 951_782_399_999, 951_782_400_000, 8.64e15, -8.64e15];
  for (const ms of edges) expect(toInstant(ms)).toBe(new Date(ms).toISOString());
  fc.assert(
    fc.property(fc.integer({ min: -8.64e15, max: 8.64e15 }), (ms) => {
      expect(toInstant(ms)).toBe(new Date(ms).toISOString());
    }),
  );
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4e12 }), (ms) => {
      expect(toInstant(ms)).toBe(new Date(ms).toISOString());
    }),
    { numRuns: 5000 },
  );
  expect(() => toInstant(NaN)).toThrow(RangeError);
});
