import { deflateRawSync, gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sweep } from '../jobs/sweep.ts';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { expectStatus, fileTicket } from '../testing/tickets.ts';
import { AGENT, CLIENT } from '../testing/users.ts';

let test: TestApp;
beforeAll(async () => {
  test = await createTestApp();
});
afterAll(() => test.close());

const bytes = (text: string) => Buffer.from(text, 'latin1');

/** A PNG of 100,000 × 100,000 pixels in a hundred bytes: 40 GB for whoever opens it. */
const PIXEL_BOMB = Buffer.concat([
  PNG.subarray(0, 16),
  Buffer.from([0, 1, 0x86, 0xa0, 0, 1, 0x86, 0xa0]),
  PNG.subarray(24),
]);

/** By what a browser would make of them if it were let. */
const FILES: Record<string, { content: Uint8Array; name: string; type: string }> = {
  'HTML that is called an image': {
    content: bytes('<!doctype html><script>alert(1)</script>'),
    name: 'a.png',
    type: 'image/png',
  },
  'a page': { content: bytes('<html onload=alert(1)>'), name: 'a.html', type: 'text/html' },
  'an SVG': {
    content: bytes('<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"/>'),
    name: 'a.svg',
    type: 'image/svg+xml',
  },
  'XML with a style sheet': {
    content: bytes('<?xml-stylesheet href="x.xsl"?><a/>'),
    name: 'a.xml',
    type: 'text/xml',
  },
  'a script': { content: bytes('alert(1)'), name: 'a.js', type: 'text/javascript' },
  'a PDF': {
    content: bytes('%PDF-1.7\n1 0 obj<</OpenAction<</S/JavaScript/JS(app.alert(1))>>>>'),
    name: 'a.pdf',
    type: 'application/pdf',
  },
  'a GIF that is a script too': {
    content: bytes('GIF89a/*\0\0*/=1;alert(1)//'),
    name: 'a.js',
    type: 'text/javascript',
  },
  'a JPEG that is a page too': {
    content: Buffer.concat([bytes('\xff\xd8\xff\xe0'), bytes('<script>alert(1)</script>')]),
    name: 'a.html',
    type: 'text/html',
  },
  'a PNG of 40 GB': { content: PIXEL_BOMB, name: 'bomb.png', type: 'image/png' },
  'a gzip bomb': { content: gzipSync(Buffer.alloc(20_000_000)), name: 'bomb.gz', type: 'application/gzip' },
  'a zip bomb': {
    content: Buffer.concat([bytes('PK\x03\x04'), deflateRawSync(Buffer.alloc(20_000_000))]),
    name: 'bomb.zip',
    type: 'application/zip',
  },
  'XML that unfolds': {
    content: bytes(
      `<!DOCTYPE a [<!ENTITY a "aaaa">${Array.from({ length: 20 }, (_v, n) => `<!ENTITY b${n} "&b${n - 1};&b${n - 1};">`).join('')}]><a>&b19;</a>`,
    ),
    name: 'a.xml',
    type: 'text/xml',
  },
  'a type that splits headers': { content: bytes('x'), name: 'a.txt', type: 'text/html\r\nX-A: b' },
};

describe.each(Object.entries(FILES))('%s', (_what, file) => {
  it('is stored byte for byte, never opened, and served so that it does not run', async () => {
    const memory = process.memoryUsage().rss;
    const response = await test.as(CLIENT).upload('/api/attachments', file);
    const attachment = await expectStatus<{ id: string; size: number; contentType: string }>(response, 201);
    expect(attachment.size).toBe(file.content.byteLength);
    await fileTicket(test.as(CLIENT), { attachmentIds: [attachment.id] });
    for (const user of [CLIENT, AGENT]) {
      const served = await test.as(user).get(`/api/attachments/${attachment.id}`);
      expect(Buffer.from(await served.arrayBuffer()).equals(Buffer.from(file.content))).toBe(true);
      const type = served.headers.get('content-type')!;
      expect(type).toMatch(/^(image\/(png|jpeg|gif|webp)|application\/(pdf|octet-stream)|text\/plain)$/);
      const disposition = served.headers.get('content-disposition')!;
      expect(disposition.startsWith(type.startsWith('image/') ? 'inline;' : 'attachment;')).toBe(true);
      expect(served.headers.get('x-content-type-options')).toBe('nosniff');
      expect(served.headers.get('content-security-policy')).toBe(
        "sandbox; default-src 'none'; frame-ancestors 'none'",
      );
      expect(served.headers.get('content-encoding')).toBeNull();
      expect(served.headers.has('x-a')).toBe(false);
    }
    // Opened, the smallest of the bombs would be twenty million bytes, the largest forty thousand million.
    expect(process.memoryUsage().rss - memory).toBeLessThan(400_000_000);
  });
});

describe('what is uploaded and not sent', () => {
  it('is nobody’s to send but the uploader’s, once, and is swept after a day', async () => {
    const upload = async () =>
      (
        await expectStatus<{ id: string }>(
          await test.as(CLIENT).upload('/api/attachments', { name: 'a', content: 'x' }),
          201,
        )
      ).id;
    const [sent, left] = [await upload(), await upload()];
    const { number } = await fileTicket(test.as(CLIENT), { attachmentIds: [sent] });
    const reply = (user: typeof CLIENT, id: string) =>
      test.as(user).post(`/api/tickets/${number}/messages`, { body: 'x', attachmentIds: [id] });
    expect((await reply(CLIENT, sent)).status).toBe(422);
    expect((await reply(AGENT, left)).status).toBe(422);
    test.clock.advance(25 * 60 * 60_000);
    await sweep(test.deps);
    expect((await reply(CLIENT, left)).status).toBe(422);
    expect((await test.as(CLIENT).get(`/api/attachments/${left}`)).status).toBe(404);
    expect((await test.as(CLIENT).get(`/api/attachments/${sent}`)).status).toBe(200);
    expect(await test.deps.storage.open(left)).toBeNull();
  });
});
