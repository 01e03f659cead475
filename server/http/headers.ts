import type { Context, MiddlewareHandler } from 'hono';
import type { Env } from '../auth/env.ts';

/** Answers of the API are data: nothing may render, frame or cache them. */
const API_HEADERS = {
  'Strict-Transport-Security': 'max-age=31536000',
  'X-Content-Type-Options': 'nosniff',
  'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'",
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Resource-Policy': 'same-origin',
  'Cache-Control': 'no-store',
};

/**
 * Collects the headers that every answer has, whatever becomes of the request. They are a plain object until the
 * answer is there: a `Headers` made for each request, and taken apart again by Node, cost a tenth of a list.
 */
export function beginHeaders(c: Context<Env>, requestId: string): void {
  c.set('headers', { 'X-Request-Id': requestId, ...API_HEADERS });
}

/** @returns the headers for an answer that is made by hand: nothing is added to it any more */
export function completeHeaders(c: Context<Env>, more: Record<string, string>): Record<string, string> {
  c.set('isComplete', true);
  return { ...c.get('headers'), ...more };
}

/** Adds them to an answer that has been made without; its own value of one of them stays. */
export function finishHeaders(c: Context<Env>): void {
  if (c.get('isComplete')) return;
  const { headers } = c.res;
  const own = c.get('headers');
  for (const name in own) {
    if (name === 'Vary') headers.append(name, own[name]!);
    else if (!headers.has(name)) headers.set(name, own[name]!);
  }
}

/** For paths where nothing has begun any. */
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
    const headers = c.get('headers');
    if (allowed.size > 0) headers['Vary'] = 'Origin';
    const origin = c.req.header('origin');
    const isAllowed = origin !== undefined && allowed.has(origin);
    if (isAllowed) {
      headers['Access-Control-Allow-Origin'] = origin;
      headers['Access-Control-Expose-Headers'] = 'ETag, Location, Retry-After, X-Request-Id';
      // Pages that isolate themselves (COEP) need this one too.
      headers['Cross-Origin-Resource-Policy'] = 'cross-origin';
    }
    if (c.req.method !== 'OPTIONS') return next();
    if (isAllowed) {
      headers['Access-Control-Allow-Methods'] = 'GET, HEAD, POST, PUT, PATCH, DELETE';
      headers['Access-Control-Allow-Headers'] =
        'Authorization, Content-Type, If-Match, If-None-Match, Idempotency-Key, Last-Event-ID';
      headers['Access-Control-Max-Age'] = '7200';
    }
    return c.body(null, 204);
  };
}
