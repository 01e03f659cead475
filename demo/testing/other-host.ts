import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { randomBytes } from 'node:crypto';
import { PEOPLE, type DemoPersonKey } from '../people.ts';
import { signSupportToken } from '../sign-token.ts';
import { DemoProcess } from './demo-process.ts';

export interface HostPage {
  body: string;
  /** Default: HTML. */
  type?: string;
  headers?: Record<string, string>;
}

/**
 * A host of another origin than the support server's, with a backend that signs tokens at `/token/<person>` and pages
 * of the tests' own making.
 */
export class OtherHost {
  /** Of the pages, without a slash at the end. */
  readonly origin: string;
  readonly demo: DemoProcess;
  readonly #server: Server;
  readonly #pages: Map<string, HostPage>;

  private constructor(origin: string, demo: DemoProcess, server: Server, pages: Map<string, HostPage>) {
    this.origin = origin;
    this.demo = demo;
    this.#server = server;
    this.#pages = pages;
  }

  static async start(): Promise<OtherHost> {
    const secret = randomBytes(48).toString('base64url');
    const pages = new Map<string, HostPage>();
    const server = createServer((request, response) => {
      const path = (request.url ?? '').split('?')[0]!;
      const person = /^\/token\/(\w+)$/.exec(path)?.[1];
      if (person && Object.hasOwn(PEOPLE, person)) {
        const settings = { secret, issuer: 'https://acme-cloud.example', audience: 'support-center' };
        void signSupportToken(PEOPLE[person as DemoPersonKey], settings, Date.now()).then((token) => {
          response.writeHead(200, { 'content-type': 'text/plain' }).end(token);
        });
        return;
      }
      const page = pages.get(path);
      response.writeHead(page ? 200 : path === '/favicon.ico' ? 204 : 404, {
        'content-type': page?.type ?? 'text/html; charset=utf-8',
        ...page?.headers,
      });
      response.end(page?.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    const demo = await DemoProcess.start({
      samples: true,
      env: { AUTH_SECRET: secret, ALLOWED_ORIGINS: origin, RATE_LIMIT: 'off' },
    });
    return new OtherHost(origin, demo, server, pages);
  }

  /** @returns the address of the page */
  serve(path: string, page: HostPage): string {
    this.#pages.set(path, page);
    return this.origin + path;
  }

  async close(): Promise<void> {
    await this.demo.close();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
