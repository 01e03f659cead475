import { brotliDecompressSync } from 'node:zlib';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket } from '../testing/tickets.ts';
import { AGENT, CLIENT } from '../testing/users.ts';
import { encodePieces, isWide, joinPieces } from './json.ts';

let t: TestApp;
beforeEach(async () => {
  t = await createTestApp({ config: { allowedOrigins: ['https://host.example'] } });
  for (let n = 0; n < 3; n++) await fileTicket(t.as(CLIENT), { subject: `Ticket ${n} “łódź” 😀` });
});
afterEach(() => t.close());

const ask = (path: string, headers: Record<string, string>) => t.as(AGENT).get(path, undefined, headers);

test('a page goes out compressed, and with the headers of every answer', async () => {
  const plain = await ask('/api/tickets', {});
  expect(plain.headers.get('content-encoding')).toBeNull();
  expect(plain.headers.get('vary')).toBe('Origin');
  const expected = await plain.text();
  const compressed = await ask('/api/tickets', {
    'accept-encoding': 'gzip, br',
    origin: 'https://host.example',
    'x-request-id': 'request-of-a-test',
  });
  expect(Object.fromEntries(compressed.headers)).toMatchObject({
    'access-control-allow-origin': 'https://host.example',
    'cache-control': 'no-store',
    'content-encoding': 'br',
    'content-type': 'application/json',
    'cross-origin-resource-policy': 'cross-origin',
    vary: 'Origin, Accept-Encoding',
    'x-content-type-options': 'nosniff',
    'x-request-id': 'request-of-a-test',
  });
  const bytes = Buffer.from(await compressed.arrayBuffer());
  expect(brotliDecompressSync(bytes).toString()).toBe(expected);
});

test('neither a short answer nor none is compressed', async () => {
  const counts = await ask('/api/tickets/counts', { 'accept-encoding': 'br' });
  expect(counts.headers.get('content-encoding')).toBeNull();
  expect(counts.headers.get('vary')).toBe('Origin, Accept-Encoding');
  const tag = counts.headers.get('etag')!;
  const again = await ask('/api/tickets/counts', { 'accept-encoding': 'br', 'if-none-match': tag });
  expect(again.status).toBe(304);
  expect(again.headers.get('etag')).toBe(tag);
  expect(again.headers.get('cache-control')).toBe('no-store');
});

test('pieces are joined in order, wide ones apart, and are the same bytes', () => {
  const texts = ['plain', 'ünï', '“wide”', '😀', 'end'];
  const joined = joinPieces(texts.map((text) => ({ text, isWide: isWide(text) })));
  expect(joined.filter((text) => isWide(text))).toEqual([',“wide”', ',😀']);
  expect(joined.join('')).toBe(texts.join());
  expect(encodePieces(joined)).toEqual(Buffer.from(texts.join()));
  const long = ['x'.repeat(300_000), '😀'];
  expect(encodePieces(long)).toEqual(Buffer.from(long.join('')));
});
