import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { Hono } from 'hono';
import { describe, expect, it } from 'vitest';
import type { Env } from '../auth/env.ts';
import { chooseEncoding, compressJson } from './compress.ts';

describe('chooseEncoding', () => {
  it.each([
    [undefined, undefined],
    ['', undefined],
    ['identity', undefined],
    ['gzip', 'gzip'],
    ['gzip, deflate, br', 'br'],
    ['GZIP;q=0.8, BR;q=0.2', 'gzip'],
    ['br;q=0, gzip', 'gzip'],
    ['gzip;q=0', undefined],
    ['*', 'br'],
    ['*;q=0', undefined],
  ])('%j → %j', (accepted, chosen) => {
    expect(chooseEncoding(accepted)).toBe(chosen);
  });
});

describe('compressJson', () => {
  const large = { text: 'support '.repeat(1000) };
  const app = new Hono<Env>()
    .use(compressJson())
    .get('/large', (c) => {
      c.header('ETag', '"7"');
      return c.json(large, 200);
    })
    .get('/small', (c) => c.json({ ok: true }, 200))
    .get('/bytes', (c) => c.body('x'.repeat(5000), 200, { 'Content-Type': 'application/octet-stream' }));
  const get = (path: string, accepted?: string) =>
    app.request(path, { headers: accepted ? { 'accept-encoding': accepted } : {} });
  const bytesOf = async (response: Response) => Buffer.from(await response.arrayBuffer());

  it('compresses large JSON as the client likes it, and keeps its headers', async () => {
    const brotli = await get('/large', 'gzip, br');
    expect(brotli.headers.get('content-encoding')).toBe('br');
    expect(brotli.headers.get('vary')).toBe('Accept-Encoding');
    expect(brotli.headers.get('etag')).toBe('"7"');
    expect(JSON.parse(brotliDecompressSync(await bytesOf(brotli)).toString())).toEqual(large);
    const gzip = await get('/large', 'gzip');
    expect(gzip.headers.get('content-encoding')).toBe('gzip');
    expect(JSON.parse(gunzipSync(await bytesOf(gzip)).toString())).toEqual(large);
  });

  it('leaves small JSON, other types and clients without it alone', async () => {
    const small = await get('/small', 'br');
    expect(small.headers.get('content-encoding')).toBeNull();
    expect(await small.json()).toEqual({ ok: true });
    expect((await get('/bytes', 'br')).headers.get('content-encoding')).toBeNull();
    expect(await (await get('/large')).json()).toEqual(large);
  });
});
