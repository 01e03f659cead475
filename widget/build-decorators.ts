import ts from 'typescript';
import type { Edit } from './build-templates.ts';

/**
 * Lit's other way to say the same, without the code of the decorators: `@property()` and `@state()` become the static
 * `properties` of the class, `@query()` a getter.
 *
 * @param tree of one file
 * @throws when a decorator is met that is none of these
 */
export function decoratorEdits(tree: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  for (const statement of tree.statements) {
    if (
      ts.isImportDeclaration(statement) &&
      statement.moduleSpecifier.getText(tree) === "'lit/decorators.js'"
    ) {
      edits.push({ start: statement.getStart(tree), end: statement.getEnd(), text: '' });
    }
    if (ts.isClassDeclaration(statement)) edits.push(...classEdits(statement, tree));
  }
  return edits;
}

function classEdits(node: ts.ClassDeclaration, tree: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  const properties: string[] = [];
  for (const member of node.members) {
    for (const decorator of (ts.canHaveDecorators(member) && ts.getDecorators(member)) || []) {
      const { kind, given } = readCall(decorator, tree);
      const name = member.name!.getText(tree);
      let end = decorator.getEnd();
      let text = '';
      if (kind === 'property') properties.push(`${name}: ${given || '{}'}`);
      else if (kind === 'state') properties.push(`${name}: { state: true }`);
      else {
        end = member.getEnd();
        text = `get ${name}() { return this.renderRoot?.querySelector(${given}) ?? null; }`;
      }
      edits.push({ start: decorator.getStart(tree), end, text });
    }
  }
  if (properties.length > 0) {
    const start = node.members.pos;
    edits.push({ start, end: start, text: `static properties = { ${properties.join(', ')} };` });
  }
  return edits;
}

function readCall({ expression }: ts.Decorator, tree: ts.SourceFile): { kind: string; given: string } {
  const kind = ts.isCallExpression(expression) ? expression.expression.getText(tree) : '';
  if (!['property', 'state', 'query'].includes(kind)) {
    throw new Error(`${tree.fileName}: the build knows no @${expression.getText(tree)}.`);
  }
  const [given] = (expression as ts.CallExpression).arguments;
  return { kind, given: given?.getText(tree) ?? '' };
}
