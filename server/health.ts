import { Hono } from 'hono';
import { sql } from 'kysely';
import type { Env } from './auth/env.ts';
import { notFound } from './contract/errors.ts';
import type { Deps } from './deps.ts';
import type { RateLimits } from './http/rate-limit.ts';
import { isSameSecret, type Metrics } from './metrics.ts';
import { watchStorage } from './storage/watch.ts';

interface HealthOptions {
  metrics: Metrics | undefined;
  /** True once the process has been told to stop. */
  isDraining: () => boolean;
  /** Called for each wrong token: nobody may go through them all. */
  failedAuthentication: RateLimits['failedAuthentication'];
}

/**
 * What operators' machines ask: `/healthz` (the process runs), `/readyz` (it can serve), `/metrics` (only
 * with the token; otherwise there is nothing).
 */
export function healthRoutes(deps: Deps, { metrics, isDraining, failedAuthentication }: HealthOptions) {
  const isStorageReached = watchStorage(deps.storage, deps.clock, deps.log);
  return new Hono<Env>()
    .get('/healthz', (c) => c.json({ status: 'ok' }, 200))
    .get('/readyz', async (c) => {
      if (isDraining()) return c.json({ status: 'draining' }, 503);
      try {
        await sql`select 1`.execute(deps.db);
      } catch (error) {
        deps.log.error('not_ready', { error });
        return c.json({ status: 'database unavailable' }, 503);
      }
      // Tickets are read and answered without their files: that is no reason to turn everybody away.
      if ((await isStorageReached()) === false) {
        return c.json({ status: 'ready', attachments: 'unavailable' }, 200);
      }
      return c.json({ status: 'ready' }, 200);
    })
    .get('/metrics', async (c) => {
      const expected = deps.config.metricsToken;
      const given = /^Bearer +(.+)$/i.exec(c.req.header('authorization') ?? '')?.[1];
      if (!metrics || !expected || !given) throw notFound();
      if (!isSameSecret(given, expected)) {
        await failedAuthentication(c);
        throw notFound();
      }
      const { text, contentType } = await metrics.read();
      c.header('Content-Type', contentType);
      return c.body(text, 200);
    });
}
