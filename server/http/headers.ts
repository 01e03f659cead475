import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../auth/env.ts';

/**
 * Set before the handler runs, so that a handler's own value replaces one of these. Answers of the API are
 * data: nothing may render, frame or cache them.
 */
const API_HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

export function secureHeaders(): MiddlewareHandler<Env> {
  return (c, next) => {
    setSecureHeaders(c);
    return next();
  };
}

export function setSecureHeaders(c: Context<Env>): void {
  for (const name in API_HEADERS) c.header(name, API_HEADERS[name as keyof typeof API_HEADERS]);
}

/**
 * Lets pages of the listed origins read the answers. No credentials: the API knows no cookie, and a page
 * that may not read an answer gets no header at all.
 *
 * @param origins exact ones; empty is same origin only
 */
export function crossOrigin(origins: string[]): MiddlewareHandler<Env> {
  const allowed = new Set(origins);
  return async (c, next) => {
    if (allowed.size > 0) c.header('Vary', 'Origin', { append: true });
    const origin = c.req.header('origin');
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      c.header('Access-Control-Allow-Origin', origin);
      c.header('Access-Control-Expose-Headers', 'ETag, Location, Retry-After, X-Request-Id');
      // Pages that isolate themselves (COEP) need this one too.
      c.header('Cross-Origin-Resource-Policy', 'cross-origin');
    }
    if (c.req.method !== 'OPTIONS') return await next();
    if (isAllowed) {
      c.header('Access-Control-Allow-Methods', 'GET, HEAD, POST, PUT, PATCH, DELETE');
      c.header(
        'Access-Control-Allow-Headers',
        'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID',
      );
      c.header('Access-Control-Max-Age', '7200');
    }
    return c.body(null, 204);
  };
}
