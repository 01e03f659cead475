import fc from 'fast-check';
import { expect, it } from 'vitest';
import { toCell, toRecord } from './csv.ts';

it.each([
  ['=1+1', `"'=1+1"`],
  ['+49 30 1234', `"'+49 30 1234"`],
  ['-1', `"'-1"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['\t=1', `"'\t=1"`],
  ['\r=1', `"'\r=1"`],
  ['  =1', `"'  =1"`],
  ['\u200b=1', `"'\u200b=1"`],
  ['＝1', `"'＝1"`],
  ['=HYPERLINK("http://a";"b")', `"'=HYPERLINK(""http://a"";""b"")"`],
  ['1 - 1 = 0', '"1 - 1 = 0"'],
  ['a;=1', '"a;=1"'],
  ['two\nlines', '"two\nlines"'],
  ['', '""'],
  [null, '""'],
  [-5, '"-5"'],
  [true, '"true"'],
])('%j becomes %j', (given, cell) => {
  expect(toCell(given)).toBe(cell);
});

it('gives back every text, an apostrophe before formulas aside, however separated', () => {
  fc.assert(
    fc.property(fc.array(fc.string({ unit: 'grapheme' }), { minLength: 1 }), (texts) => {
      const given = texts.map((text) => text.replaceAll('\u0000', ''));
      expect(parse(toRecord(given))).toEqual(
        given.map((text) => (toCell(text).startsWith(`"'`) && !text.startsWith("'") ? `'${text}` : text)),
      );
    }),
  );
});

/** RFC 4180, for records in which everything is quoted. */
function parse(record: string): string[] {
  const cells = [...record.matchAll(/"((?:[^"]|"")*)"(?:,|\r\n$)/g)].map(([, cell]) => cell!);
  return cells.map((cell) => cell.replaceAll('""', '"'));
}
