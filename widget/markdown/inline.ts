import { dropEmbeddings, showBidiControls } from './bidi.ts';
import { readDelimiter, resolveEmphasis, type Piece } from './emphasis.ts';
import { findBareLink, findTarget } from './links.ts';
import type { Inline } from './tree.ts';

/** What may begin something; all between is plain text and skipped at once. */
const SPECIAL = /[\\`*_[\]<]|https?:\/\/|[a-z0-9][a-z0-9._%+-]{0,63}@/giu;

/** Reads the marks inside a paragraph. Linear in the length of the source. */
export function parseInline(source: string): Inline[] {
  const pieces: Piece[] = [];
  /** Indexes in `pieces` of the `[` that may begin a link. */
  const brackets: number[] = [];
  const codeEnds = matchBackticks(source);
  let at = 0;
  let textFrom = 0;

  const flush = (to: number): void => {
    if (to > textFrom) pieces.push({ type: 'text', text: dropEmbeddings(source.slice(textFrom, to)) });
  };
  /** Ends the plain text before `at`, adds a piece and goes on at `end`. */
  const add = (piece: Piece, end: number): void => {
    flush(at);
    pieces.push(piece);
    at = textFrom = end;
  };

  for (;;) {
    SPECIAL.lastIndex = at;
    const match = SPECIAL.exec(source);
    if (!match) break;
    at = match.index;
    const char = match[0].length === 1 ? match[0] : 'link';
    // Other backslashes are part of a path.
    if (char === '\\' && /[*_`[\]<]/.test(source[at + 1] ?? '')) {
      add({ type: 'text', text: source[at + 1]! }, at + 2);
    } else if (char === '`') {
      const code = codeEnds.get(at);
      if (code) add({ type: 'code', text: codeText(source.slice(code.from, code.to)) }, code.end);
      else while (source[at] === '`') at += 1;
    } else if (char === '*' || char === '_') {
      const delimiter = readDelimiter(source, at);
      add(delimiter, at + delimiter.count);
    } else if (char === '[') {
      add({ type: 'text', text: '[' }, at + 1);
      brackets.push(pieces.length - 1);
    } else if (char === ']') {
      const opened = brackets.pop();
      const target = opened === undefined ? null : findTarget(source, at + 1);
      if (opened === undefined || !target) at += 1;
      else {
        flush(at);
        const children = withoutLinks(resolveEmphasis(pieces.splice(opened).slice(1)));
        pieces.push({ type: 'link', href: target.href, children });
        // Links do not nest: the brackets around this one are text.
        brackets.length = 0;
        at = textFrom = target.end;
      }
    } else if (char === 'link' || char === '<') {
      const from = char === '<' ? at + 1 : at;
      const link = /[\p{L}\p{N}]/u.test(source[from - 1] ?? ' ')
        ? null
        : findBareLink(source, from, brackets.length > 0);
      if (!link || (char === '<' && source[link.end] !== '>')) at += char === '<' ? 1 : match[0].length;
      else if (link.href === null) at = link.end;
      else {
        const text: Inline = { type: 'text', text: link.text };
        add({ type: 'link', href: link.href, children: [text] }, char === '<' ? link.end + 1 : link.end);
      }
    } else at += 1;
  }
  flush(source.length);
  return resolveEmphasis(pieces);
}

interface CodeSpan {
  from: number;
  to: number;
  end: number;
}

/** For each run of backticks, the next one of the same length: in one pass from the end. */
function matchBackticks(source: string): Map<number, CodeSpan> {
  const runs = [...source.matchAll(/`+/g)].map((match) => ({ at: match.index, length: match[0].length }));
  const spans = new Map<number, CodeSpan>();
  const next = new Map<number, number>();
  for (const { at, length } of runs.reverse()) {
    const closing = next.get(length);
    if (closing !== undefined) spans.set(at, { from: at + length, to: closing, end: closing + length });
    next.set(length, at);
  }
  return spans;
}

/** One space each side is there to set off a backtick. */
function codeText(source: string): string {
  const text = showBidiControls(source);
  return text.startsWith(' ') && text.endsWith(' ') && text.trim() !== '' ? text.slice(1, -1) : text;
}

/** The text of a link holds no other one. */
function withoutLinks(nodes: readonly Inline[]): Inline[] {
  return nodes.flatMap((node) => {
    if (node.type === 'link') return withoutLinks(node.children);
    if (node.type === 'strong' || node.type === 'emphasis') {
      return [{ ...node, children: withoutLinks(node.children) }];
    }
    return [node];
  });
}
