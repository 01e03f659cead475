import type { RequestListener } from 'node:http';
import { getRequestListener } from '@hono/node-server';
import { createApp, type App } from './app.ts';
import { loadConfig, type Config, type Environment } from './config.ts';
import { openConfigured } from './db/database.ts';
import type { Clock, Deps } from './deps.ts';
import { takeTurns } from './http/take-turns.ts';
import { startJobs as runJobs, type Jobs } from './jobs/scheduler.ts';
import { listen, type Listening } from './listen.ts';
import { createLiveHub } from './live/hub.ts';
import { createSharedHub } from './live/shared-hub.ts';
import { bufferedWriter, createLog } from './log.ts';
import { createMailTransport } from './mail/transport.ts';
import { createStorage } from './storage/create-storage.ts';
import { StorageMisconfigured } from './storage/problems.ts';

export type { App } from './app.ts';
export { ConfigError, loadConfig, type Config, type Environment } from './config.ts';
export type { Deps } from './deps.ts';

export interface SupportCenterOptions {
  /** Settings as environment variables; default `process.env`. */
  env?: Environment;
  /** The same, parsed already; `env` is not read then. */
  config?: Config;
  /** Replaces single dependencies, such as the clock or the mail transport. */
  deps?: Partial<Omit<Deps, 'config' | 'db'>>;
  /** Folder of the built element; default that of this package. */
  widgetFolder?: string;
}

export interface SupportCenter {
  /** To be mounted in a Hono app: `host.route('/', app)`. */
  app: App;
  /** To be mounted in a Node server: `createServer(handler)`, or behind the host's own routing. */
  handler: RequestListener;
  deps: Deps;
  /** Listens on the configured port and starts the jobs. Not needed where a host mounts `app` or `handler`. */
  start(): Promise<{ url: string; port: number }>;
  /** Starts only the jobs (mails, auto-close, sweep): for hosts that listen themselves. */
  startJobs(): void;
  /**
   * Stops what was started: `/readyz` turns to 503, requests in flight finish (at most
   * `SHUTDOWN_GRACE_SECONDS`), jobs and the mail being sent end, the database is checkpointed and closed.
   */
  stop(): Promise<void>;
}

/**
 * The whole backend, composed: database, storage, mail, HTTP. A SQLite file is opened at once, PostgreSQL with
 * `start` or with the first request.
 *
 * @throws ConfigError for a setting that is missing or invalid; an Error when the database cannot be opened
 * @example
 * const support = createSupportCenter({ env: process.env });
 * host.route('/', support.app);
 * support.startJobs();
 */
export function createSupportCenter(options: SupportCenterOptions = {}): SupportCenter {
  const config = options.config ?? loadConfig(options.env);
  const clock: Clock = options.deps?.clock ?? { now: () => Date.now() };
  const output = bufferedWriter(process.stdout);
  const database = openConfigured(config.database);
  const log = options.deps?.log ?? createLog(config.logLevel, clock, output.write);
  // SQLite has one process; PostgreSQL may have any number, which tell each other.
  const shared =
    config.database.kind === 'postgres' && !options.deps?.live
      ? createSharedHub({
          db: database.db,
          url: config.database.url,
          log,
          ticketPrefix: config.ticketPrefix,
        })
      : undefined;
  const deps: Deps = {
    log,
    storage: createStorage(config.attachments),
    live: shared ?? createLiveHub(),
    mail: createMailTransport(config),
    ...options.deps,
    clock,
    config,
    db: database.db,
  };
  let isDraining = false;
  let isStarted = false;
  let listening: Listening | undefined;
  let jobs: Jobs | undefined;
  let stopping: Promise<void> | undefined;

  const app = createApp(deps, { isDraining: () => isDraining, widgetFolder: options.widgetFolder });
  // A balancer that asks for /healthz by HTTP/1.0 names no host.
  const handler = takeTurns(getRequestListener(app.fetch, { hostname: 'localhost' }));
  const startJobs = () => {
    if (stopping) throw new Error('This support center has been stopped.');
    shared?.listen();
    jobs ??= runJobs(deps);
  };
  const stop = async () => {
    isDraining = true;
    deps.log.info('stopping');
    // Before anything waits for the connections: a stream would keep its own open for ever.
    deps.live.end();
    try {
      // Both at once: a long mail must not eat up the time of the requests.
      const [finished] = await Promise.all([
        listening?.drain(config.shutdownGraceSeconds * 1000) ?? true,
        jobs?.stop(),
      ]);
      if (!finished) deps.log.warn('requests_cut', { afterSeconds: config.shutdownGraceSeconds });
    } finally {
      await shared?.close();
      await database.close();
      deps.storage.close?.();
      deps.log.info('stopped');
      output.flush();
    }
  };
  return {
    app,
    handler,
    deps,
    async start() {
      if (isStarted || stopping) throw new Error('This support center has been started already.');
      isStarted = true;
      await database.ready();
      if (stopping) throw new Error('This support center has been stopped.');
      await checkStorage(deps);
      listening = await listen(handler, config.host, config.port);
      startJobs();
      const { url, port } = listening;
      deps.log.info('listening', { url });
      const { replyDomain, webhookSecret } = config.mail;
      if (replyDomain && !webhookSecret) {
        deps.log.warn('answers_unheard', { domain: replyDomain, missing: 'RESEND_WEBHOOK_SECRET' });
      }
      return { url, port };
    },
    startJobs,
    stop: () => (stopping ??= stop()),
  };
}

/**
 * A wrong setting is told at once, by not starting. A storage that is not there yet is waited for with the first
 * file.
 *
 * @throws StorageMisconfigured
 */
async function checkStorage({ storage, log }: Deps): Promise<void> {
  try {
    await storage.check?.('rights');
  } catch (error) {
    if (error instanceof StorageMisconfigured) throw error;
    log.warn('attachments_unavailable', { error });
  }
}
