import type { Fragment } from './fragment.ts';

/** A subject search, ready for the database. */
export interface Search {
  /** Folded; all of them must be there. */
  words: readonly string[];
  /** The full-text index that narrows it down; null: no index can, rows are looked at one by one. */
  index: SearchIndex | null;
  /** True of every row whose subject matches. */
  subject: Fragment;
  /** The same for a folded subject at hand; null: only `subject` knows. */
  matches: ((folded: string) => boolean) | null;
  /** Ids whose ticket number begins with what was typed, both ends included. */
  numbers: ReadonlyArray<readonly [number, number]>;
}

export interface SearchIndex {
  table: 'subject_trigrams' | 'subject_words';
  match: string;
  /** Whatever it finds matches: nothing is left to verify. */
  exact: boolean;
}

/** Marks that people leave out when they type: accents, niqqud, harakat. Vowel signs of Indic scripts stay. */
const OPTIONAL_MARKS =
  /[\u0300-\u036f\u0483-\u0487\u0591-\u05bd\u05bf\u05c1\u05c2\u05c4\u05c5\u05c7\u0610-\u061a\u064b-\u065f\u0670\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]/gu;

/** Scripts written without spaces: one or two characters are a word, wherever they stand. */
const UNSPACED =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** In a GLOB class: what ends a word for the `subject_words` index and can stand in a folded subject. */
const WORD_BREAKS = ' -/:-@[-`{-~\u00a1-\u00bf\u2000-\u2bff\u3000-\u3004\u3008-\u3020\u{1f000}-\u{1faff}';

/** Digits of the largest number that is looked for. */
const MAX_DIGITS = 9;

/**
 * The form in which subjects are indexed and searched: without case, accents, compatibility variants and
 * surplus white space, so that `CAFÉ` finds `cafe`. SQLite's own LIKE folds ASCII only.
 */
export function foldSubject(text: string): string {
  // Most subjects: there is nothing in them to take apart.
  if (/^[ -~]*$/.test(text)) return text.toLowerCase().replace(/ {2,}/g, ' ').trim();
  return text
    .toWellFormed()
    .normalize('NFKD')
    .toLowerCase()
    .normalize('NFKD')
    .replace(OPTIONAL_MARKS, '')
    .replace(/\p{Cf}/gu, '')
    .replaceAll('ß', 'ss')
    .replaceAll('ς', 'σ')
    .normalize('NFC')
    .replace(/[\s\p{Cc}]+/gu, ' ')
    .trim();
}

/**
 * Reads what was typed into the search field: a ticket number or its leading part (`SUP-1042`, `sup-10`,
 * `#1042`, `1042`), and words that must all stand in the subject: those of one or two letters at the
 * beginning of a word, longer ones anywhere. Nothing in it is an operator.
 *
 * @returns null when nothing was typed that could be looked for
 */
export function parseSearch(typed: string, prefix: string): Search | null {
  const folded = foldSubject(typed);
  if (folded === '') return null;
  const words = [...new Set(folded.split(' '))];
  return {
    words,
    index: indexFor(words),
    subject: subjectCondition(words),
    matches: words.some(isWordBeginning) ? null : (folded) => words.every((word) => folded.includes(word)),
    numbers: numberRanges(folded, prefix),
  };
}

function numberRanges(folded: string, prefix: string): Array<[number, number]> {
  const start = foldSubject(prefix);
  // Typed on the way to a number: every ticket's number begins so.
  if (folded === `${start}-`) return [[0, 10 ** MAX_DIGITS]];
  const digits = new RegExp(`^(?:#|#?${start}-?)?([1-9][0-9]*)$`, 'u').exec(folded)?.[1];
  if (digits === undefined || digits.length > MAX_DIGITS) return [];
  const ranges: Array<[number, number]> = [];
  for (let width = 1; digits.length - 1 + Math.log10(width) < MAX_DIGITS; width *= 10) {
    const first = Number(digits) * width;
    ranges.push([first, first + width - 1]);
  }
  return ranges;
}

function indexFor(words: string[]): SearchIndex | null {
  const long = words.filter((word) => lengthOf(word) >= 3);
  if (long.length > 0) {
    const match = [...new Set(long.flatMap(trigramsOf))].map(quote).join(' AND ');
    return { table: 'subject_trigrams', match, exact: words.every((word) => lengthOf(word) === 3) };
  }
  const beginnings = words.filter(isWordBeginning);
  if (beginnings.length === 0) return null;
  const match = beginnings.map((word) => `${quote(word)} *`).join(' AND ');
  return { table: 'subject_words', match, exact: beginnings.length === words.length };
}

/** Enough to cover the word once; the condition verifies that they stand together. */
function trigramsOf(word: string): string[] {
  const letters = [...word];
  const found: string[] = [];
  for (let at = 0; at < letters.length; at += 3) {
    const from = Math.min(at, letters.length - 3);
    found.push(letters.slice(from, from + 3).join(''));
  }
  return found;
}

function subjectCondition(words: string[]): Fragment {
  const parameters: string[] = [];
  const conditions = words.map((word) => {
    if (isWordBeginning(word)) {
      parameters.push(`*[${WORD_BREAKS}]${word}*`);
      return `' ' || tickets.subject_search GLOB ?`;
    }
    parameters.push(word);
    return 'instr(tickets.subject_search, ?) > 0';
  });
  return { sql: conditions.join(' AND '), parameters };
}

/** One or two letters stand for the beginning of a word, unless the script has no spaces. */
export function isWordBeginning(word: string): boolean {
  return lengthOf(word) <= 2 && /^[\p{L}\p{N}]+$/u.test(word) && !UNSPACED.test(word);
}

function lengthOf(word: string): number {
  return [...word].length;
}

/** As an FTS5 string: no operator, no column filter, no syntax error. */
function quote(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
