import { createHash } from 'node:crypto';
import { basename, dirname, join } from 'node:path';

export interface Output {
  path: string;
  text: string;
}

/** Esbuild's `[name]-[hash].js`. */
const HASHED = /-[0-9A-Z]{8}\.js$/;
const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/**
 * Gives every file a name by the bytes that it has in the end, and by those of all files that it leads to: who has a name
 * has the content, whatever was done to it after the bundler chose its own names. Chunks lead to each other in circles,
 * so a name is the hash of the walk through all that is reached from it, in which files are numbered as they are met.
 *
 * @param files scripts, and beside each its map with the same path and `.map`
 * @returns the files under their new names (an entry, which has none yet, gets one too) and the new name of each old one
 */
export function addressByContent(files: readonly Output[]): {
  files: Output[];
  names: Map<string, string>;
} {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const scripts = files.filter(({ path }) => path.endsWith('.js'));
  const byName = new Map(scripts.map((script) => [basename(script.path), script]));
  const chunks = [...byName.keys()].filter((name) => HASHED.test(name));
  const anyChunk = new RegExp(chunks.map(escape).join('|') || '$^', 'g');
  const mapOf = ({ path }: Output): string => byPath.get(`${path}.map`)?.text ?? '';

  const walk = (start: Output): string => {
    const hash = createHash('sha256');
    const met = new Map<string, number>();
    const queue = [start];
    const numberOf = (name: string): string => {
      if (!met.has(name)) {
        met.set(name, met.size);
        queue.push(byName.get(name)!);
      }
      return `#${met.get(name)}`;
    };
    met.set(basename(start.path), 0);
    for (let file = queue.shift(); file; file = queue.shift()) {
      const own = basename(file.path);
      const text = file.text.replaceAll(`=${own}.map`, '=.map');
      hash.update(`${stem(own)}\0${text.replace(anyChunk, numberOf)}\0${mapOf(file)}\0`);
    }
    return letters(hash.digest());
  };
  const names = new Map([...byName].map(([name, file]) => [name, `${stem(name)}-${walk(file)}.js`]));
  const renamed = scripts.flatMap((script) => {
    const own = basename(script.path);
    const name = names.get(own)!;
    const path = join(dirname(script.path), name);
    const text = script.text
      .replaceAll(`=${own}.map`, `=${name}.map`)
      .replace(anyChunk, (chunk) => names.get(chunk)!);
    const map = mapOf(script);
    return [{ path, text }, ...(map ? [{ path: `${path}.map`, text: map }] : [])];
  });
  return { files: renamed, names };
}

function stem(name: string): string {
  return HASHED.test(name) ? name.replace(HASHED, '') : name.replace(/\.js$/, '');
}

/** As many as esbuild's hashes have, so that maps stay true. */
function letters(digest: Uint8Array): string {
  return [...digest.subarray(0, 8)].map((byte) => LETTERS[byte % 32]).join('');
}

function escape(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
