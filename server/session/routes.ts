import { Hono } from 'hono';
import type { Env } from '../auth/env.ts';
import type { Deps } from '../deps.ts';
import { answerTagged } from '../http/conditional.ts';
import { encodePieces } from '../http/json.ts';
import { readCenter, readSession } from './service.ts';

/** Public: a host's sidebar asks it before anybody has signed in. */
export function centerRoutes(deps: Deps) {
  return new Hono<Env>().get('/center', async (c) => c.json(await readCenter(deps), 200));
}

export function sessionRoutes(deps: Deps) {
  return new Hono<Env>().get('/session', async (c) => {
    return answerTagged(c, encodePieces([JSON.stringify(await readSession(deps, c.get('actor')))]));
  });
}
