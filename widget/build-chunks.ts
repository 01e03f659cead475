import type { Metafile, Plugin } from 'esbuild';
import { basename, relative, resolve } from 'node:path';
import { CORE, STAGE } from './build-between.ts';
import { ORDER } from './build-order.ts';

const LAZY = 'lazy';
/** So small that what comes after the core has its own: to hand it on, the core would have to hold more than it needs. */
const TWICE = /\/(vocabulary|hash-href)\.ts$/;
const WHOLE = 'widget/whole.ts';

/**
 * What is wanted one soon after another comes as one file, which packs smaller than many: what makes the list more than
 * something to read, then all that a client opens from there. A later stage has the ones before it.
 */
const STAGES: ReadonlyArray<{ name: string; files: string[] }> = [
  {
    name: 'after-list',
    files: [
      'after-list',
      'text/en-late',
      'store-late',
      'support-link',
      'problem',
      'list-more',
      // Of several that come after.
      'tab-stops',
      'elements/more-icons',
      'elements/avatar',
    ],
  },
  {
    name: 'client',
    files: [
      'elements/ticket-form/ticket-form',
      'elements/thread-view/thread-view',
      'store-desk',
      'elements/toasts/toasts',
      'elements/lightbox/lightbox',
    ],
  },
];
/** What comes after how many of the stages: with their parts it is made. */
const AFTER: Record<string, number> = {
  'agent-columns': 1,
  'agent-side': 1,
  launcher: 1,
  'link-source': 1,
  'agent-kit': 2,
  'admin-settings': 2,
  'quarantine-view': 2,
};

/**
 * Gathers into one chunk what esbuild would spread over one for every combination of views that share a module: the
 * element and each view that is loaded later are made to import all of what the element needs, so that only one
 * combination is left. The stages after it likewise.
 *
 * @param first account of a build without this plugin
 * @param house folder that its paths are relative to
 */
export function oneCoreChunk(first: Metafile, house: string): Plugin {
  const core = coreModules(first)
    .toSorted(byOrder)
    .map((path) => resolve(house, path));
  return {
    name: 'one-core-chunk',
    setup(build) {
      const pathOf = (file: string): string => resolve(house, 'widget', `${file}.ts`);
      build.onResolve({ filter: TWICE }, ({ path, importer, resolveDir }) => {
        if (importer === CORE || core.includes(importer)) return undefined;
        // One for all, except where two chunks would share nothing else: that would be a third.
        const whose = path.endsWith('hash-href.ts') ? basename(importer) : 'late';
        return { path: resolve(resolveDir, path), suffix: `?${whose}` };
      });
      build.onResolve({ filter: /./ }, async ({ path, kind, pluginData, ...rest }) => {
        if (path === CORE) return { path, namespace: CORE };
        if (path.startsWith(`${STAGE}:`)) return { path: path.slice(STAGE.length + 1), namespace: STAGE };
        if (kind === 'entry-point') return undefined;
        if (pluginData === LAZY) return undefined;
        if (kind !== 'dynamic-import') return undefined;
        // Loaded instead of the core, with which it shares nothing.
        if (/\/stand-in(-labels)?\.ts$/.test(path)) return undefined;
        if (path.endsWith('/whole.ts')) return { path: CORE, namespace: CORE };
        const found = await build.resolve(path, { ...rest, kind: 'import-statement', pluginData: LAZY });
        const at = STAGES.findIndex(({ files }) => files.some((file) => found.path === pathOf(file)));
        if (at >= 0) return { path: STAGES[at]!.name, namespace: STAGE };
        return { path: found.path, namespace: LAZY, errors: found.errors };
      });
      build.onLoad({ filter: /./, namespace: LAZY }, ({ path }) => {
        const before = AFTER[basename(path, '.ts')] ?? 0;
        return { contents: [...after(before), exportAll(path)].join('\n'), resolveDir: house };
      });
      build.onLoad({ filter: /./, namespace: STAGE }, ({ path }) => {
        const at = STAGES.findIndex(({ name }) => name === path);
        const files = STAGES[at]!.files.map(pathOf);
        const paths = files.map((file) => relative(house, file));
        const parts = withImports(paths, first)
          .filter((path) => ORDER.includes(path))
          .toSorted(byOrder)
          .map((path) => `import ${JSON.stringify(resolve(house, path))};`);
        return { contents: [...after(at), ...parts, ...files.map(exportAll)].join('\n'), resolveDir: house };
      });
      build.onLoad({ filter: /./, namespace: CORE }, () => ({
        contents: [
          ...core.map((path) => `import ${JSON.stringify(path)};`),
          `export * from './${WHOLE}';`,
        ].join('\n'),
        resolveDir: house,
      }));
    },
  };
}

/** Imports the core and the first `count` stages: what a module has in common with those is found there then. */
function after(count: number): string[] {
  return [`import '${CORE}';`, ...STAGES.slice(0, count).map(({ name }) => `import '${STAGE}:${name}';`)];
}

function exportAll(path: string): string {
  return `export * from ${JSON.stringify(path)};`;
}

/** These files and all that comes with them. */
function withImports(files: readonly string[], { inputs }: Metafile): string[] {
  const seen = new Set<string>();
  const follow = (path: string): void => {
    if (seen.has(path)) return;
    seen.add(path);
    for (const { path: next, kind } of inputs[path]?.imports ?? [])
      if (kind === 'import-statement') follow(next);
  };
  files.forEach(follow);
  return [...seen];
}

/** What the element imports before anything is loaded later. */
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
  for (const [path, { entryPoint }] of Object.entries(outputs)) if (entryPoint?.endsWith(WHOLE)) follow(path);
  return [...modules];
}

function byOrder(a: string, b: string): number {
  const [one, other] = [a, b].map((path) => (ORDER.includes(path) ? ORDER.indexOf(path) : ORDER.length));
  return one! - other!;
}
