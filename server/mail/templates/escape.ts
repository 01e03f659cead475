const ENTITIES: Record<string, string> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
};

/** For text and for quoted attribute values alike. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => ENTITIES[character] as string);
}

/**
 * One line for a header or a heading: nothing that could end it and start another header, and no
 * invisible characters that reorder what is read.
 */
export function toLine(text: string): string {
  return stripInvisible(text)
    .replace(/[\s\p{Cc}\u2028\u2029]+/gu, ' ')
    .trim();
}

/**
 * Several lines: line ends become `\n`, other control characters go, and so do blank lines at either end.
 * White space is trimmed line by line: a pattern such as `\s+$` tries a long run of it from every one of its
 * characters, and 50,000 spaces would keep the process for seconds.
 */
export function toLines(text: string): string {
  const lines = stripInvisible(text)
    .replace(/\r\n?|[\u2028\u2029\u0085]/g, '\n')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .split('\n')
    .map((line) => line.trimEnd());
  const first = lines.findIndex((line) => line !== '');
  return first === -1 ? '' : lines.slice(first, lines.findLastIndex((line) => line !== '') + 1).join('\n');
}

/** Directional overrides and isolates, and halves of characters that UTF-8 cannot carry. */
function stripInvisible(text: string): string {
  return text.toWellFormed().replace(/[\u202a-\u202e\u2066-\u2069\u200e\u200f\ufeff]/g, '');
}
