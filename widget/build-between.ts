import type { Metafile } from 'esbuild';
import { basename } from 'node:path';

/** What the files in between are made from: `core:core`, `stage:client`. */
export const CORE = 'core';
export const STAGE = 'stage';

/**
 * Lets who loads the core or a stage import the chunk with it itself, not the file between them that hands on what is in
 * it: a request less each. The chunk then says by name what was handed on, and no longer what nobody imports.
 *
 * @param files of a build with this plugin
 * @returns without the files in between
 * @throws when one of those has code of its own
 */
export function skipBetween(
  files: ReadonlyArray<{ path: string; text: string }>,
  { outputs }: Metafile,
): Array<{ path: string; text: string }> {
  const between = Object.keys(outputs).filter((path) => isBetween(outputs[path]!.entryPoint));
  const texts = new Map(files.map(({ path, text }) => [basename(path), text]));
  const given = new Map<string, string[]>();
  const instead = new Map<string, string>();
  for (const name of between.map((path) => basename(path))) {
    const { chunk, exports } = readBetween(name, texts.get(name)!);
    instead.set(name, chunk);
    given.set(chunk, exports);
    texts.delete(name);
    texts.delete(`${name}.map`);
  }
  for (const [chunk, exports] of given) {
    const used = [...texts.values()].flatMap((text) => importsOf(text)).filter(({ from }) => from === chunk);
    texts.set(chunk, withExports(texts.get(chunk)!, new Set(used.map(({ name }) => name)), exports));
  }
  return files.flatMap(({ path }) => {
    const text = texts.get(basename(path));
    if (text === undefined) return [];
    return { path, text: [...instead].reduce((all, [name, chunk]) => all.replaceAll(name, chunk), text) };
  });
}

/** Whether an output is of the kind that `skipBetween` leaves out, by its entry point. */
export function isBetween(entryPoint = ''): boolean {
  return entryPoint.endsWith(`${CORE}:${CORE}`) || entryPoint.startsWith(`${STAGE}:`);
}

const IMPORT = /import\s*\{([^}]*)\}\s*from\s*"\.\/(?:chunks\/)?([^"]+)";?/g;
const BARE = /import\s*"\.\/(?:chunks\/)?([^"]+)";?/g;
const EXPORT = /export\s*\{([^}]*)\};?/;

function importsOf(text: string): Array<{ from: string; name: string; local: string }> {
  return [...text.matchAll(IMPORT)].flatMap(([, clause, from]) =>
    readClause(clause!).map(([name, local]) => ({ from: from!, name, local })),
  );
}

/** `a as b, c` as pairs. */
function readClause(clause: string): Array<[string, string]> {
  const words = clause.split(',').map((one) => one.trim().split(/\s+as\s+/));
  return words.filter(([name]) => name).map(([name, as = name]) => [name!, as!]);
}

/** The chunk that a file in between leads to, and what that has to export in its place, as `its name as name`. */
function readBetween(name: string, text: string): { chunk: string; exports: string[] } {
  const bare = [...text.matchAll(BARE)].map(([, from]) => from!);
  const rest = text
    .replace(IMPORT, '')
    .replace(BARE, '')
    .replace(EXPORT, '')
    .replace(/\/\/.*/g, '');
  const imports = importsOf(text);
  // Where nothing is handed on, the one that it is there for.
  const names = [...imports.map(({ from }) => from), ...bare];
  const count = (one: string): number => names.filter((other) => other === one).length;
  const [chunk] = names.toSorted((a, b) => count(b) - count(a));
  if (rest.trim() || !chunk) throw new Error(`${name} does not hand on what is in one chunk.`);
  const exports = readClause(EXPORT.exec(text)?.[1] ?? '').map(([local, as]) => {
    const source = imports.find((one) => one.local === local)!;
    return `${source.name} as ${as}${source.from === chunk ? '' : ` from ./${source.from}`}`;
  });
  return { chunk, exports };
}

/** @param used what others import from it by the names that it has now */
function withExports(text: string, used: ReadonlySet<string>, exports: readonly string[]): string {
  const at = text.lastIndexOf('export');
  const found = EXPORT.exec(text.slice(at))!;
  const own = readClause(found[1]!);
  const kept = own.filter(([, name]) => used.has(name)).map(([local, name]) => `${local} as ${name}`);
  const others: string[] = [];
  for (const one of exports) {
    const [, name, as, from] = /^(\S+) as (\S+)(?: from (\S+))?$/.exec(one)!;
    if (from) others.push(`export{${name} as ${as}}from"${from}";`);
    else kept.push(`${own.find(([, exported]) => exported === name)![0]} as ${as}`);
  }
  const clause = `export{${[...new Set(kept)].join(',')}};${others.join('')}`;
  return text.slice(0, at) + clause + text.slice(at + found[0].length);
}
