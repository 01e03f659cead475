import { showBidiControls } from './bidi.ts';
import { parseInline } from './inline.ts';
import type { Block } from './tree.ts';

/** Quotes and lists inside of each other; deeper ones stay text. Bounds how often a line is looked at. */
const MAX_DEPTH = 5;

// The lookaheads keep a long run that is no fence from being tried at every length.
const FENCE = /^ {0,3}(`{3,}(?!`)|~{3,}(?!~))[^`]*$/;
const QUOTE = /^ {0,3}> ?/;
const ITEM = /^( {0,8})([-*+•]|\d{1,9}[.)])(?: +|$)/;

/**
 * Reads the small Markdown of messages: paragraphs, bold, italic, code, code blocks, links, lists, quotes. What is
 * not understood stays text; there is no HTML. Takes time linear in the length, whatever is written.
 */
export function parseMarkdown(source: string): Block[] {
  const lines = source
    .replace(/\r\n?/g, '\n')
    .split('\n')
    .map((line) => line.replace(/^[ \t]+/, (indent) => indent.replaceAll('\t', '    ')));
  return parseBlocks(lines, 0);
}

function parseBlocks(lines: readonly string[], depth: number): Block[] {
  const blocks: Block[] = [];
  let at = 0;
  while (at < lines.length) {
    const line = lines[at]!;
    if (line.trim() === '') {
      at += 1;
      continue;
    }
    const fence = FENCE.exec(line);
    if (fence) {
      const code = readCode(lines, at, fence[1]!);
      blocks.push({ type: 'code', text: code.text });
      at = code.end;
    } else if (depth < MAX_DEPTH && QUOTE.test(line)) {
      const from = at;
      while (at < lines.length && QUOTE.test(lines[at]!)) at += 1;
      const inner = lines.slice(from, at).map((quoted) => quoted.replace(QUOTE, ''));
      blocks.push({ type: 'quote', children: parseBlocks(inner, depth + 1) });
    } else if (depth < MAX_DEPTH && ITEM.test(line)) {
      const list = readList(lines, at, depth);
      blocks.push(list.block);
      at = list.end;
    } else {
      const from = at;
      do at += 1;
      while (at < lines.length && continuesParagraph(lines[at]!, depth));
      const text = lines.slice(from, at).join('\n').trim();
      blocks.push({ type: 'paragraph', children: parseInline(text) });
    }
  }
  return blocks;
}

function continuesParagraph(line: string, depth: number): boolean {
  if (line.trim() === '' || FENCE.test(line)) return false;
  if (depth >= MAX_DEPTH) return true;
  const item = ITEM.exec(line);
  // "… founded in\n1998. A year …" is no list; one that begins at 1 is meant as one.
  const startsList = item && item[0].length < line.length && /^(\D|1[.)]$)/.test(item[2]!);
  return !startsList && !QUOTE.test(line);
}

function readCode(lines: readonly string[], at: number, fence: string): { text: string; end: number } {
  const indent = lines[at]!.indexOf(fence);
  const closing = new RegExp(`^ {0,3}${fence[0]}{${fence.length},}\\s*$`);
  let end = at + 1;
  while (end < lines.length && !closing.test(lines[end]!)) end += 1;
  const content = lines.slice(at + 1, end).map((line) => {
    let cut = 0;
    while (cut < indent && line[cut] === ' ') cut += 1;
    return line.slice(cut);
  });
  // Without a closing fence the rest is code: a log pasted in haste.
  return { text: showBidiControls(content.join('\n').trimEnd()), end: end + 1 };
}

function readList(lines: readonly string[], at: number, depth: number): { block: Block; end: number } {
  const first = ITEM.exec(lines[at]!)!;
  const ordered = /\d/.test(first[2]!);
  const base = first[1]!.length;
  const items: Block[][] = [];
  let end = at;
  while (end < lines.length) {
    const item = ITEM.exec(lines[end]!);
    if (!item || /\d/.test(item[2]!) !== ordered || item[1]!.length < base) break;
    const content = [lines[end]!.slice(item[0].length)];
    // Up to the width of the marker: what is further in belongs to the item.
    const inset = item[1]!.length + 2;
    end += 1;
    for (;;) {
      let next = end;
      while (next < lines.length && lines[next]!.trim() === '') next += 1;
      if (next >= lines.length || indentOf(lines[next]!) < inset) break;
      while (end <= next) content.push(lines[end++]!.slice(inset));
    }
    items.push(parseBlocks(content, depth + 1));
    let next = end;
    while (next < lines.length && lines[next]!.trim() === '') next += 1;
    const following = next < lines.length ? ITEM.exec(lines[next]!) : null;
    if (!following || /\d/.test(following[2]!) !== ordered || following[1]!.length < base) break;
    end = next;
  }
  return { block: { type: 'list', start: ordered ? Number.parseInt(first[2]!, 10) : null, items }, end };
}

function indentOf(line: string): number {
  return line.length - line.trimStart().length;
}
