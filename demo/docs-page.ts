import { readFile } from 'node:fs/promises';
import { readTokens } from '../widget/build-tokens.ts';
import { RECIPES, type Recipe } from './recipes/index.ts';

const ROOM = new URL('.', import.meta.url);

/** The recipes for hosts of all kinds, as HTML. */
export async function renderRecipes(): Promise<string> {
  return (await Promise.all(RECIPES.map(renderRecipe))).join('');
}

/** The tables that `npm run docs` wrote. */
export async function readReference(): Promise<string> {
  return await readFile(new URL('pages/reference.html', ROOM), 'utf8');
}

/** The script tag that names one version of the built script. */
export async function pinnedTag(): Promise<string> {
  const record = await readFile(new URL('../dist/widget/support-center.json', ROOM), 'utf8').catch(
    () => null,
  );
  if (!record) return '';
  const { module } = JSON.parse(record) as { module: { src: string; integrity: string } };
  return escape(
    `<script\n  type="module"\n  crossorigin\n  src="https://support.example.com/${module.src}"\n` +
      `  integrity="${module.integrity}"\n></script>`,
  );
}

/** What the playground can change, as JSON inside of a page. */
export async function tokensAsJson(): Promise<string> {
  return JSON.stringify(await readTokens()).replace(/</g, '\\u003c');
}

async function renderRecipe({ title, files, note }: Recipe): Promise<string> {
  const listings = files.map(async (file) => {
    const source = await readFile(new URL(`recipes/${file}`, ROOM), 'utf8');
    return `<pre tabindex="0" role="region" aria-label="${escape(title)}: the code"><code>${escape(source)}</code></pre>`;
  });
  const code = (await Promise.all(listings)).join('');
  return `<details class="card recipe"><summary>${escape(title)}</summary><p>${escape(note)}</p>${code}</details>`;
}

/** Braces too: they are places to fill in the pages of this host. */
function escape(text: string): string {
  return text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/\{/g, '&#123;');
}
