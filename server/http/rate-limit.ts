import type { Context, MiddlewareHandler } from 'hono';
import { RateLimiterRes, type RateLimiterAbstract } from 'rate-limiter-flexible';
import type { Env } from '../auth/env.ts';
import { SupportError } from '../contract/errors.ts';
import type { Deps } from '../deps.ts';
import { readAddress } from './address.ts';
import type { Gate } from './gate.ts';
import { createLimiter } from './limiter.ts';

const MINUTE = 60;
const DAY = 24 * 60 * 60;

export interface RateLimits {
  /** Every request of one address. */
  address: Gate;
  /** Called for each failed authentication; throws once an address has too many. */
  failedAuthentication(c: Context<Env>): Promise<void>;
  /** Reads, writes and uploads of one user, each on their own. */
  requests: Gate;
  /** Tickets that a client files; attempts that file none do not count. */
  newTickets: MiddlewareHandler<Env>;
}

/**
 * The rates of contract section 4. Where the address is not known, as in a host that
 * is not Node, only those by user hold: one bucket for everybody would lock everybody out.
 */
export function createRateLimits(deps: Deps): RateLimits {
  if (!deps.config.rateLimit) return unlimited;
  const limiter = (name: string, points: number, duration: number) =>
    createLimiter(deps.db, { name, points, duration });
  const addressRequests = limiter('address', 1200, MINUTE);
  const addressFailures = limiter('failures', 60, MINUTE);
  const reads = limiter('reads', 600, MINUTE);
  const writes = limiter('writes', 60, MINUTE);
  const uploads = limiter('uploads', 60, MINUTE);
  const ticketsByMinute = limiter('tickets-minute', 10, MINUTE);
  const ticketsByDay = limiter('tickets-day', 100, DAY);
  const addressOf = (c: Context) => readAddress(c, deps.config.trustProxy);

  return {
    async address(c) {
      const address = addressOf(c);
      if (address) await take(addressRequests, address);
    },
    async failedAuthentication(c) {
      const address = addressOf(c);
      if (address) await take(addressFailures, address);
    },
    async requests(c) {
      const { method, path } = c.req;
      // Being present is no write: it must not use up what an agent needs for answering.
      const isRead = method === 'GET' || method === 'HEAD' || path.endsWith('/presence');
      const isUpload = method === 'POST' && path.endsWith('/attachments');
      await take(isRead ? reads : isUpload ? uploads : writes, c.get('actor').userId);
    },
    async newTickets(c, next) {
      const { role, userId } = c.get('actor');
      if (role !== 'client') return await next();
      await take(ticketsByMinute, userId);
      await take(ticketsByDay, userId);
      await next();
      if (c.res.status === 201) return;
      await ticketsByMinute.reward(userId);
      await ticketsByDay.reward(userId);
    },
  };
}

async function take(limiter: RateLimiterAbstract, key: string | number): Promise<void> {
  try {
    await limiter.consume(key);
  } catch (error) {
    if (!(error instanceof RateLimiterRes)) throw error;
    const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
    throw new SupportError('rate_limited', `Too many requests. Try again in ${retryAfter} s.`, {
      retryAfter,
    });
  }
}

const unlimited: RateLimits = {
  address: () => {},
  failedAuthentication: async () => {},
  requests: () => {},
  newTickets: (_c, next) => next(),
};
