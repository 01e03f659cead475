import type { Actor } from '../deps.ts';

/** What the authentication middleware leaves for the routes behind it: `c.get('actor')`. */
export interface Env {
  Variables: {
    actor: Actor;
    /** Milliseconds since 1970 UTC from which the request's token is no longer accepted, leeway included. */
    tokenExpiresAt: number;
    requestId: string;
    /** Of every answer, by the names that go out (`http/headers.ts`). */
    headers: Record<string, string>;
    /** The answer has these headers already. */
    isComplete?: boolean;
  };
}
