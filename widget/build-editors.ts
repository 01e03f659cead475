/**
 * What editors read of the published package, out of the comments of the code: `custom-elements.json`, Visual Studio
 * Code's data for HTML and CSS, and JetBrains' web types.
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { published, readManifest, type Declaration, type Entry, type Manifest } from './build-manifest.ts';

const HOUSE = new URL('..', import.meta.url);

function elementsOf(manifest: Manifest): Declaration[] {
  return manifest.modules.flatMap(({ declarations }) => declarations).filter(({ tagName }) => tagName);
}

const named = ({ name, description }: Entry) => ({ name, description });

/** The strings that an attribute can be; none where it can be any. */
function valuesOf({ type }: Entry): Array<{ name: string }> | undefined {
  const choices = type?.text.split(' | ').filter((choice) => choice !== 'null') ?? [];
  const isClosed = choices.length > 0 && choices.every((choice) => /^'.*'$/.test(choice));
  return isClosed ? choices.map((choice) => ({ name: choice.slice(1, -1) })) : undefined;
}

function htmlData(elements: Declaration[]): object {
  return {
    version: 1.1,
    tags: elements.map(({ tagName, summary, attributes = [] }) => ({
      name: tagName,
      description: summary,
      attributes: attributes.map((attribute) => ({
        ...named(attribute),
        // Its presence is its value.
        ...(attribute.type?.text === 'boolean' ? { valueSet: 'v' } : { values: valuesOf(attribute) }),
      })),
    })),
  };
}

function cssData(elements: Declaration[]): object {
  const parts = elements.flatMap(({ cssParts = [] }) => cssParts);
  return {
    version: 1.1,
    properties: elements.flatMap(({ cssProperties = [] }) =>
      cssProperties.map(({ name, description = '', default: value }) => ({
        name,
        description: value ? `${description} Default: \`${value}\``.trim() : description,
      })),
    ),
    pseudoElements: parts.map(({ name, description }) => ({ name: `::part(${name})`, description })),
  };
}

function webTypes(elements: Declaration[], { name, version }: { name: string; version: string }): object {
  return {
    $schema: 'https://raw.githubusercontent.com/JetBrains/web-types/master/schema/web-types.json',
    name,
    version,
    'description-markup': 'markdown',
    'js-types-syntax': 'typescript',
    contributions: { html: { elements: elements.map(webTypesOf) } },
  };
}

function webTypesOf(element: Declaration): object {
  const { tagName, summary, attributes = [], members = [], events = [] } = element;
  const typed = (entry: Entry) => ({ ...named(entry), type: entry.type?.text });
  return {
    name: tagName,
    description: summary,
    attributes: attributes.map((attribute) => ({
      ...named(attribute),
      value: {
        type: attribute.type?.text.replace(/ \| null$/, ''),
        required: attribute.type?.text !== 'boolean',
      },
    })),
    slots: (element.slots ?? []).map(({ name, description }) => ({ name: name || 'default', description })),
    js: {
      properties: members
        .filter(({ kind }) => kind === 'field')
        .map((field) => ({ ...typed(field), 'read-only': field.readonly })),
      events: events.map(typed),
    },
    css: {
      properties: (element.cssProperties ?? []).map(named),
      parts: (element.cssParts ?? []).map(named),
    },
  };
}

if (import.meta.main) {
  const manifest = published(await readManifest());
  const elements = elementsOf(manifest);
  const own = JSON.parse(await readFile(new URL('package.json', HOUSE), 'utf8')) as {
    name: string;
    version: string;
  };
  const files = {
    'custom-elements': manifest,
    'html-custom-data': htmlData(elements),
    'css-custom-data': cssData(elements),
    'web-types': webTypes(elements, own),
  };
  await mkdir(new URL('dist/', HOUSE), { recursive: true });
  for (const [name, content] of Object.entries(files)) {
    await writeFile(new URL(`dist/${name}.json`, HOUSE), `${JSON.stringify(content, null, 2)}\n`);
  }
}
