import { parentPort, workerData } from 'node:worker_threads';
import fc from 'fast-check';
import { cleanFileName, contentDisposition } from '../attachments/file-name.ts';
import { ClaimsSchema } from '../auth/claims.ts';
import { NewMessage, NewTicket } from '../contract/tickets.ts';
import { SettingsInput } from '../contract/settings.ts';
import { foldSubject, parseSearch } from '../db/search.ts';
import { chooseEncoding } from '../http/compress.ts';
import { requireVersion } from '../if-match.ts';
import { originalText } from '../mail/in/strip-quotes.ts';
import { toLine, toLines } from '../mail/templates/escape.ts';
import { bodyHtml, bodyText } from '../mail/templates/message-body.ts';
import { readIdempotencyKey } from '../tickets/idempotency.ts';
import { parseNumber } from '../tickets/numbers.ts';
import { EVERY_STRING } from './corpora.ts';

const { times, seed } = workerData as { times: number; seed?: number };

/** Ten times what can reach a reader: a pattern that takes the square of a length takes a hundred times as long. */
const MORE = 10;

/** Every reader of what users write, with the longest that can reach it. */
const READERS: Record<string, { max: number; read(text: string): unknown }> = {
  toLine: { max: 100_000, read: toLine },
  toLines: { max: 50_000, read: toLines },
  bodyHtml: { max: 50_000, read: bodyHtml },
  bodyText: { max: 50_000, read: bodyText },
  cleanFileName: { max: 80_000, read: cleanFileName },
  contentDisposition: { max: 200, read: (text) => contentDisposition('attachment', cleanFileName(text)) },
  foldSubject: { max: 100_000, read: foldSubject },
  parseSearch: { max: 200, read: (text) => parseSearch(text, 'SUP') },
  htmlMail: { max: 200_000, read: (html) => originalText({ text: null, html }) },
  textMail: { max: 200_000, read: (text) => originalText({ text, html: null }) },
  parseNumber: { max: 16_000, read: (text) => parseNumber('SUP', `SUP-${text}`) },
  chooseEncoding: { max: 16_000, read: chooseEncoding },
  ifMatch: { max: 16_000, read: (text) => attempt(() => requireVersion(text, 1)) },
  idempotencyKey: { max: 16_000, read: (text) => attempt(() => readIdempotencyKey(text)) },
  newTicket: {
    max: 250_000,
    read: (text) =>
      NewTicket.safeParse({
        subject: text,
        description: text,
        followUpOf: text,
        relatedApp: { id: text, name: text },
      }),
  },
  newMessage: { max: 250_000, read: (text) => NewMessage.safeParse({ body: text, attachmentIds: [text] }) },
  settings: {
    max: 250_000,
    read: (text) => SettingsInput.safeParse({ supportUrl: text, notificationEmail: text }),
  },
  claims: {
    max: 12_000,
    read: (text) => ClaimsSchema.safeParse({ sub: text, email: `${text}@${text}`, name: text }),
  },
};

function attempt(work: () => unknown): void {
  try {
    work();
  } catch {
    // A refusal is an answer.
  }
}

/** What repeats is what stalls: a head, one piece over and over, and an end that does not match. */
const pieces = fc.oneof(
  fc.constantFrom(
    ...' \t\n.-_*`[](){}<>@:/\\\'"=+?#&;,|~^$!%',
    'a',
    'A',
    '0',
    'é',
    '\u200b',
    '\u0301',
    'http://',
    'a@a.',
    '](',
    '**',
    '- ',
    '> ',
    '```\n',
    '<a',
    '<div>',
    '<table><tr><td>',
    '<p>x',
    '&#',
    '..',
    ' .',
    '-.',
    '\r',
    '\r\n',
    '\u2028',
  ),
  fc.constantFrom(...EVERY_STRING),
  fc.string({ unit: 'binary', minLength: 1, maxLength: 6 }),
);
const texts = fc.record({
  head: fc.oneof(fc.constant(''), pieces),
  piece: pieces,
  end: fc.oneof(fc.constant('x'), fc.constant('\0'), pieces),
});

let done = 0;
for (const [name, { max, read }] of Object.entries(READERS)) {
  fc.assert(
    fc.property(texts, ({ head, piece, end }) => {
      const text =
        head +
        piece.repeat(
          Math.max(1, Math.floor((max * MORE - head.length - end.length) / Math.max(1, piece.length))),
        ) +
        end;
      parentPort!.postMessage({
        reading: `${name}: ${JSON.stringify(head)} + ${JSON.stringify(piece)} × n + ${JSON.stringify(end)}`,
      });
      read(text);
      done += 1;
    }),
    { numRuns: times, seed, endOnFailure: true },
  );
}
// The worst known: what once took seconds.
for (const text of [`x${' '.repeat(499_998)}x`, `x${'\n'.repeat(499_998)}x`]) toLines(text);
cleanFileName(`x${'.'.repeat(790_000)}x`);
parentPort!.postMessage({ done });
