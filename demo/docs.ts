/**
 * `npm run docs`: writes the tables of the README and of the demo's page "Docs" (attributes, properties, methods,
 * events, slots, parts, custom properties) from the comments of the code; `--check` fails when they are not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { PARTS } from '../widget/styles/parts.ts';
import { asHtml, asMarkdown, describeElement, readTokens, type Declaration } from './element-tables.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = `${ROOT}README.md`;
/** Not a literal: the package has no types for it. */
const ANALYZER: string = '@custom-elements-manifest/analyzer/cli.js';
const ELEMENTS = { 'support-center': 'SupportCenter', 'support-link': 'SupportLink' };

const manifest = await analyze([
  'widget/support-options.ts',
  'widget/support-center.ts',
  'widget/support-link.ts',
]);
let readme = await readFile(README, 'utf8');
const page: string[] = [];
for (const [tag, className] of Object.entries(ELEMENTS)) {
  const declaration = manifest.find(({ name }) => name === className);
  if (!declaration) fail(`The class ${className} is not there to be documented.`);
  const whole = tag === 'support-center' ? await complete(declaration) : declaration;
  const tables = describeElement(whole);
  readme = replaceBetween(readme, tag, asMarkdown(tables));
  page.push(`<h3 id="${tag}">&lt;${tag}&gt;</h3>`, asHtml(tag, tables));
}
await renew(README, readme);
await renew(`${ROOT}demo/pages/reference.html`, page.join('\n'));

async function renew(path: string, content: string): Promise<void> {
  const name = path.slice(ROOT.length);
  const before = await readFile(path, 'utf8').catch(() => '');
  const after = await format(content, { ...(await resolveConfig(path)), filepath: path });
  if (after === before) console.log(`${name}: tables are up to date.`);
  else if (process.argv.includes('--check')) {
    fail(`The tables of ${name} are not what the code says: run \`npm run docs\`.`);
  } else {
    await writeFile(path, after);
    console.log(`${name}: tables renewed.`);
  }
}

/** Every token is a custom property of the whole; every part that can be styled has to be described. */
async function complete(root: Declaration): Promise<Declaration> {
  const described = new Set(root.cssParts?.map(({ name }) => name));
  const missing = PARTS.filter((name) => !described.has(name));
  if (missing.length > 0) fail(`Without a @csspart line: ${missing.join(', ')}.`);
  const tokens = readTokens(await readFile(`${ROOT}widget/styles/tokens.styles.ts`, 'utf8'));
  return { ...root, cssProperties: [...tokens, ...(root.cssProperties ?? [])] };
}

async function analyze(files: string[]): Promise<Declaration[]> {
  const { cli } = (await import(ANALYZER)) as {
    cli(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<{
      modules: Array<{ declarations: Declaration[] }>;
    }>;
  };
  // It writes the path into package.json even so: the same one that the build writes.
  const argv = ['analyze', '--litelement', '--quiet', '--outdir', 'dist', '--globs', ...files];
  const { modules } = await cli({ argv, cwd: ROOT, noWrite: true });
  return modules.flatMap(({ declarations }) => declarations);
}

function replaceBetween(text: string, name: string, content: string): string {
  const start = `<!-- docs:${name} -->`;
  const end = `<!-- /docs:${name} -->`;
  const from = text.indexOf(start);
  const to = text.indexOf(end);
  if (from < 0 || to < from) fail(`README.md lacks the markers ${start} and ${end}.`);
  return `${text.slice(0, from + start.length)}\n\n${content}\n\n${text.slice(to)}`;
}

function fail(message: string): never {
  console.error(message);
  process.exit(1);
}
