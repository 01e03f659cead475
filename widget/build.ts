import { build, type Metafile } from 'esbuild';
import { rm } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { minifyTemplates } from './build-templates.ts';

const ROOM = fileURLToPath(new URL('.', import.meta.url));
const HOUSE = fileURLToPath(new URL('..', import.meta.url));

export interface BuildOptions {
  /** Default: `dist/widget` of this package. Emptied first. */
  outdir?: string;
  /** Default true. */
  minify?: boolean;
}

/**
 * Builds what the script tag loads: `support-center.js`, whose name is stable, and beside it `chunks/`, whose names
 * carry a hash of their content and may be cached for good.
 *
 * @returns esbuild's account of what went where; paths are relative to the package
 */
export async function buildWidget(options: BuildOptions = {}): Promise<Metafile> {
  const outdir = options.outdir ?? `${HOUSE}dist/widget`;
  const minify = options.minify ?? true;
  await rm(outdir, { recursive: true, force: true });
  const result = await build({
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
    logLevel: 'warning',
    plugins: minify ? [minifyTemplates(ROOM)] : [],
  });
  return result.metafile;
}

if (import.meta.main) {
  const { outputs } = await buildWidget();
  const scripts = Object.keys(outputs).filter((path) => path.endsWith('.js'));
  console.log(`Built ${scripts.length} files into dist/widget.`);
}
