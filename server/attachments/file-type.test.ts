import { expect, it } from 'vitest';
import { detectType } from './file-type.ts';

const bytes = (text: string, encoding: BufferEncoding = 'utf8') =>
  new Uint8Array(Buffer.from(text, encoding));

it.each([
  ['a log', bytes('12:00 \u001b[31merror\u001b[0m Grüße\r\n'), 'text/plain'],
  ['a beginning cut within a character', bytes('from here to ü').subarray(0, -1), 'text/plain'],
  ['a PDF', bytes('%PDF-1.7\n%\xe2\xe3', 'latin1'), 'application/pdf'],
  ['a page', bytes('  <!doctype html>'), 'application/octet-stream'],
  ['a picture in words, after a mark of its order', bytes('\ufeff<svg/>'), 'application/octet-stream'],
  ['text with a NUL', bytes('MZ\0\x03'), 'application/octet-stream'],
  ['what is no UTF-8', bytes('caf\xe9 au lait', 'latin1'), 'application/octet-stream'],
  ['blanks alone', bytes(' \n'), 'application/octet-stream'],
  ['a picture', bytes('GIF89a'), 'image/gif'],
])('tells %s by its bytes', (_what, head, type) => {
  expect(detectType(head)).toBe(type);
});
