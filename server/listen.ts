import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** Milliseconds between two looks at which connections have become idle. */
const IDLE_CHECK_MS = 50;

/** How long a sender may take, in milliseconds. A connection that takes longer is answered 408 and closed. */
export interface SendLimits {
  /** For the headers. */
  headersTimeout: number;
  /** For the whole request: ten megabytes at 35 kB/s, the slowest connection that still gets a file across. */
  requestTimeout: number;
  /** Between two looks at which connections are over these. */
  connectionsCheckingInterval: number;
}

const SEND_LIMITS: SendLimits = {
  headersTimeout: 15_000,
  requestTimeout: 5 * 60_000,
  connectionsCheckingInterval: 5_000,
};

export interface Listening {
  url: string;
  port: number;
  /**
   * Takes no more connections, lets the requests in flight finish, and closes.
   *
   * @param graceMs after which connections that are still busy are cut
   * @returns whether everything finished in time
   */
  drain(graceMs: number): Promise<boolean>;
}

/**
 * @param port 0 for any free one
 * @throws an error with `code` EADDRINUSE, EACCES, …
 */
export async function listen(
  handler: RequestListener,
  host: string,
  port: number,
  limits: SendLimits = SEND_LIMITS,
): Promise<Listening> {
  const server = createServer(limits, handler);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, () => {
      server.off('error', reject);
      resolve();
    });
  });
  const bound = server.address() as AddressInfo;
  const name = bound.family === 'IPv6' ? `[${bound.address}]` : bound.address;
  return {
    url: `http://${name}:${bound.port}`,
    port: bound.port,
    drain: (graceMs) => drain(server, graceMs),
  };
}

async function drain(server: Server, graceMs: number): Promise<boolean> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  // `close` lets go of connections that are idle now, not of those that become idle later.
  const idle = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
  const timeout = new AbortController();
  const finished = await Promise.race([
    closed.then(() => true),
    sleep(graceMs, false, { signal: timeout.signal }).catch(() => false),
  ]);
  if (!finished) server.closeAllConnections();
  await closed;
  clearInterval(idle);
  timeout.abort();
  return finished;
}
