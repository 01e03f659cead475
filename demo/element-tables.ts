/** What the custom elements manifest says of a class, as far as the tables use it. */
export interface Declaration {
  name: string;
  attributes?: Entry[];
  members?: Array<
    Entry & {
      kind: 'field' | 'method';
      privacy?: string;
      static?: boolean;
      readonly?: boolean;
      attribute?: string;
      parameters?: Array<{ name: string; optional?: boolean; default?: string; rest?: boolean }>;
    }
  >;
  events?: Entry[];
  slots?: Entry[];
  cssParts?: Entry[];
  cssProperties?: Entry[];
}

interface Entry {
  name: string;
  description?: string;
  type?: { text: string };
  default?: string;
}

/** Members that Lit and the browser call, not a host. */
const INTERNAL = /^(render|styles|shadowRootOptions|\w+Callback|willUpdate|update|updated|firstUpdated)$/;

/** The tables of one element as Markdown; a kind that it has none of is left out. */
export function describeElement(declaration: Declaration): string {
  const members = (declaration.members ?? []).filter(
    ({ name, privacy, static: isStatic }) =>
      !name.startsWith('#') &&
      privacy !== 'private' &&
      privacy !== 'protected' &&
      !isStatic &&
      !INTERNAL.test(name),
  );
  const properties = members.filter(({ kind, attribute }) => kind === 'field' && !attribute);
  const methods = members
    .filter(({ kind }) => kind === 'method')
    .map((method) => ({ ...method, name: signature(method) }));
  const slots = (declaration.slots ?? []).map((slot) => ({ ...slot, name: slot.name || '(default)' }));
  return [
    table('Attribute', declaration.attributes, true),
    table('Property', properties, true),
    table('Method', methods),
    // Where the code fires by a variable, the analyzer takes the variable's name for that of an event.
    table(
      'Event',
      declaration.events?.filter(({ name }) => name.includes('-')),
    ),
    table('Slot', slots),
    table('Part', declaration.cssParts),
    table('Custom property', declaration.cssProperties, true),
  ]
    .filter(Boolean)
    .join('\n\n');
}

function signature(method: NonNullable<Declaration['members']>[number]): string {
  const parameters = (method.parameters ?? []).map(
    ({ name, optional, default: value }) => name + (optional || value !== undefined ? '?' : ''),
  );
  return `${method.name}(${parameters.join(', ')})`;
}

function table(kind: string, entries: Entry[] | undefined, withDefault = false): string {
  if (!entries || entries.length === 0) return '';
  const isDescribed = entries.some(({ description }) => description);
  const head = [kind, ...(withDefault ? ['Default'] : []), ...(isDescribed ? ['Description'] : [])];
  const rows = entries.map((entry) => [
    code(entry.name),
    ...(withDefault
      ? [entry.default === undefined || entry.default === 'null' ? '' : code(entry.default)]
      : []),
    ...(isDescribed ? [cell(entry.description ?? '')] : []),
  ]);
  const line = (cells: string[]) => `| ${cells.join(' | ')} |`;
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n');
}

const code = (text: string) => `\`${text.replace(/\|/g, '\\|').replace(/\s+/g, ' ')}\``;
const cell = (text: string) => text.replace(/\s+/g, ' ').replace(/\|/g, '\\|').trim();

/**
 * The public custom properties out of the style sheet that gives them their defaults, such as
 * `--_text: var(--support-color-text, light-dark(#1a1d21, #e6e8eb));`.
 */
export function readTokens(styleSheet: string): Entry[] {
  const found = styleSheet.matchAll(/var\((--support-[a-z-]+),\s*(.+)\);\n/g);
  return [...found].map(([, name, value]) => {
    const pair = /^light-dark\((#\w+), (#\w+)\)$/.exec(value!);
    return { name: name!, default: pair ? `${pair[1]} / ${pair[2]}` : value! };
  });
}
