import { Hono } from 'hono';
import { agentRoutes } from './agents/routes.ts';
import { attachmentRoutes } from './attachments/routes.ts';
import type { Env } from './auth/env.ts';
import { identify } from './auth/identify.ts';
import { requireEnabled } from './auth/require-enabled.ts';
import { notFound } from './contract/errors.ts';
import type { Deps } from './deps.ts';
import { healthRoutes } from './health.ts';
import { compressJson } from './http/compress.ts';
import { crossOrigin, setSecureHeaders } from './http/headers.ts';
import { enter } from './http/gate.ts';
import { observe } from './http/observe.ts';
import { answerError, answerProblem } from './http/problem.ts';
import { createRateLimits, type RateLimits } from './http/rate-limit.ts';
import { liveRoutes } from './live/routes.ts';
import { createLive, type Live } from './live/service.ts';
import { mailRoutes } from './mail/in/routes.ts';
import { unsubscribeRoutes, webhookRoutes } from './mail/webhook/routes.ts';
import { createMetrics } from './metrics.ts';
import { openApiRoutes } from './openapi/routes.ts';
import { centerRoutes, sessionRoutes } from './session/routes.ts';
import { settingsRoutes } from './settings/routes.ts';
import { SCRIPTS, staticRoutes } from './static/routes.ts';
import { ticketRoutes } from './tickets/routes.ts';

export type App = Hono<Env>;

export interface AppOptions {
  /** True once the process has been told to stop: `/readyz` says so, and connections are not kept alive. */
  isDraining?: () => boolean;
  /** Folder of the built element; default `dist/widget`. */
  widgetFolder?: string;
}

/** Nothing outside of these paths is touched: a host may mount the app beside its own routes. */
const OWN_PATHS = [
  '/api/*',
  SCRIPTS,
  '/chunks/*',
  '/openapi.json',
  '/healthz',
  '/readyz',
  '/metrics',
  '/unsubscribe/*',
];

/** The whole HTTP side. A host mounts it in its own Hono app (`host.route('/', app)`), `main.ts` on a port. */
export function createApp(deps: Deps, options: AppOptions = {}): App {
  const isDraining = options.isDraining ?? (() => false);
  const live = createLive(deps);
  const metrics = deps.config.metricsToken ? createMetrics(deps, live.streams) : undefined;
  const limits = createRateLimits(deps);
  const app: App = new Hono<Env>();
  app.onError(answerError(deps));
  app.notFound((c) => {
    // Also for paths that no middleware of ours has seen.
    setSecureHeaders(c);
    return answerProblem(c, notFound());
  });
  for (const path of OWN_PATHS) {
    app.use(path, observe(deps, isDraining, metrics?.answered));
  }
  app.route('/api', createApi(deps, live, limits));
  app.route(
    '/',
    healthRoutes(deps, { metrics, isDraining, failedAuthentication: limits.failedAuthentication }),
  );
  app.route('/', openApiRoutes());
  app.route('/', unsubscribeRoutes(deps));
  app.route('/', staticRoutes(options.widgetFolder));
  return app;
}

/** In the order of the questions: may the page read it, who is it, not too often, is support on. */
function createApi(deps: Deps, live: Live, limits: RateLimits): App {
  const api = new Hono<Env>();
  api.use(crossOrigin(deps.config.allowedOrigins));
  api.use(compressJson());
  api.use(enter(limits.address));
  api.route('/', centerRoutes(deps));
  api.route('/', webhookRoutes(deps, limits.failedAuthentication));
  api.use(enter(identify(deps, limits.failedAuthentication), limits.requests));
  api.post('/tickets', limits.newTickets);
  api.route('/', sessionRoutes(deps));
  api.use(enter(requireEnabled(deps)));
  api.route('/', ticketRoutes(deps));
  api.route('/', liveRoutes(deps, live));
  api.route('/', attachmentRoutes(deps));
  api.route('/', agentRoutes(deps));
  api.route('/', settingsRoutes(deps));
  api.route('/', mailRoutes(deps));
  api.all('*', () => {
    throw notFound();
  });
  return api;
}
