import type { Page } from 'playwright-core';

/** Rows of the list that are enough to know them all. */
const ROWS = 3;

/** What another day tells otherwise: ages in `time` elements, and dates wherever they are. */
const WHEN = [
  /(?<=- time: ).+/g,
  /\b[A-Z][a-z]{2,8} \d{1,2}, \d{4}\b/g,
  /\b\d{1,2} [A-Z][a-z]{2,8} \d{4}\b/g,
];

/** Marks of what is unread: who looked at it before is another thing in every run. */
const UNREAD = /^ *- (?:paragraph: New|text: New reply)\n|, \d+ unread tickets?|(?<=\[expanded\]): "\d+"/gm;

/**
 * The accessibility tree of the element as text, once it does not change any more: without what is another thing
 * every day, and without most rows of a long list.
 */
export async function readTree(page: Page): Promise<string> {
  const element = page.locator('main support-center');
  let tree = '';
  for (;;) {
    const next = await element.ariaSnapshot();
    if (next === tree) break;
    tree = next;
    await page.waitForTimeout(300);
  }
  const dateless = WHEN.reduce((text, pattern) => text.replace(pattern, 'WHEN'), tree.replace(UNREAD, ''));
  return `${withoutMostRows(dateless.split('\n')).join('\n')}\n`;
}

/** The rows of `list "Tickets"` after the first few are gone, with all that is below them. */
function withoutMostRows(lines: readonly string[]): string[] {
  const depth = (line: string): number => line.length - line.trimStart().length;
  const start = lines.findIndex((line) => line.includes('list "Tickets"'));
  if (start < 0) return [...lines];
  const after = lines.findIndex((line, index) => index > start && depth(line) <= depth(lines[start]!));
  const end = after < 0 ? lines.length : after;
  const isRow = (line: string): boolean => depth(line) === depth(lines[start]!) + 2;
  let row = 0;
  return lines.filter((line, index) => {
    if (index <= start || index >= end) return true;
    if (isRow(line)) row += 1;
    return row <= ROWS;
  });
}
