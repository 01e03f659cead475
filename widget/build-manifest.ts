import { fileURLToPath } from 'node:url';
import { STATUSES } from '../server/contract/vocabulary.ts';
import { readTokens } from './build-tokens.ts';
import { PARTS } from './styles/late-parts.ts';

const HOUSE = fileURLToPath(new URL('..', import.meta.url));
/** Not a literal: the package has no types for it. */
const ANALYZER: string = '@custom-elements-manifest/analyzer/cli.js';
const SOURCES = ['support-options', 'support-center', 'support-link'].map((name) => `widget/${name}.ts`);
const TAGS: Record<string, string> = { SupportCenter: 'support-center', SupportLink: 'support-link' };
/** Members that Lit and the browser call, not a host. */
const INTERNAL =
  /^(#|(render|styles|createRenderRoot|shadowRootOptions|\w+Callback|willUpdate|update|updated|firstUpdated)$)/;
/** What editors can offer as values where the code names a type. */
const SPELT: Record<string, string> = {
  "Route['view']": "'list' | 'new' | 'ticket' | 'settings'",
  'Status | null': [...STATUSES.map((status) => `'${status}'`), 'null'].join(' | '),
};

/** As in the schema of custom elements manifests, as far as it is used here. */
export interface Manifest {
  schemaVersion: string;
  readme?: string;
  modules: Module[];
}
interface Module {
  kind: 'javascript-module';
  path: string;
  declarations: Declaration[];
  exports: Array<{ kind: string; name: string; declaration: { name: string; module?: string } }>;
}
export interface Declaration {
  kind: string;
  name: string;
  tagName?: string;
  customElement?: boolean;
  summary?: string;
  superclass?: { name: string; module?: string; package?: string };
  attributes?: Entry[];
  members?: Member[];
  events?: Entry[];
  slots?: Entry[];
  cssParts?: Entry[];
  cssProperties?: Entry[];
}
export interface Member extends Entry {
  kind: 'field' | 'method';
  privacy?: string;
  static?: boolean;
  readonly?: boolean;
  attribute?: string;
  parameters?: Array<{ name: string; optional?: boolean; default?: string; rest?: boolean }>;
}
export interface Entry {
  name: string;
  description?: string;
  type?: { text: string };
  default?: string;
  fieldName?: string;
  inheritedFrom?: { name: string; module?: string };
}

/**
 * What the comments of the code say of the public elements: every token is a custom property of the whole.
 *
 * @throws Error where a part that can be styled is not described
 */
export async function readManifest(): Promise<Manifest> {
  const { cli } = (await import(ANALYZER)) as {
    cli(options: { argv: string[]; cwd: string; noWrite: boolean }): Promise<Manifest>;
  };
  // It writes the path into package.json even so: the one that is there.
  const argv = ['analyze', '--litelement', '--quiet', '--outdir', 'dist', '--globs', ...SOURCES];
  const manifest = await cli({ argv, cwd: HOUSE, noWrite: true });
  for (const module of manifest.modules) {
    module.declarations = module.declarations.filter(({ kind }) => kind === 'class');
    const classes = new Set(module.declarations.map(({ name }) => name));
    module.exports = module.exports.filter(({ name }) => classes.has(name));
    for (const declaration of module.declarations) await complete(declaration);
  }
  return manifest;
}

async function complete(declaration: Declaration): Promise<void> {
  const { name, members = [] } = declaration;
  declaration.members = members.filter(
    (member) => !member.privacy?.startsWith('pr') && !member.static && !INTERNAL.test(member.name),
  );
  for (const { type } of [...declaration.members, ...(declaration.attributes ?? [])]) {
    if (type) type.text = SPELT[type.text] ?? type.text;
  }
  // Where the code fires by a variable, the analyzer takes the variable's name for that of an event.
  declaration.events = declaration.events?.filter((event) => event.name.includes('-'));
  if (name in TAGS) Object.assign(declaration, { tagName: TAGS[name], customElement: true });
  if (name !== 'SupportCenter') return;
  const described = new Set(declaration.cssParts?.map((part) => part.name));
  const missing = PARTS.filter((part) => !described.has(part));
  if (missing.length > 0) throw new Error(`Without a @csspart line: ${missing.join(', ')}.`);
  // What else is known of a token is for us.
  const tokens = (await readTokens()).map(({ name, default: value, description }) => ({
    name,
    default: value,
    description,
  }));
  declaration.cssProperties = [...tokens, ...(declaration.cssProperties ?? [])];
}

/** The same, of the files that are published. */
export function published(manifest: Manifest): Manifest {
  const text = JSON.stringify(manifest).replaceAll(/"\/?widget\/([\w-]+)\.ts"/g, '"dist/npm/widget/$1.js"');
  const whole = JSON.parse(text) as Manifest;
  const definitions = whole.modules.flatMap(({ path, declarations }) =>
    declarations
      .filter(({ tagName }) => tagName)
      .map(({ tagName, name }) => ({
        kind: 'custom-element-definition',
        name: tagName!,
        declaration: { name, module: path },
      })),
  );
  whole.modules.push({
    kind: 'javascript-module',
    path: 'dist/npm/widget/define.js',
    declarations: [],
    exports: definitions,
  });
  return whole;
}
