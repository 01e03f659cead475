import { build, type BuildOptions as BuildSettings, type Metafile } from 'esbuild';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { addressByContent } from './build-address.ts';
import { skipBetween } from './build-between.ts';
import { oneCoreChunk } from './build-chunks.ts';
import { buildGlobal } from './build-global.ts';
import { leanLit } from './build-lit.ts';
import { internalNames } from './build-mangle.ts';
import { shrink } from './build-shrink.ts';
import { minifyTemplates } from './build-templates.ts';
import { writeBuild, type BuildRecord } from './build-write.ts';

const ROOM = fileURLToPath(new URL('.', import.meta.url));
const DAY_MS = 86_400_000;
const HOUSE = fileURLToPath(new URL('..', import.meta.url));

export interface BuildOptions {
  /** Default: `dist/widget` of this package. Files of earlier builds stay there for `keep`. */
  outdir?: string;
  /** Default true. */
  minify?: boolean;
  /** How long files stay once they are replaced, in milliseconds; default a day: pages that are open name them still. */
  keep?: number;
}

/**
 * Builds what the script tag loads: `support-center.js`, whose name is stable, and beside it the same and `chunks/` under
 * names that carry a hash of their content and may be cached for good. `support-center.json` tells the present ones.
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
    ...(minify ? { mangleProps: await internalNames(ROOM) } : {}),
    sourcemap: true,
    sourcesContent: true,
    legalComments: 'none',
    metafile: true,
    write: false,
    logLevel: 'warning',
    plugins: minify ? [leanLit(), minifyTemplates(ROOM)] : [],
  } as const satisfies BuildSettings;
  const { metafile } = await build(settings);
  const plugins = [oneCoreChunk(metafile, HOUSE), ...settings.plugins];
  // The core is imported for being in one place, not for what it does: the annotations would have it left out.
  const result = await build({ ...settings, plugins, ignoreAnnotations: true });
  const classic = await buildGlobal(settings, `${ROOM}global.ts`);
  const files = [...classic.outputFiles, ...skipBetween(result.outputFiles, result.metafile)];
  // Last of all: a name says what the bytes are in the end.
  const { files: addressed, names } = addressByContent(minify ? await shrink(files) : files);
  const { version } = JSON.parse(await readFile(`${HOUSE}package.json`, 'utf8')) as { version: string };
  await writeBuild(outdir, addressed, version, { keep: options.keep ?? DAY_MS, now: Date.now() });
  const outputs = {
    ...result.metafile.outputs,
    ...classic.metafile.outputs,
  };
  return { ...result.metafile, outputs: rename(outputs, names) };
}

/** The account under the names that the files have in the end; those of the entries stay as pages know them. */
function rename(outputs: Metafile['outputs'], names: Map<string, string>): Metafile['outputs'] {
  const text = JSON.stringify(outputs).replace(/[\w.-]+-[0-9A-Z]{8}\.js/g, (name) => names.get(name) ?? name);
  return JSON.parse(text) as Metafile['outputs'];
}

if (import.meta.main) {
  const { outputs } = await buildWidget(process.argv.includes('--clean') ? { keep: 0 } : {});
  const scripts = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  console.log(`Built ${scripts.length} files into dist/widget.`);
  const record = await readFile(`${HOUSE}dist/widget/support-center.json`, 'utf8');
  const { module, classic } = JSON.parse(record) as BuildRecord;
  for (const { src, integrity } of [module, classic]) console.log(`${src}  ${integrity}`);
}
