import { escapeHtml, toLines } from './escape.ts';

/** Characters of a message that a mail quotes: mailboxes clip what is longer, and the link has it all. */
const QUOTED_MAX = 20_000;

const PRE =
  'margin:0 0 12px;padding:10px 12px;background:#f6f7f9;border:1px solid #e3e6ea;border-radius:6px;' +
  'font:13px/1.5 ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;white-space:pre-wrap;word-break:break-word';
const PARAGRAPH = 'margin:0 0 12px';

/** What a person wrote, as plain text: its Markdown reads well as it is. */
export function bodyText(body: string): string {
  const text = toLines(body);
  if (text.length <= QUOTED_MAX) return text;
  return `${text
    .slice(0, QUOTED_MAX)
    .toWellFormed()
    .replace(/\ufffd$/, '')}\n[…]`;
}

/** The same as HTML: paragraphs, line breaks, indentation and fenced code; nothing of it is interpreted. */
export function bodyHtml(body: string): string {
  const blocks: string[] = [];
  let paragraph: string[] = [];
  let code: string[] | null = null;
  const endParagraph = () => {
    if (paragraph.length > 0)
      blocks.push(`<p style="${PARAGRAPH}">${paragraph.map(lineHtml).join('<br>')}</p>`);
    paragraph = [];
  };
  const endCode = () => {
    if (code) blocks.push(`<pre style="${PRE}">${escapeHtml(code.join('\n'))}</pre>`);
    code = null;
  };
  for (const line of bodyText(body).split('\n')) {
    if (/^\s{0,3}```/.test(line)) {
      if (code) {
        endCode();
      } else {
        endParagraph();
        code = [];
      }
    } else if (code) {
      code.push(line);
    } else if (line.trim() === '') {
      endParagraph();
    } else {
      paragraph.push(line);
    }
  }
  endCode();
  endParagraph();
  return blocks.join('\n');
}

function lineHtml(line: string): string {
  const indent = /^[ \t]*/.exec(line)?.[0] ?? '';
  const width = indent.replaceAll('\t', '    ').length;
  return '&nbsp;'.repeat(Math.min(width, 40)) + escapeHtml(line.slice(indent.length));
}
