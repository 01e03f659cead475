import { randomUUID } from 'node:crypto';
import type { MiddlewareHandler } from 'hono';
import { routePath } from 'hono/route';
import type { Actor, Deps } from '../deps.ts';
import type { Env } from '../auth/env.ts';
import { beginHeaders, finishHeaders } from './headers.ts';

/** What is known of a request once it is answered. `route` is its pattern: never a query, never a number. */
export interface Answered {
  method: string;
  route: string;
  status: number;
  /** Seconds. */
  duration: number;
}

const QUIET = new Set(['/healthz', '/readyz', '/metrics']);

/**
 * Around everything else: gives every request an id (its own `X-Request-Id` where that is a plain word) and every
 * answer its headers, and tells the log and `answered` what became of it. Neither gets a query value, a token or a text.
 *
 * @param isDraining the connection is to be closed after the answer
 */
export function observe(
  deps: Deps,
  isDraining: () => boolean,
  answered?: (request: Answered) => void,
): MiddlewareHandler<Env> {
  return async (c, next) => {
    const given = c.req.header('x-request-id');
    const requestId = given !== undefined && /^[\w.-]{8,64}$/.test(given) ? given : randomUUID();
    c.set('requestId', requestId);
    beginHeaders(c, requestId);
    // A stopwatch, not the time of day: the clock may jump.
    const started = performance.now();
    await next();
    finishHeaders(c);
    if (isDraining()) c.res.headers.set('Connection', 'close');
    const seconds = (performance.now() - started) / 1000;
    const { method } = c.req;
    // After `next`, the route that answered.
    const route = routePath(c);
    const { status } = c.res;
    answered?.({ method, route, status, duration: seconds });
    const actor = c.get('actor') as Actor | undefined;
    const ms = Math.round(seconds * 1e5) / 100;
    // A balancer asks every few seconds.
    const write = QUIET.has(route) ? deps.log.debug : deps.log.info;
    write('request', { requestId, method, route, status, ms, user: actor?.id });
  };
}
