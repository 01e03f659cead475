import { describe, expect, it } from 'vitest';
import { requireVersion, toETag } from './if-match.ts';

describe('If-Match', () => {
  it.each(['"7"', '*', '"6", "7"', ' "7" '])('lets %j through for version 7', (header) => {
    expect(() => requireVersion(header, 7)).not.toThrow();
  });
  it.each(['"6"', '7', 'W/"7"', '"77"', '""'])('stops %j', (header) => {
    expect(() => requireVersion(header, 7)).toThrow(expect.objectContaining({ code: 'version_mismatch' }));
  });
  it.each([undefined, '', ' '])('is required: %j', (header) => {
    expect(() => requireVersion(header, 7)).toThrow(expect.objectContaining({ code: 'version_required' }));
  });
  it('takes the ETag that was given out', () => {
    expect(() => requireVersion(toETag(12), 12)).not.toThrow();
  });
});
