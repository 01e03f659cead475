import { basename } from 'node:path';
import { minify } from 'terser';

interface Output {
  path: string;
  text: string;
}

/** What a chunk exports to other chunks: by the name that those have, the one that it has itself. */
type Exports = Map<string, string>;

/** As far as it concerns us; terser's types know nothing of it. */
interface Tree {
  body: Array<{
    imported_names?: Array<{ foreign_name: { name: string } }> | null;
    exported_names?: Array<{ name: { name: string } }> | null;
    module_name?: { value: string } | null;
  }>;
}

const IMPORT = /(?:import|export)\s*\{[^}]*\}\s*from\s*"\.\/(?:chunks\/)?([^"]+)"/g;
const EXPORT = /export\{([^}]*)\};?$/;
/** Made of what others share: nobody asks for anything in it by a name of ours. */
const SHARED = /^chunk-/;

/**
 * What esbuild's own minifier leaves: about 2 % gzipped. Maps are led on to the sources; that a file has one, a header
 * says (`server/static/`), not the file to everybody who loads it. Chunks export under the names that things have inside.
 *
 * @param files a script and its map have the same path but for the map's `.map`
 */
export async function shrink(files: readonly Output[]): Promise<Output[]> {
  const maps = new Map(files.filter(isMap).map((file) => [file.path, file.text]));
  const scripts = new Map(files.filter((file) => !isMap(file)).map((file) => [basename(file.path), file]));
  const shrunk: Output[] = [];
  const exported = new Map<string, Exports>();
  const visit = async (name: string): Promise<void> => {
    const file = scripts.get(name);
    if (!file || exported.has(name)) return;
    const own: Exports = new Map();
    exported.set(name, own);
    // First those that it imports from, which are then known by their new names.
    for (const [, from] of file.text.matchAll(IMPORT)) await visit(from!);
    // In the tree, which remembers where everything stood in the text: the maps count on that.
    const tree = await parse(file.text);
    for (const { imported_names: taken, exported_names: handed, module_name: module } of tree.body) {
      const theirs = module && exported.get(basename(module.value));
      const symbols = [
        ...(taken ?? []).map((one) => one.foreign_name),
        ...(handed ?? []).map((one) => one.name),
      ];
      if (theirs) for (const symbol of symbols) symbol.name = theirs.get(symbol.name) ?? symbol.name;
    }
    const map = `${file.path}.map`;
    const { code, map: led } = await minify(tree as never, {
      module: true,
      ecma: 2020,
      // No getter of ours or Lit's does more than tell.
      compress: { passes: 2, pure_getters: true, lhs_constants: false },
      format: { comments: false },
      sourceMap: { content: maps.get(map) ?? '', asObject: false },
    });
    shrunk.push({ path: file.path, text: SHARED.test(name) ? plainExports(code!, own) : code! });
    shrunk.push({ path: map, text: led as string });
  };
  for (const name of scripts.keys()) await visit(name);
  return shrunk;
}

/** @param own filled with the names that were dropped; those of more than two letters are asked for by name */
function plainExports(code: string, own: Exports): string {
  return code.replace(EXPORT, (_, clause: string) => {
    const words = clause.split(',').map((one) => {
      const [local, as = local] = one.split(' as ');
      if (as!.length > 2) return one;
      own.set(as!, local!);
      return local;
    });
    return `export{${words.join(',')}};`;
  });
}

async function parse(text: string): Promise<Tree> {
  const format = { ast: true, code: false } as object;
  const parsed = await minify(text, { module: true, compress: false, mangle: false, format });
  return (parsed as { ast: Tree }).ast;
}

function isMap({ path }: Output): boolean {
  return path.endsWith('.map');
}
