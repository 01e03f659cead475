import { glob, readFile } from 'node:fs/promises';
import { join } from 'node:path';

const PRIVATE = /--_[a-z]+(?:-[a-z]+)*/g;

/**
 * Short names for the private custom properties (`--_accent-hover`), the most used the shortest; the public ones are
 * `--support-*` and stay.
 *
 * @param room folder of all the files that may name one
 * @returns what replaces them in a source text
 */
export async function shortNames(room: string): Promise<(source: string) => string> {
  const uses = new Map<string, number>();
  for await (const path of glob('**/*.ts', { cwd: room })) {
    if (path.endsWith('.test.ts')) continue;
    const source = await readFile(join(room, path), 'utf8');
    for (const [name] of source.matchAll(PRIVATE)) uses.set(name, (uses.get(name) ?? 0) + 1);
  }
  const order = [...uses].toSorted(([a, n], [b, m]) => m - n || (a < b ? -1 : 1));
  const short = new Map(order.map(([name], index) => [name, `--_${index.toString(36)}`]));
  return (source) => source.replace(PRIVATE, (name) => short.get(name)!);
}
