import type { Context } from 'hono';
import type { Env } from '../auth/env.ts';
import { chooseEncoding, compressBytes, MIN_BYTES } from './compress.ts';
import { completeHeaders } from './headers.ts';

/** Answers JSON that has been made already, compressed where the client likes that. */
export async function answerBytes(
  c: Context<Env>,
  bytes: Uint8Array<ArrayBuffer>,
  status: number = 200,
  more: Record<string, string> = {},
): Promise<Response> {
  const headers = completeHeaders(c, { 'Content-Type': 'application/json', ...more });
  const encoding = c.req.method === 'HEAD' ? undefined : chooseEncoding(c.req.header('accept-encoding'));
  if (!encoding) return new Response(bytes, { status, headers });
  headers['Vary'] = headers['Vary'] ? `${headers['Vary']}, Accept-Encoding` : 'Accept-Encoding';
  if (bytes.byteLength < MIN_BYTES) return new Response(bytes, { status, headers });
  headers['Content-Encoding'] = encoding;
  return new Response(await compressBytes(bytes, encoding, 0), { status, headers });
}

/** A part of an answer, and whether `isWide` holds for it. */
export interface Piece {
  text: string;
  isWide: boolean;
}

const WIDE = /[^\0-\xff]/;

/** Whether a text has a character in it that makes it twice as long in memory, and dear to encode. */
export function isWide(text: string): boolean {
  return WIDE.test(text);
}

/** The pieces with commas in between, as texts to be sent in turn: what is wide is kept apart. */
export function joinPieces(pieces: readonly Piece[]): string[] {
  const texts: string[] = [];
  let narrow = '';
  let separator = '';
  for (const piece of pieces) {
    if (piece.isWide) {
      texts.push(narrow, separator + piece.text);
      narrow = '';
    } else narrow += separator + piece.text;
    separator = ',';
  }
  texts.push(narrow);
  return texts;
}

/** Where pieces are put together; whatever is larger gets its own. */
const SCRATCH = Buffer.allocUnsafeSlow(256 * 1024);

/**
 * JSON as bytes. A text with any character beyond Latin-1 in it is turned into UTF-8 at four times the price: each piece
 * by itself, so that none costs more for another.
 */
export function encodePieces(pieces: readonly string[]): Uint8Array<ArrayBuffer> {
  if (pieces.length === 1) return Buffer.from(pieces[0]!);
  const most = pieces.reduce((sum, piece) => sum + piece.length * 3, 0);
  if (most > SCRATCH.length) return Buffer.concat(pieces.map((piece) => Buffer.from(piece)));
  let end = 0;
  for (const piece of pieces) end += SCRATCH.write(piece, end);
  const bytes = Buffer.allocUnsafeSlow(end);
  bytes.set(SCRATCH.subarray(0, end));
  return bytes;
}
