import { createHash, timingSafeEqual } from 'node:crypto';
import { createRequire } from 'node:module';
import type { Deps } from './deps.ts';
import type { Answered } from './http/observe.ts';
import type { LiveStreams } from './live/streams.ts';

export interface Metrics {
  /** Counts one answered request. */
  answered(request: Answered): void;
  /** @returns the page in Prometheus' text format, and its content type */
  read(): Promise<{ text: string; contentType: string }>;
}

/**
 * What an operator wants to see: requests by route, open streams, the mail queue, tickets by status, and the process.
 *
 * @param streams of this process
 */
export function createMetrics(deps: Deps, streams: Pick<LiveStreams, 'countByRole'>): Metrics {
  // Only where somebody wants to see them: it keeps some megabytes in memory.
  const library = createRequire(import.meta.url)('prom-client') as typeof import('prom-client');
  const { collectDefaultMetrics, Gauge, Histogram, Registry } = library;
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const requests = new Histogram({
    name: 'support_http_request_duration_seconds',
    help: 'Duration of HTTP requests by route pattern.',
    labelNames: ['method', 'route', 'status'],
    buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 5],
    registers: [registry],
  });
  const gauge = (name: string, help: string, label: string, count: () => Promise<Array<[string, number]>>) =>
    new Gauge({
      name,
      help,
      labelNames: [label],
      registers: [registry],
      async collect() {
        this.reset();
        for (const [value, n] of await count()) this.set({ [label]: value }, n);
      },
    });
  gauge('support_tickets', 'Tickets by status.', 'status', async () => {
    const rows = await deps.db
      .selectFrom('ticket_counts')
      .select(['status', (eb) => eb.fn.sum<number>('n').as('n')])
      .groupBy('status')
      .execute();
    return rows.map((row) => [row.status, Number(row.n)]);
  });
  gauge('support_mails_pending', 'Mails that wait to be sent, by state.', 'state', async () => {
    const rows = await deps.db
      .selectFrom('outbox')
      .select(['state', (eb) => eb.fn.countAll<number>().as('n')])
      .where('state', 'in', ['queued', 'sending'])
      .groupBy('state')
      .execute();
    return rows.map((row) => [row.state, Number(row.n)]);
  });
  gauge('support_streams', 'Open streams of events, by whose they are.', 'role', async () =>
    Object.entries(streams.countByRole()),
  );
  return {
    answered({ method, route, status, duration }) {
      requests.observe({ method, route, status }, duration);
    },
    async read() {
      return { text: await registry.metrics(), contentType: registry.contentType };
    },
  };
}

/** Compares in a time that tells nothing of how much is right. */
export function isSameSecret(given: string, expected: string): boolean {
  const digest = (text: string) => createHash('sha256').update(text).digest();
  return timingSafeEqual(digest(given), digest(expected));
}
