import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a proxy holds back until the answer behind it has ended. */
export type Held = 'everything' | 'body';

/**
 * A proxy that buffers: an answer goes on once it is complete, which a stream of events never is. Its headers may go
 * ahead.
 */
export class BufferingProxy {
  /** Without a slash at its end. */
  readonly origin: string;
  /** Streams of events that were asked for. */
  streams = 0;
  held: Held = 'everything';
  readonly #server: Server;

  private constructor(target: string, server: Server, origin: string) {
    this.#server = server;
    this.origin = origin;
    server.on('request', (incoming, outgoing) => {
      if (incoming.url?.startsWith('/api/events')) this.streams += 1;
      const { held } = this;
      const behind = request(
        target + incoming.url,
        { method: incoming.method, headers: incoming.headers },
        (answer) => {
          const { statusCode = 502, headers } = answer;
          const chunks: Buffer[] = [];
          if (held === 'body') outgoing.writeHead(statusCode, headers).flushHeaders();
          answer.on('data', (chunk: Buffer) => chunks.push(chunk));
          answer.on('end', () => {
            if (held === 'everything') outgoing.writeHead(statusCode, headers);
            outgoing.end(Buffer.concat(chunks));
          });
        },
      );
      behind.on('error', () => outgoing.destroy());
      outgoing.on('close', () => behind.destroy());
      incoming.pipe(behind);
    });
  }

  /** @param target origin of what is behind it */
  static async start(target: string): Promise<BufferingProxy> {
    const server = createServer();
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new BufferingProxy(target, server, `http://127.0.0.1:${port}`);
  }

  async close(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
