import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { brotliDecompressSync, gunzipSync } from 'node:zlib';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createApp, type App } from '../app.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';

const ENTRY = 'export const entry = 1;\n'.repeat(100);
let folder: string;
let test: TestApp;
let app: App;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-widget-'));
  await mkdir(join(folder, 'dist', 'chunks'), { recursive: true });
  await writeFile(join(folder, 'secret.js'), 'not yours');
  await writeFile(join(folder, 'dist', 'support-center.js'), ENTRY);
  await writeFile(join(folder, 'dist', 'chunks', 'ticket-list-ABCD2345.js'), 'export {};');
  await writeFile(join(folder, 'dist', 'chunks', 'ticket-list-ABCD2345.js.map'), '{}');
  test = await createTestApp();
  app = createApp(test.deps, { widgetFolder: join(folder, 'dist') });
});
afterEach(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

it('serves the script to pages of any origin, asked about at each load', async () => {
  const response = await app.request('/support-center.js');
  expect(response.status).toBe(200);
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, no-cache',
    'x-content-type-options': 'nosniff',
  });
  expect(await response.text()).toBe(ENTRY);
  const etag = response.headers.get('etag')!;
  for (const tag of [etag, `W/${etag}`, `"other", ${etag}`]) {
    const again = await app.request('/support-center.js', { headers: { 'if-none-match': tag } });
    expect(again.status).toBe(304);
    expect(again.headers.get('etag')).toBe(etag);
    expect(again.headers.get('access-control-allow-origin')).toBe('*');
  }
});

it('lets the addresses of one version of the script be kept for good', async () => {
  await writeFile(join(folder, 'dist', 'support-center-ABCD2345.js'), ENTRY);
  await writeFile(join(folder, 'dist', 'support-center.global.js'), ENTRY);
  await writeFile(join(folder, 'dist', 'support-center.json'), '{"version": "1.0.0"}');
  const pinned = await app.request('/support-center-ABCD2345.js');
  expect(Object.fromEntries(pinned.headers)).toMatchObject({
    'content-type': 'text/javascript; charset=utf-8',
    'access-control-allow-origin': '*',
    'cross-origin-resource-policy': 'cross-origin',
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  });
  for (const path of ['/support-center.global.js', '/support-center.json']) {
    const { status, headers } = await app.request(path);
    expect(status).toBe(200);
    expect(headers.get('cache-control')).toBe('public, no-cache');
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
  }
  expect((await app.request('/support-center-ABCD2346.js')).status).toBe(404);
});

it('lets chunks, whose names change with their content, be kept for good', async () => {
  for (const name of ['ticket-list-ABCD2345.js', 'ticket-list-ABCD2345.js.map']) {
    const response = await app.request(`/chunks/${name}`);
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(response.headers.get('sourcemap')).toBe(name.endsWith('.js') ? `${name}.map` : null);
  }
});

it('compresses', async () => {
  const get = (encoding: string) =>
    app.request('/support-center.js', { headers: { 'accept-encoding': encoding } });
  const brotli = await get('gzip, deflate, br');
  expect(brotli.headers.get('content-encoding')).toBe('br');
  expect(brotli.headers.get('vary')).toBe('Accept-Encoding');
  expect(brotliDecompressSync(Buffer.from(await brotli.arrayBuffer())).toString()).toBe(ENTRY);
  const gzip = await get('gzip');
  expect(gunzipSync(Buffer.from(await gzip.arrayBuffer())).toString()).toBe(ENTRY);
});

it('serves a new build without a restart', async () => {
  const before = await app.request('/support-center.js');
  await writeFile(join(folder, 'dist', 'support-center.js'), 'export const entry = 2;');
  const after = await app.request('/support-center.js');
  expect(await after.text()).toBe('export const entry = 2;');
  expect(after.headers.get('etag')).not.toBe(before.headers.get('etag'));
});

it.each([
  '/chunks/..%2f..%2fsecret.js',
  '/chunks/..%2fsupport-center.js',
  '/chunks/%2e%2e%5csecret.js',
  '/chunks/missing-ABCD2345.js',
  '/chunks/ticket-list-ABCD2345.js%00.map',
  '/chunks/',
  '/chunks/sub/ticket.js',
])('has nothing at %s', async (path) => {
  expect((await app.request(path)).status).toBe(404);
});
