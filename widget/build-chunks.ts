import type { Metafile, Plugin } from 'esbuild';
import { resolve } from 'node:path';

const LAZY = 'lazy';
const CORE = 'core';

/**
 * Gathers into one chunk what esbuild would spread over one for every combination of views that share a module: the
 * entry and each view that is loaded later are made to import all of what the entry needs, so that only one
 * combination is left. Style sheets come first in it: alike beside alike packs smaller.
 *
 * @param first account of a build without this plugin
 * @param house folder that its paths are relative to
 */
export function oneCoreChunk(first: Metafile, house: string): Plugin {
  const core = coreModules(first)
    .toSorted((a, b) => Number(isSheet(b)) - Number(isSheet(a)))
    .map((path) => resolve(house, path));
  return {
    name: 'one-core-chunk',
    setup(build) {
      build.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...rest }) => {
        if (path === CORE) return { path, namespace: CORE };
        if (kind === 'entry-point') return { path, namespace: LAZY };
        if (pluginData === LAZY) return undefined;
        if (kind !== 'dynamic-import') return undefined;
        const found = await build.resolve(path, { ...rest, kind: 'import-statement', pluginData: LAZY });
        return { path: found.path, namespace: LAZY, errors: found.errors };
      });
      build.onLoad({ filter: /./, namespace: LAZY }, ({ path }) => ({
        contents: `import '${CORE}'; export * from ${JSON.stringify(path)};`,
        resolveDir: house,
      }));
      build.onLoad({ filter: /./, namespace: CORE }, () => ({
        contents: core.map((path) => `import ${JSON.stringify(path)};`).join('\n'),
        resolveDir: house,
      }));
    },
  };
}

/** What the entry imports before anything is loaded later. */
function coreModules({ outputs }: Metafile): string[] {
  const modules = new Set<string>();
  const seen = new Set<string>();
  const follow = (path: string): void => {
    const output = outputs[path];
    if (!output || seen.has(path)) return;
    seen.add(path);
    for (const [input, { bytesInOutput }] of Object.entries(output.inputs)) {
      if (bytesInOutput > 0 && input !== output.entryPoint) modules.add(input);
    }
    for (const { path: next, kind } of output.imports) if (kind === 'import-statement') follow(next);
  };
  for (const [path, { entryPoint }] of Object.entries(outputs))
    if (entryPoint?.endsWith('script.ts')) follow(path);
  return [...modules];
}

function isSheet(path: string): boolean {
  return path.endsWith('.styles.ts');
}
