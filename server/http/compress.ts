import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import type { MiddlewareHandler } from 'hono';
import type { Env } from '../auth/env.ts';

const toGzip = promisify(gzip);
const toBrotli = promisify(brotliCompress);

/** Below this an answer fits into one packet anyway. */
export const MIN_BYTES = 1024;

export type Encoding = 'br' | 'gzip';

/**
 * The encoding that `Accept-Encoding` likes best of the two we speak; undefined: as it is.
 */
export function chooseEncoding(accepted: string | undefined): Encoding | undefined {
  if (!accepted) return undefined;
  const quality: Partial<Record<string, number>> = {};
  for (const part of accepted.toLowerCase().split(',')) {
    const [name = '', ...parameters] = part.split(';').map((word) => word.trim());
    const q = parameters.find((parameter) => parameter.startsWith('q='));
    quality[name] = q === undefined ? 1 : Number(q.slice(2)) || 0;
  }
  const of = (name: Encoding) => quality[name] ?? quality['*'] ?? 0;
  if (of('br') > 0 && of('br') >= of('gzip')) return 'br';
  return of('gzip') > 0 ? 'gzip' : undefined;
}

/** @param effort 0 (fast, for answers made anew each time) to 1 (small, for files compressed once) */
export async function compressBytes(
  bytes: Uint8Array,
  encoding: Encoding,
  effort: 0 | 1,
): Promise<Buffer<ArrayBuffer>> {
  if (encoding === 'gzip') return await toGzip(bytes, { level: effort ? 9 : 5 });
  return await toBrotli(bytes, {
    params: {
      [constants.BROTLI_PARAM_QUALITY]: effort ? 11 : 4,
      [constants.BROTLI_PARAM_SIZE_HINT]: bytes.byteLength,
    },
  });
}

/**
 * Compresses JSON answers, off the event loop. Nothing else: attachments go out as they are, and what is complete has
 * been through it (`json.ts`).
 */
export function compressJson(): MiddlewareHandler<Env> {
  return async (c, next) => {
    await next();
    if (c.get('isComplete')) return;
    const encoding = chooseEncoding(c.req.header('accept-encoding'));
    if (!encoding || c.req.method === 'HEAD') return;
    const { headers, status } = c.res;
    if (!/^application\/(?:problem\+)?json/.test(headers.get('content-type') ?? '')) return;
    if (!c.res.body || headers.has('content-encoding')) return;
    const bytes = new Uint8Array(await c.res.arrayBuffer());
    const isLarge = bytes.byteLength >= MIN_BYTES;
    const body = isLarge ? await compressBytes(bytes, encoding, 0) : bytes;
    const answer = new Headers(headers);
    answer.append('Vary', 'Accept-Encoding');
    if (isLarge) answer.set('Content-Encoding', encoding);
    answer.delete('Content-Length');
    c.res = undefined;
    c.res = new Response(new Uint8Array(body), { status, headers: answer });
  };
}
