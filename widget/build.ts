import { build, type BuildOptions as BuildSettings, type Metafile } from 'esbuild';
import { mkdir, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { oneCoreChunk, skipBetween } from './build-chunks.ts';
import { buildGlobal } from './build-global.ts';
import { leanLit } from './build-lit.ts';
import { shrink } from './build-shrink.ts';
import { minifyTemplates } from './build-templates.ts';

const ROOM = fileURLToPath(new URL('.', import.meta.url));
const DAY_MS = 86_400_000;
const HOUSE = fileURLToPath(new URL('..', import.meta.url));

export interface BuildOptions {
  /** Default: `dist/widget` of this package. Chunks of earlier builds stay there for `keep`. */
  outdir?: string;
  /** Default true. */
  minify?: boolean;
  /** How long chunks of earlier builds stay, in milliseconds; default a day: pages that are open name them still. */
  keep?: number;
}

/**
 * Builds what the script tag loads: `support-center.js`, whose name is stable, and beside it `chunks/`, whose names
 * carry a hash of their content and may be cached for good.
 *
 * @returns esbuild's account of what went where; paths are relative to the package
 */
export async function buildWidget(options: BuildOptions = {}): Promise<Metafile> {
  const outdir = options.outdir ?? join(HOUSE, 'dist/widget');
  const minify = options.minify ?? true;
  const settings = {
    absWorkingDir: HOUSE,
    entryPoints: { 'support-center': `${ROOM}script.ts` },
    outdir,
    entryNames: '[name]',
    chunkNames: 'chunks/[name]-[hash]',
    bundle: true,
    splitting: true,
    format: 'esm',
    platform: 'browser',
    // Lit's leaner build, as for any host that bundles for production.
    conditions: ['production'],
    target: 'es2022',
    tsconfig: `${HOUSE}tsconfig.json`,
    minify,
    sourcemap: true,
    sourcesContent: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: minify ? [leanLit(), minifyTemplates(ROOM)] : [],
  } as const satisfies BuildSettings;
  const { metafile } = await build(settings);
  const alone = await build({
    ...settings,
    entryPoints: { 'stand-in': `${ROOM}stand-in.ts` },
    entryNames: 'chunks/[name]-[hash]',
    splitting: false,
  });
  const standIn = alone.outputFiles.find(({ path }) => path.endsWith('.js'))!.path;
  const plugins = [oneCoreChunk(metafile, HOUSE, relative(outdir, standIn)), ...settings.plugins];
  // The core is imported for being in one place, not for what it does: the annotations would have it left out.
  const result = await build({ ...settings, plugins, ignoreAnnotations: true });
  const classic = await buildGlobal(settings, `${ROOM}global.ts`);
  const files = [
    ...classic.outputFiles,
    ...alone.outputFiles,
    ...skipBetween(result.outputFiles, result.metafile),
  ];
  await writeOutputs(outdir, minify ? await shrink(files) : files, options.keep ?? DAY_MS);
  Object.assign(result.metafile.outputs, alone.metafile.outputs, classic.metafile.outputs);
  return result.metafile;
}

type Output = { path: string; text: string };

/** New chunks first, then the entry that names them, then what nobody names any more: it can be served meanwhile. */
async function writeOutputs(outdir: string, files: Output[], keep: number): Promise<void> {
  const chunks = join(outdir, 'chunks');
  await mkdir(chunks, { recursive: true });
  const entryLast = files.toSorted(
    (a, b) => Number(b.path.startsWith(chunks)) - Number(a.path.startsWith(chunks)),
  );
  for (const file of entryLast) {
    const half = `${file.path}.${process.pid}`;
    await writeFile(half, file.text);
    await rename(half, file.path);
  }
  const written = new Set(files.map((file) => file.path));
  for (const name of await readdir(chunks)) {
    const path = join(chunks, name);
    if (written.has(path)) continue;
    // Another build may have been faster.
    const made = await stat(path).catch(() => null);
    if (made && Date.now() - made.mtimeMs >= keep) await rm(path, { force: true });
  }
}

if (import.meta.main) {
  const { outputs } = await buildWidget(process.argv.includes('--clean') ? { keep: 0 } : {});
  const scripts = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  console.log(`Built ${scripts.length} files into dist/widget.`);
}
