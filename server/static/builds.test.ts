import { createHash } from 'node:crypto';
import { mkdtemp, rm, stat, utimes } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressByContent, type Output } from '../../widget/build-address.ts';
import { writeBuild, type BuildRecord } from '../../widget/build-write.ts';
import { createApp, type App } from '../app.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';

const DAY_MS = 86_400_000;
let folder: string;
let test: TestApp;
let app: App;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-builds-'));
  test = await createTestApp();
  app = createApp(test.deps, { widgetFolder: folder });
});
afterEach(async () => {
  await test.close();
  await rm(folder, { recursive: true, force: true });
});

/** As the bundler leaves them: the core and a view lead to each other, and the toasts are alone. */
function bundle(view: string, hashes = ['CORE2345', 'VIEW2345', 'TOAST345']): Output[] {
  const [core, thread, toasts] = hashes.map(
    (hash, index) => `${['chunk', 'thread', 'toasts'][index]}-${hash}.js`,
  );
  const file = (name: string, text: string): Output[] => [
    { path: join(folder, name), text: `${text}\n//# sourceMappingURL=${basename(name)}.map` },
    { path: join(folder, `${name}.map`), text: JSON.stringify({ sources: [text.length] }) },
  ];
  return [
    ...file('support-center.js', `import "./chunks/${core}";`),
    ...file('support-center.global.js', `(() => ${view})();`),
    ...file(`chunks/${core!}`, `export const open = () => [import("./${thread}"), import("./${toasts}")];`),
    ...file(`chunks/${thread!}`, `import "./${core}"; export const view = ${view};`),
    ...file(`chunks/${toasts!}`, 'export const toasts = 1;'),
  ];
}

const nameOf = (files: readonly Output[], stem: string): string =>
  files.map(({ path }) => basename(path)).find((name) => name.startsWith(`${stem}-`))!;
const deploy = async (view: string, now: number): Promise<BuildRecord> =>
  await writeBuild(folder, addressByContent(bundle(view)).files, '1.0.0', { keep: DAY_MS, now });
it('names files by what they are in the end, and by all that they lead to', () => {
  const one = addressByContent(bundle('1')).files;
  expect(addressByContent(bundle('1', ['AAAA2345', 'BBBB2345', 'CCCC2345'])).files).toEqual(one);
  const two = addressByContent(bundle('2')).files;
  for (const stem of ['support-center', 'support-center.global', 'chunk', 'thread']) {
    expect(nameOf(two, stem), stem).toMatch(/-[A-Z2-7]{8}\.js$/);
    expect(nameOf(two, stem), stem).not.toBe(nameOf(one, stem));
  }
  // Leads to nothing that has changed.
  expect(nameOf(two, 'toasts')).toBe(nameOf(one, 'toasts'));
  const names = new Set(one.map(({ path }) => basename(path)));
  for (const { path, text } of one.filter((file) => file.path.endsWith('.js'))) {
    for (const [, name] of text.matchAll(/"\.\/(?:chunks\/)?([^"]+)"/g)) expect(names, path).toContain(name);
    expect(text).toContain(`sourceMappingURL=${basename(path)}.map`);
  }
});

it('goes on to serve what pages of the build before may still load, for a day from the moment it was replaced', async () => {
  const start = Date.now();
  const old = await deploy('1', start);
  const paths = [...Object.keys(old.integrity), `${old.module.src}.map`];
  // It has been there for a week when the next one comes.
  for (const path of paths) await utimes(join(folder, path), start / 1000 - 604_800, start / 1000 - 604_800);
  const fresh = await deploy('2', start);
  expect(fresh.module.src).not.toBe(old.module.src);
  for (const path of paths) {
    const response = await app.request(`/${path.replace('./', '')}`);
    expect(response.status, path).toBe(200);
    expect(response.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
  }
  const stable = await (await app.request('/support-center.js')).text();
  expect(stable).toBe(await (await app.request(`/${fresh.module.src}`)).text());

  await deploy('2', start + DAY_MS - 1000);
  expect((await app.request(`/${old.module.src}`)).status).toBe(200);
  await deploy('2', start + DAY_MS + 1000);
  expect((await app.request(`/${old.module.src}`)).status).toBe(404);
  expect((await app.request(`/${fresh.module.src}`)).status).toBe(200);
  await expect(stat(join(folder, `${old.module.src}.map`))).rejects.toThrow('ENOENT');
});

it('tells hosts the address and the integrity of what is served', async () => {
  const record = await deploy('1', Date.now());
  expect(await (await app.request('/support-center.json')).json()).toEqual(record);
  const { module, classic, integrity } = record;
  for (const { src, integrity: told } of [
    module,
    classic,
    ...Object.entries(integrity).map(([path, hash]) => ({ src: path.replace('./', ''), integrity: hash })),
  ]) {
    const bytes = await (await app.request(`/${src}`)).text();
    expect(told, src).toBe(`sha384-${createHash('sha384').update(bytes).digest('base64')}`);
  }
  expect(Object.keys(integrity)).toHaveLength(5);
});
