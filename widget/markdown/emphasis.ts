import type { Inline } from './tree.ts';

/** A run of `*` or `_` that may open or close emphasis. */
export interface Delimiter {
  type: 'delimiter';
  char: string;
  count: number;
  opens: boolean;
  closes: boolean;
}

export type Piece = Inline | Delimiter;

/**
 * Openers that are kept waiting for their closer. Bounds how deep the tree gets (two levels each); the oldest gives
 * way, so that stray asterisks far above cost a later `**bold**` nothing.
 */
const MAX_OPEN = 8;
/** A longer run is a line drawn with asterisks, not emphasis. */
const MAX_RUN = 3;

const SPACE = /\s/;
const WORD = /[\p{L}\p{N}]/u;
const MARK = /[^\p{L}\p{N}\s]/u;
/** Letters without case, such as Chinese and Japanese ones, belong to texts that put no space between words. */
const BOUNDARY = /[^\p{Lu}\p{Ll}\p{Lt}\p{N}]/u;

/** Reads the run at `at`. White space, punctuation and word characters around it decide what it may do. */
export function readDelimiter(source: string, at: number): Delimiter {
  const char = source[at]!;
  let end = at;
  while (source[end] === char) end += 1;
  const count = end - at;
  const before = source[at - 1] ?? ' ';
  const after = source[end] ?? ' ';
  const left = !SPACE.test(after) && (!MARK.test(after) || BOUNDARY.test(before));
  const right = !SPACE.test(before) && (!MARK.test(before) || BOUNDARY.test(after));
  // snake_case and 2*3*4 stay as they are.
  const inWord =
    char === '_'
      ? WORD.test(before) && WORD.test(after)
      : count === 1 && /[a-z0-9]/i.test(before) && /[a-z0-9]/i.test(after);
  const usable = count <= MAX_RUN && !inWord;
  return { type: 'delimiter', char, count, opens: usable && left, closes: usable && right };
}

interface Opener {
  delimiter: Delimiter;
  /** Where it stands in the output. */
  index: number;
}

/** Pairs delimiters into `strong` and `emphasis`; what has no partner becomes text. Linear in the pieces. */
export function resolveEmphasis(pieces: readonly Piece[]): Inline[] {
  const out: Piece[] = [];
  const openers: Opener[] = [];
  for (const piece of pieces) {
    if (piece.type !== 'delimiter') {
      out.push(piece);
      continue;
    }
    const delimiter = { ...piece };
    if (delimiter.closes) close(out, openers, delimiter);
    if (delimiter.count === 0) continue;
    if (delimiter.opens) {
      openers.push({ delimiter, index: out.length });
      if (openers.length > MAX_OPEN) openers.shift();
    }
    out.push(delimiter);
  }
  return asNodes(out);
}

function close(out: Piece[], openers: Opener[], closer: Delimiter): void {
  while (closer.count > 0) {
    const at = openers.findLastIndex(({ delimiter }) => delimiter.char === closer.char);
    const opener = openers[at];
    if (!opener) return;
    // What was opened between the two can no longer be closed.
    openers.length = at + 1;
    const used = Math.min(2, opener.delimiter.count, closer.count);
    // Each piece moves once, into its parent.
    const children = asNodes(out.splice(opener.index + 1));
    out.push({ type: used === 2 ? 'strong' : 'emphasis', children });
    opener.delimiter.count -= used;
    closer.count -= used;
    if (opener.delimiter.count === 0) {
      openers.pop();
      out.splice(opener.index, 1);
    }
  }
}

/** Delimiters without a partner become text; neighbouring texts become one, empty ones none. */
function asNodes(pieces: readonly Piece[]): Inline[] {
  const nodes: Inline[] = [];
  let texts: string[] = [];
  const flush = (): void => {
    const text = texts.join('');
    if (text) nodes.push({ type: 'text', text });
    texts = [];
  };
  for (const piece of pieces) {
    if (piece.type === 'delimiter') texts.push(piece.char.repeat(piece.count));
    else if (piece.type === 'text') texts.push(piece.text);
    else {
      flush();
      nodes.push(piece);
    }
  }
  flush();
  return nodes;
}
