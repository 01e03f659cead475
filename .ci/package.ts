/**
 * Packs the package as it would be published, installs it into a folder of its own without any network, and looks at it
 * from there: its entries, its types in Node and in the frameworks, and what it says to editors.
 */
import { existsSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { checkTypings } from './check-typings.ts';
import { output, programOf, ROOT, run, say } from './step.ts';

interface Package {
  exports: Record<string, string | { types: string; default: string }>;
  dependencies: Record<string, string>;
  customElements: string;
  'web-types': string;
}
/** What hosts bring themselves. */
const FRAMEWORKS = ['react', '@types', 'vue', 'svelte', 'typescript'];
/** What is no module: scripts that pages load by address, and SQL. */
const ASSETS = /\.(js|sql)$/;

/** @returns 0 if it holds; expects `dist` to be built */
export async function checkPackage(): Promise<number> {
  const folder = await mkdtemp(join(tmpdir(), 'support-center-consumer-'));
  try {
    const tarball = await pack(folder);
    const own = await install(tarball, folder);
    const assets = Object.keys(own.exports).filter((entry) => ASSETS.test(entry));
    const faults = await Promise.all([
      program('publint', ['--strict', tarball]),
      program('@arethetypeswrong/cli', attw(tarball, assets), 'attw'),
      importEverything(folder, own),
      checkEditors(folder, own),
      checkTypings(folder),
    ]);
    for (const fault of faults.flat()) say(fault);
    return faults.flat().length === 0 ? 0 : 1;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** ESM alone: a host that still requires CommonJS imports it dynamically. */
function attw(tarball: string, assets: string[]): string[] {
  return [tarball, '--profile', 'esm-only', '--no-definitely-typed', '--exclude-entrypoints', ...assets];
}

async function program(name: string, args: string[], bin?: string): Promise<string[]> {
  const { code, text } = await output(process.execPath, [programOf(name, bin), ...args], ROOT);
  return code === 0 ? [] : [`${name}: ${text}`];
}

async function pack(folder: string): Promise<string> {
  const args = ['pack', '--ignore-scripts', '--silent', '--offline', '--pack-destination', folder];
  if ((await run('npm', args)) !== 0) throw new Error('npm pack failed.');
  const name = (await readdir(folder)).find((file) => file.endsWith('.tgz'));
  return join(folder, name!);
}

/** As npm would, but with the dependencies that are here already. */
async function install(tarball: string, folder: string): Promise<Package> {
  const modules = join(folder, 'node_modules');
  const home = join(modules, 'support-center');
  await mkdir(home, { recursive: true });
  await run('tar', ['-xzf', tarball, '--strip-components', '1', '-C', home]);
  const own = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as Package;
  const names = [...Object.keys(own.dependencies), ...FRAMEWORKS].map((name) => name.split('/')[0]!);
  for (const name of new Set(names)) await symlink(join(ROOT, 'node_modules', name), join(modules, name));
  await cp(join(ROOT, '.ci/consumer'), folder, { recursive: true });
  return own;
}

/** On a server: without a window, and without the sources. */
async function importEverything(folder: string, own: Package): Promise<string[]> {
  const entries = Object.keys(own.exports).map((entry) => `support-center${entry.slice(1)}`);
  const modules = entries.filter((entry) => !/\.\w+$/.test(entry));
  const others = entries.filter((entry) => !modules.includes(entry));
  const script = `
    const { fileURLToPath } = await import('node:url');
    const { existsSync } = await import('node:fs');
    if ('window' in globalThis) throw new Error('There is a window.');
    for (const name of ${JSON.stringify(modules)}) await import(name);
    for (const name of ${JSON.stringify(others)}) {
      if (!existsSync(fileURLToPath(import.meta.resolve(name)))) throw new Error(name + ' is not there.');
    }
    const { SupportCenter } = await import('support-center/element');
    if (typeof SupportCenter.prototype.newTicket !== 'function') throw new Error('The class is not whole.');`;
  const { code, text } = await output(process.execPath, ['--input-type=module', '--eval', script], folder);
  return code === 0 ? [] : [`A server cannot import it: ${text}`];
}

/** Everything that editors are pointed to is there, and they are told of every attribute. */
async function checkEditors(folder: string, own: Package): Promise<string[]> {
  const home = join(folder, 'node_modules/support-center');
  const read = async (path: string): Promise<string> => readFile(join(home, path), 'utf8').catch(() => '');
  const manifest = await read(own.customElements);
  const paths = [...manifest.matchAll(/"(?:path|module)": "([^"]+)"/g)].map(([, path]) => path!);
  const lost = [...new Set(paths)].filter((path) => !existsSync(join(home, path)));
  const faults = lost.map((path) => `${own.customElements} names ${path}, which is not published.`);
  if (paths.length === 0) faults.push(`${own.customElements} names nothing.`);
  const attributes = [...manifest.matchAll(/"attribute": "([^"]+)"/g)].map(([, name]) => name!);
  for (const path of ['dist/html-custom-data.json', own['web-types']]) {
    const text = await read(path);
    const unknown = attributes.filter((name) => !text.includes(`"name": "${name}"`));
    if (attributes.length === 0 || unknown.length > 0) faults.push(`${path} lacks ${unknown.join(', ')}.`);
  }
  if (!(await read('dist/css-custom-data.json')).includes('--support-color-accent')) {
    faults.push('dist/css-custom-data.json lacks the custom properties.');
  }
  return faults;
}
