import type { Actor } from '../deps.ts';

/** What the authentication middleware leaves for the routes behind it: `c.get('actor')`. */
export interface Env {
  Variables: { actor: Actor; requestId: string };
}
