import { build, type BuildOptions } from 'esbuild';

/**
 * `support-center.global.js`: the element as one classic script, all its later parts and languages within.
 *
 * @param settings of the other build: formats, targets, plugins
 */
export async function buildGlobal(settings: BuildOptions, entry: string) {
  return await build({
    ...settings,
    entryPoints: { 'support-center.global': entry },
    format: 'iife',
    splitting: false,
    write: false,
    metafile: true,
  });
}
