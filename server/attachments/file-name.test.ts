import { describe, expect, it } from 'vitest';
import { cleanFileName, contentDisposition } from './file-name.ts';

describe('cleanFileName', () => {
  it.each([
    ['screenshot.png', 'screenshot.png'],
    ['  Rechnung   März.pdf ', 'Rechnung März.pdf'],
    ['日本語.png', '日本語.png'],
    ['../../etc/passwd', 'passwd'],
    ['C:\\Users\\clara\\notes.txt', 'notes.txt'],
    ['a\r\nb\0.txt', 'ab.txt'],
    ['invoice\u202Egnp.exe', 'invoicegnp.exe'],
    ['.htaccess', 'htaccess'],
    ['trailing. . ', 'trailing'],
    ['\ud800lone.txt', 'lone.txt'],
    ['..', 'file'],
    ['/', 'file'],
    ['', 'file'],
    [undefined, 'file'],
  ])('%j becomes %j', (given, cleaned) => {
    expect(cleanFileName(given)).toBe(cleaned);
  });

  it('shortens to 200 characters, keeps the extension, and cuts no character in two', () => {
    const long = cleanFileName(`${'x'.repeat(300)}.tar.gz`);
    expect(long).toHaveLength(200);
    expect(long).toMatch(/x\.gz$/);
    const emoji = cleanFileName(`a${'🙂'.repeat(200)}.png`);
    expect(emoji.length).toBeLessThanOrEqual(200);
    expect(emoji.isWellFormed()).toBe(true);
    expect(emoji).toMatch(/\.png$/);
  });
});

describe('contentDisposition', () => {
  it('names the file for old and new clients, and ends no header early', () => {
    expect(contentDisposition('attachment', 'März "1".pdf')).toBe(
      `attachment; filename="M_rz _1_.pdf"; filename*=UTF-8''M%C3%A4rz%20%221%22.pdf`,
    );
    expect(contentDisposition('inline', "it's (1)*.png")).toBe(
      `inline; filename="it's (1)*.png"; filename*=UTF-8''it%27s%20%281%29%2A.png`,
    );
  });
});
