/**
 * `npm run docs`: writes the tables of the README and of the demo's page "Docs" (attributes, properties, methods,
 * events, slots, parts, custom properties) from the comments of the code; `--check` fails when they are not up to date.
 */
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { readManifest } from '../widget/build-manifest.ts';
import { asHtml, asMarkdown, describeElement } from './element-tables.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const README = `${ROOT}README.md`;

const { modules } = await readManifest();
let readme = await readFile(README, 'utf8');
const page: string[] = [];
for (const declaration of modules.flatMap(({ declarations }) => declarations)) {
  const { tagName: tag } = declaration;
  if (!tag) continue;
  const tables = describeElement(declaration);
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
