import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { gzipSync } from 'node:zlib';
import { isBetween } from './build-between.ts';
import { buildWidget } from './build.ts';

const HOUSE = fileURLToPath(new URL('..', import.meta.url));
const ENTRY = 'dist/widget/support-center.js';

interface Budget {
  title: string;
  /** Source files whose chunks are loaded for it, besides the entry and the core. */
  with: string[];
  /** Without the core. */
  light?: true;
  /** Bytes, gzipped. */
  limit: number;
}

const VIEWS = 'widget/elements';
/** All that a browser loads on the way from the list over the form to a ticket, a reply, a file and its picture. */
const CLIENT = [
  'widget/after-list.ts',
  'widget/support-link.ts',
  'widget/store-late.ts',
  `${VIEWS}/thread-view/thread-view.ts`,
  `${VIEWS}/ticket-form/ticket-form.ts`,
  `${VIEWS}/toasts/toasts.ts`,
  `${VIEWS}/lightbox/lightbox.ts`,
  'widget/store-desk.ts',
  'widget/text/en-views.ts',
];

/** kB are of 1000 bytes. */
const BUDGETS: Budget[] = [
  { title: 'until a launcher shows', with: ['widget/stand-in.ts'], light: true, limit: 1_825 },
  { title: 'until the list is usable', with: [], limit: 20_000 },
  { title: 'all that a client opens', with: CLIENT, limit: 63_590 },
  {
    title: 'all that an admin opens',
    with: [...CLIENT, `${VIEWS}/admin-settings/admin-settings.ts`, 'widget/text/en-agent.ts'],
    limit: 72_200,
  },
  {
    title: 'all that a client opens, in Arabic',
    with: [
      ...CLIENT,
      ...['translations', 'ar', 'ar-late', 'ar-views'].map((name) => `widget/text/${name}.ts`),
    ],
    limit: 68_500,
  },
];
/** What nobody loads who is a client. */
const AGENTS =
  /\/(agent-kit|agent-columns|ticket-changes|newer-reply|presence-line|store-presence|agent-side|store-quarantine|\w+-agent)\.ts$|\/(ticket-controls|dialog|admin-settings|quarantine)\//;
/** What nobody loads who reads English. */
const FOREIGN =
  /^widget\/stand-in-labels\.ts$|^widget\/text\/(translations|de|fr|es|pt-br|ja|ar)(-\w+)?\.ts$/;

const { outputs } = await buildWidget();
const scripts = Object.keys(outputs).filter(
  (path) =>
    path.endsWith('.js') &&
    !isBetween(outputs[path]!.entryPoint) &&
    !outputs[path]!.entryPoint?.endsWith('global.ts'),
);
// In the metafile the entry still leads to the core by the file between them, which the build leaves out.
const between = Object.keys(outputs).find((path) => outputs[path]!.entryPoint?.startsWith('core:'))!;
const core = outputs[between]!.imports[0]!.path;
const sizes = new Map<string, number>();
for (const path of scripts) sizes.set(path, gzipSync(await readFile(HOUSE + path), { level: 9 }).length);

/** The files that come with this one, whatever is done with it. */
function withImports(path: string, into = new Set<string>()): Set<string> {
  if (into.has(path)) return into;
  into.add(path);
  for (const { path: next, kind } of outputs[path]?.imports ?? []) {
    if (kind === 'import-statement') withImports(next, into);
  }
  return into;
}

/** The file with a source in it. */
function chunkOf(source: string): string {
  const found = scripts.find((path) => path !== ENTRY && Object.hasOwn(outputs[path]!.inputs, source));
  if (!found) throw new Error(`${source} is in no chunk: has it moved?`);
  return found;
}

const isForeign = (source: string): boolean => FOREIGN.test(source);
const bytes = (files: Iterable<string>): number =>
  [...files].reduce((sum, path) => sum + sizes.get(path)!, 0);
const line = (title: string, size: number, note = ''): void =>
  console.log(`${String(size).padStart(7)}  ${title}${note}`);

console.log('bytes gzipped\n');
for (const path of scripts.toSorted((a, b) => sizes.get(b)! - sizes.get(a)!)) {
  line(path.replace('dist/widget/', ''), sizes.get(path)!);
}
console.log();
let over = 0;
for (const budget of BUDGETS) {
  const files = new Set(withImports(ENTRY));
  if (!budget.light) withImports(core, files);
  for (const chunk of budget.with.map(chunkOf)) withImports(chunk, files);
  const size = bytes(files);
  if (size > budget.limit) over += 1;
  line(
    budget.title,
    size,
    ` (${files.size} files; at most ${budget.limit}${size > budget.limit ? ': OVER' : ''})`,
  );
  const sources = [...files].flatMap((path) => Object.keys(outputs[path]!.inputs));
  const foreign = sources.filter(isForeign);
  const wanted = budget.with.filter(isForeign);
  const agents = sources.filter((source) => AGENTS.test(source));
  if (agents.length > 0 && !budget.with.some((source) => AGENTS.test(source))) {
    over += 1;
    console.log(`         holds what only agents need: ${agents.join(', ')}`);
  }
  if (foreign.length > wanted.length) {
    over += 1;
    console.log(`         holds words of other languages: ${foreign.join(', ')}`);
  }
}
if (over > 0) process.exitCode = 1;
