/**
 * What a spreadsheet would calculate: signs that begin a formula, in their wide forms too, also behind blanks and
 * what cannot be seen (OWASP, "CSV Injection").
 */
const FORMULA = /^[\s\p{Cc}\p{Cf}]*[=+\-@|%＝＋－＠]|^[\t\r\n]/u;

/** @returns the value as text, with an apostrophe before what a spreadsheet would take for a formula */
export function toCell(value: string | number | boolean | null): string {
  if (value === null) return '""';
  // A number is no text of anybody.
  if (typeof value !== 'string') return `"${value}"`;
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return `"${safe.replaceAll('\u0000', '').replaceAll('"', '""')}"`;
}

/** One record (RFC 4180): everything quoted, so that no separator of any country splits it. */
export function toRecord(values: ReadonlyArray<string | number | boolean | null>): string {
  return `${values.map(toCell).join(',')}\r\n`;
}
