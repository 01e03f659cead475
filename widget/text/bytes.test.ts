import { assert } from '@open-wc/testing';
import { bytes } from './bytes.ts';
import { Text } from './text.ts';

describe('bytes', () => {
  it('tells a size in the units and the plural of the language', () => {
    const told = (locale: string, size: number): string => bytes(new Text(locale, 'ltr'), size);
    assert.deepEqual(
      [0, 1, 100, 2048, 1_500_000, 3 * 1024 ** 3].map((size) => told('en', size)),
      ['0 bytes', '1 byte', '100 bytes', '2 kB', '1.4 MB', '3 GB'],
    );
    assert.equal(told('de', 100), '100 Byte');
    assert.equal(told('fr', 100).replace(/\s/g, ' '), '100 octets');
  });
});
