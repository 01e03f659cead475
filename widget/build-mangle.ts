import { glob, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import ts from 'typescript';

/** What hosts, the wire and the browser's storage know by name: nothing that is declared there is shortened. */
const PUBLIC_FILES = [
  'support-center.ts',
  'support-link.ts',
  'support-options.ts',
  'plain-json.ts',
  'events.ts',
  'token.ts',
  'drafts.ts',
  'stand-in.ts',
  'global.ts',
  'live-parse.ts',
  'text/text.ts',
];
/** Types of other files that hosts or storage know. */
const PUBLIC_TYPES = new Set(['TicketDefaults', 'ListFilter', 'Draft', 'Route']);
/** What Lit and its elements know of each other, and no page is told of. */
const LIT_NAMES =
  'createProperty getPropertyDescriptor elementStyles finalizeStyles createRenderRoot renderOptions isUpdatePending ' +
  'hasUpdated enableUpdating performUpdate shouldUpdate willUpdate firstUpdated addController hostConnected ' +
  'hostDisconnected hostUpdate hostUpdated';
/** As a class or type declares a member: at the beginning of a line. */
const DECLARED =
  /^\s*(?:(?:export|declare|readonly|static|get|set|abstract|protected|private|async) )*\[?['"]?([\w$]+)['"]?\??\s*[:(<;]/gm;

/**
 * The names of members that only our own modules use, so that the build may shorten them: declared below `room`, and
 * neither by the browser, Lit or the server's contract, nor said anywhere as a string.
 *
 * @param room folder of the element's sources
 * @returns what matches each of them
 */
export async function internalNames(room: string): Promise<RegExp> {
  const own = new Set<string>();
  const known = await foreignNames(room);
  for await (const path of glob('**/*.ts', { cwd: room })) {
    if (/\.test\.ts$|^(testing|frameworks)\/|^(build|size)/.test(path)) continue;
    const source = await readFile(join(room, path), 'utf8');
    const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
    const isPublic = PUBLIC_FILES.includes(path);
    const visit = (node: ts.Node, inPublic: boolean): void => {
      const here =
        inPublic ||
        ((ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) &&
          PUBLIC_TYPES.has(node.name.text));
      if (isMember(node) && ts.isIdentifier(node.name)) {
        const isOut = here || isReactive(node) || isWire(node);
        // A key of an object may be asked for by any string: only one that a type declares as well is shortened.
        if (isOut) known.add(node.name.text);
        else if (!ts.isObjectLiteralExpression(node.parent)) own.add(node.name.text);
      } else if (ts.isStringLiteralLike(node)) known.add(node.text);
      else if (isExported(node)) known.add(node.name!.text);
      else if (ts.isTemplateExpression(node)) {
        for (const [, name] of node.getText(tree).matchAll(/\.([\w$]+)=\$/g)) known.add(name!);
      }
      ts.forEachChild(node, (child) => visit(child, here));
    };
    visit(tree, isPublic);
  }
  const internal = [...own].filter((name) => !known.has(name));
  // And those that Lit means for its own modules alone.
  return new RegExp(`^(${[...internal, ...LIT_NAMES.split(' ')].join('|')}|_\\$[A-Za-z_]+\\$?)$`);
}

type Member = ts.Node & { name: ts.PropertyName };

function isMember(node: ts.Node): node is Member {
  return (
    ts.isPropertyDeclaration(node) ||
    ts.isMethodDeclaration(node) ||
    ts.isAccessor(node) ||
    ts.isPropertySignature(node) ||
    ts.isMethodSignature(node) ||
    ts.isPropertyAssignment(node) ||
    ts.isShorthandPropertyAssignment(node)
  );
}

/** Who imports a module late asks for it by that name. */
function isExported(node: ts.Node): node is ts.FunctionDeclaration | ts.ClassDeclaration {
  const isNamed = (ts.isFunctionDeclaration(node) || ts.isClassDeclaration(node)) && node.name !== undefined;
  return isNamed && (ts.getModifiers(node) ?? []).some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
}

/** A key of what is sent, or of what becomes a query or a header. */
function isWire({ parent }: ts.Node): boolean {
  if (!ts.isObjectLiteralExpression(parent)) return false;
  const { parent: around } = parent;
  return (
    ts.isNewExpression(around) ||
    (ts.isPropertyAssignment(around) && /^(body|headers|query)$/.test(around.name.getText()))
  );
}

/** Lit makes an attribute of its name. */
function isReactive(node: ts.Node): boolean {
  return ts.canHaveDecorators(node) && (ts.getDecorators(node)?.length ?? 0) > 0;
}

/** Every name that is declared outside: of the browser, the language, Lit, and what goes over the wire. */
async function foreignNames(room: string): Promise<Set<string>> {
  const { resolve } = createRequire(import.meta.url);
  const names = new Set<string>();
  const places: Array<[folder: string, pattern: string]> = [
    [dirname(resolve('typescript')), 'lib.{dom,dom.iterable,dom.asynciterable,es*}.d.ts'],
    [join(dirname(resolve('lit')), '..'), '{lit,lit-html,lit-element}/**/*.d.ts'],
    [join(dirname(resolve('lit')), '../@lit'), '*/**/*.d.ts'],
    [join(room, '../server/contract'), '*.ts'],
  ];
  for (const [cwd, pattern] of places) {
    for await (const path of glob(pattern, { cwd })) {
      for (const [, name] of (await readFile(join(cwd, path), 'utf8')).matchAll(DECLARED)) names.add(name!);
    }
  }
  return names;
}
