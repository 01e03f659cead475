import type { Declaration, Entry, Member } from '../widget/build-manifest.ts';

/** One kind of thing that an element has, such as its attributes; cells are Markdown of one line. */
export interface Table {
  head: string[];
  rows: string[][];
}

/** The tables of one element; a kind that it has none of is left out. */
export function describeElement(declaration: Declaration): Table[] {
  const { members = [] } = declaration;
  // What a host sets first, then what it can only read.
  const properties = members
    .filter(({ kind, attribute }) => kind === 'field' && !attribute)
    .toSorted((a, b) => Number(a.readonly ?? false) - Number(b.readonly ?? false));
  const methods = members
    .filter(({ kind }) => kind === 'method')
    .map((method) => ({ ...method, name: signature(method) }));
  const slots = (declaration.slots ?? []).map((slot) => ({ ...slot, name: slot.name || '(default)' }));
  return [
    table('Attribute', declaration.attributes, true),
    table('Property', properties, true),
    table('Method', methods),
    table('Event', declaration.events),
    table('Slot', slots),
    table('Part', declaration.cssParts),
    table('Custom property', declaration.cssProperties, true),
  ].filter((one) => one !== null);
}

function signature(method: Member): string {
  const parameters = (method.parameters ?? []).map(
    ({ name, optional, default: value }) => name + (optional || value !== undefined ? '?' : ''),
  );
  return `${method.name}(${parameters.join(', ')})`;
}

function table(kind: string, entries: Entry[] | undefined, withDefault = false): Table | null {
  if (!entries || entries.length === 0) return null;
  const isDescribed = entries.some(({ description }) => description);
  return {
    head: [kind, ...(withDefault ? ['Default'] : []), ...(isDescribed ? ['Description'] : [])],
    rows: entries.map((entry) => [
      code(entry.name),
      ...(withDefault
        ? [entry.default === undefined || entry.default === 'null' ? '' : code(entry.default)]
        : []),
      ...(isDescribed ? [(entry.description ?? '').replace(/\s+/g, ' ').trim()] : []),
    ]),
  };
}

const code = (text: string) => `\`${text.replace(/\s+/g, ' ')}\``;

export function asMarkdown(tables: readonly Table[]): string {
  const line = (cells: string[]) => `| ${cells.map((cell) => cell.replace(/\|/g, '\\|')).join(' | ')} |`;
  return tables
    .map(({ head, rows }) => [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n'))
    .join('\n\n');
}

export function asHtml(tag: string, tables: readonly Table[]): string {
  const cells = (name: 'td' | 'th', texts: string[], scope = '') =>
    `<tr>${texts.map((text) => `<${name}${scope}>${inline(text)}</${name}>`).join('')}</tr>`;
  return tables
    .map(({ head, rows }) => {
      const kind = head[0]!.toLowerCase();
      const title = `&lt;${tag}&gt;: ${kind}`;
      const id = `${tag}-${kind.replaceAll(' ', '-')}`;
      // Wider than a phone: it scrolls, also for the keyboard.
      return (
        `<div id="${id}" class="card flush scroll" tabindex="0" role="region" aria-label="${title}">` +
        `<table><thead>${cells('th', head, ' scope="col"')}</thead>` +
        `<tbody>${rows.map((row) => cells('td', row)).join('')}</tbody></table></div>`
      );
    })
    .join('\n');
}

function inline(markdown: string): string {
  const escaped = markdown.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
  return escaped.replace(/`([^`]+)`/g, '<code>$1</code>');
}
