import { transform, type Plugin } from 'esbuild';
import { readFile } from 'node:fs/promises';
import ts from 'typescript';
import { decoratorEdits } from './build-decorators.ts';
import { shortNames } from './build-names.ts';

/** What stands from `start` to `end` becomes `text`. */
export interface Edit {
  start: number;
  end: number;
  text: string;
}

/**
 * Shortens the text inside `html`, `svg` and `css` templates, which no minifier of JavaScript touches: indentation
 * becomes one space, style sheets without expressions go through esbuild's own minifier. And says in fewer words what
 * decorators say.
 *
 * @param room only files below this folder
 */
export function minifyTemplates(room: string): Plugin {
  const names = shortNames(room);
  const done = new Map<string, Promise<string>>();
  return {
    name: 'minify-templates',
    setup(build) {
      build.onLoad({ filter: /\.ts$/ }, async ({ path }) => {
        if (!path.startsWith(room)) return undefined;
        // Every part of the build asks for the same files.
        let contents = done.get(path);
        if (!contents) {
          contents = Promise.all([names, readFile(path, 'utf8')]).then(([short, source]) =>
            shorten(path, short(source)),
          );
          done.set(path, contents);
        }
        return { contents: await contents, loader: 'ts' };
      });
    },
  };
}

async function shorten(path: string, source: string): Promise<string> {
  if (!/\b(html|svg|css)`|lit\/decorators/.test(source)) return source;
  const tree = ts.createSourceFile(path, source, ts.ScriptTarget.Latest, true);
  const edits = decoratorEdits(tree);
  const sheets: ts.NoSubstitutionTemplateLiteral[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isTaggedTemplateExpression(node)) {
      const tag = node.tag.getText(tree);
      const whole = ts.isNoSubstitutionTemplateLiteral(node.template) ? node.template : null;
      if (tag === 'css' && whole) sheets.push(whole);
      else if (tag === 'html' || tag === 'svg' || tag === 'css')
        edits.push(...collapse(node.template, source));
    }
    ts.forEachChild(node, visit);
  };
  visit(tree);
  for (const sheet of sheets) edits.push(await minifySheet(sheet));
  // From the end, so that the positions before stay true.
  edits.sort((a, b) => b.start - a.start);
  return edits.reduce((text, edit) => text.slice(0, edit.start) + edit.text + text.slice(edit.end), source);
}

/**
 * A line break with its indentation is one space to HTML; elements that keep spaces get theirs by expression. A value of
 * one word needs no quotes.
 */
function collapse(template: ts.TemplateLiteral, source: string): Edit[] {
  const pieces = ts.isNoSubstitutionTemplateLiteral(template)
    ? [template]
    : [template.head, ...template.templateSpans.map((span) => span.literal)];
  return pieces.map((piece) => {
    const [start, end] = [piece.getStart(), piece.getEnd()];
    const text = source
      .slice(start, end)
      .replace(/\s*\n\s*/g, ' ')
      .replace(/( [@\w-]+=)"([\w-]+)"(?=[ >])/g, '$1$2');
    // Around a whole template is nothing that a space could part.
    return { start, end, text: text.replace(/^` /, '`').replace(/ `$/, '`') };
  });
}

async function minifySheet(sheet: ts.NoSubstitutionTemplateLiteral): Promise<Edit> {
  const { code } = await transform(sheet.text, { loader: 'css', minify: true, charset: 'utf8' });
  // The values of custom properties are left as they are by the minifier.
  const short = code.replace(/(--_\w+): ?([^;}]*)/g, (_, name: string, value: string) => {
    const tight = value.replace(/, /g, ',').replace(/#(\w)\1(\w)\2(\w)\3\b/g, '#$1$2$3');
    return `${name}:${tight}`;
  });
  const text = short.trim().replace(/[\\`]|\$\{/g, '\\$&');
  return { start: sheet.getStart(), end: sheet.getEnd(), text: `\`${text}\`` };
}
