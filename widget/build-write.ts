import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import type { Output } from './build-address.ts';

/** What a build is told of in `support-center.json`: paths from there, each with its SRI hash. */
export interface BuildRecord {
  version: string;
  module: { src: string; integrity: string };
  classic: { src: string; integrity: string };
  /** Every script, as the `integrity` of an import map takes them. */
  integrity: Record<string, string>;
}

const RECORD = 'support-center.json';
/** Addresses for pages that do not want to know of versions. */
const STABLE = { module: 'support-center', classic: 'support-center.global' } as const;

/**
 * Puts a build in the place of the one before, which can be served meanwhile: what is named first, then the entries that
 * name it. The files of the build before stay, since pages that are open go on to load them and hosts may have pinned
 * its entry.
 *
 * @param keep how long they stay from now on, in milliseconds
 * @param now in milliseconds since 1970
 */
export async function writeBuild(
  outdir: string,
  files: readonly Output[],
  version: string,
  { keep, now }: { keep: number; now: number },
): Promise<BuildRecord> {
  await mkdir(join(outdir, 'chunks'), { recursive: true });
  const before = await readRecord(outdir);
  for (const { path, text } of files) await put(path, text);
  const entry = (kind: keyof typeof STABLE): Output => {
    const pattern = new RegExp(`^${STABLE[kind]}-[A-Z2-7]{8}\\.js$`);
    return files.find(({ path }) => pattern.test(basename(path)))!;
  };
  const named = ({ path, text }: Output) => ({ src: relative(outdir, path), integrity: integrityOf(text) });
  const scripts = files.filter(({ path }) => path.endsWith('.js')).map(named);
  const record: BuildRecord = {
    version,
    module: named(entry('module')),
    classic: named(entry('classic')),
    integrity: Object.fromEntries(scripts.map(({ src, integrity }) => [`./${src}`, integrity])),
  };
  for (const kind of ['module', 'classic'] as const) {
    await put(join(outdir, `${STABLE[kind]}.js`), entry(kind).text);
  }
  await put(join(outdir, RECORD), `${JSON.stringify(record, null, 2)}\n`);
  const written = new Set(files.map(({ path }) => path));
  const replaced = Object.keys(before?.integrity ?? {}).map((path) => join(outdir, path));
  await sweep(outdir, written, new Set(replaced), { keep, now });
  return record;
}

/** What was replaced just now is as old as that; what was replaced before goes when its time is over. */
async function sweep(
  outdir: string,
  written: Set<string>,
  replaced: Set<string>,
  { keep, now }: { keep: number; now: number },
): Promise<void> {
  for (const folder of [outdir, join(outdir, 'chunks')]) {
    for (const name of await readdir(folder)) {
      const path = join(folder, name);
      if (!/-[0-9A-Z]{8}\.js(\.map)?$/.test(name) || written.has(path)) continue;
      if (replaced.has(path.replace(/\.map$/, '')))
        await utimes(path, now / 1000, now / 1000).catch(() => {});
      // Another build may have been faster.
      const since = await stat(path).catch(() => null);
      if (since && now - since.mtimeMs >= keep) await rm(path, { force: true });
    }
  }
}

async function readRecord(outdir: string): Promise<BuildRecord | null> {
  try {
    return JSON.parse(await readFile(join(outdir, RECORD), 'utf8')) as BuildRecord;
  } catch {
    return null;
  }
}

/** Whole or not at all. */
async function put(path: string, text: string): Promise<void> {
  const half = join(dirname(path), `.${basename(path)}.${process.pid}`);
  await writeFile(half, text);
  await rename(half, path);
}

function integrityOf(text: string): string {
  return `sha384-${createHash('sha384').update(text).digest('base64')}`;
}
