import { createRequire } from 'node:module';
import { Worker } from 'node:worker_threads';

/** Loaded with the first mail that has no text: it keeps some megabytes in memory. */
const htmlToText = () => createRequire(import.meta.url)('html-to-text') as typeof import('html-to-text');

/** Answers stand at the top; what lies beyond this is quoted text, or more than a message may have. */
const STRIPPED_MAX = 100_000;
/** The library's patterns can take very long on text that is made for it. */
const PATIENCE_MS = 5_000;
/**
 * Of HTML: the answer is far above. The library takes the square of the tags that stand inside each other, and
 * two million letters of them kept the process for minutes.
 */
const HTML_MAX = 150_000;
/** Tags inside each other; tables in tables of a newsletter are some fifty. */
const DEPTH_MAX = 200;

/** Where mail programs put what they quote, when they say so in the HTML. */
const QUOTES = [
  '.gmail_quote',
  '.gmail_quote_container',
  '.gmail_signature',
  '.yahoo_quoted',
  '.protonmail_quote',
  '.moz-cite-prefix',
  '.moz-signature',
  '#Signature',
  '#ms-outlook-mobile-signature',
  'blockquote[type=cite]',
];

/**
 * What a person wrote, without what they quoted and without their signature. Where nothing would be
 * left, all of it.
 *
 * @param mail.text preferred where there is one
 */
export async function stripQuotes(mail: { text: string | null; html: string | null }): Promise<string> {
  const whole = originalText(mail);
  const text =
    mail.text !== null
      ? normalise(mail.text)
      : mail.html === null
        ? ''
        : toText(cutOutlookQuote(mail.html), QUOTES);
  const answer = await parse(text.slice(0, STRIPPED_MAX));
  return cutAttribution(cutHeaderBlock(answer).trim()).trim() || whole;
}

/** All of a mail's text, as an agent may want to read it. */
export function originalText({ text, html }: { text: string | null; html: string | null }): string {
  return normalise(text ?? (html === null ? '' : toText(html, [])));
}

function toText(html: string, skipped: readonly string[]): string {
  return normalise(
    htmlToText().convert(html.slice(0, HTML_MAX), {
      wordwrap: false,
      limits: { maxInputLength: HTML_MAX, maxDepth: DEPTH_MAX },
      selectors: [
        { selector: 'a', options: { hideLinkHrefIfSameAsText: true, ignoreHref: false } },
        { selector: 'img', format: 'skip' },
        ...['h1', 'h2', 'h3', 'h4', 'h5', 'h6'].map((selector) => ({
          selector,
          options: { uppercase: false },
        })),
        ...skipped.map((selector) => ({ selector, format: 'skip' })),
      ],
    }),
  );
}

/** Outlook marks only where its quote begins; all that follows is the quote. */
function cutOutlookQuote(html: string): string {
  const start =
    /<(?:div|hr)[^>]{0,200}\bid="?(?:appendonsend|divRplyFwdMsg|mail-editor-reference-message-container)\b/i;
  const at = html.search(start);
  return at > 0 ? html.slice(0, at) : html;
}

/**
 * The block of headers above what Outlook quotes, in languages that the library does not know: an address
 * line, then lines that name a date, a recipient and a subject.
 */
function cutHeaderBlock(text: string): string {
  const lines = text.split('\n');
  const at = lines.findIndex((line, index) => {
    if (!/^\s*\*?[\p{L} ]{1,20}\s?[:：]\*?\s.{0,300}@/u.test(line)) return false;
    const next = lines.slice(index + 1, index + 5);
    return next.filter((one) => /^\s*\*?[\p{L} ]{1,20}\s?[:：]\*?\s/u.test(one)).length >= 2;
  });
  return at < 0 ? text : lines.slice(0, at).join('\n');
}

/** The line above a quote, in languages that the library does not know: a time, an address, a colon at the end. */
function cutAttribution(text: string): string {
  const at = text.lastIndexOf('\n\n');
  const last = text.slice(at + 1).trim();
  const isAttribution =
    last.length < 500 && /[:：]$/.test(last) && last.includes('@') && /\d{1,2}[:.h]\d{2}/.test(last);
  return at > 0 && isAttribution ? text.slice(0, at) : text;
}

/** The library, in a thread that is ended when it takes too long: then the text stays as it is. */
async function parse(text: string): Promise<string> {
  if (text.trim() === '') return '';
  const worker = new Worker(PARSER, {
    eval: true,
    workerData: { text, library: import.meta.resolve('email-reply-parser') },
    execArgv: [],
  });
  try {
    return await new Promise<string>((resolve) => {
      const timer = setTimeout(() => resolve(text), PATIENCE_MS);
      const settle = (result: string) => {
        clearTimeout(timer);
        resolve(result);
      };
      worker.once('message', (message: unknown) => settle(typeof message === 'string' ? message : text));
      worker.once('error', () => settle(text));
    });
  } finally {
    await worker.terminate();
  }
}

const PARSER = `
const { parentPort, workerData } = require('node:worker_threads');
import(workerData.library).then(({ default: Parser }) => {
  parentPort.postMessage(new Parser().read(workerData.text).getVisibleText());
});
`;

/** Line ends and white space as one knows them, nothing unseen. */
function normalise(text: string): string {
  return text
    .toWellFormed()
    .replace(/\r\n?/g, '\n')
    .replace(/\u00a0/g, ' ')
    .replace(/[^\P{Cc}\n\t]/gu, '')
    .replace(/[\u200b\u2060\ufeff]/g, '')
    .split('\n')
    .map((line) => line.trimEnd())
    .join('\n')
    .replace(/\n{4,}/g, '\n\n\n')
    .trim();
}
