import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { openMailRoom, type MailRoom } from '../../server/testing/mail-room.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../../server/testing/users.ts';

const USERS = {
  client: CLIENT,
  otherClient: OTHER_CLIENT,
  agent: AGENT,
  otherAgent: OTHER_AGENT,
  admin: ADMIN,
};
export type MailHostUser = keyof typeof USERS;

const PAGE = (user: string, layout: string): string => `<!doctype html>
<html lang="en">
  <head>
    <title>Host</title>
    <meta name="viewport" content="width=device-width" />
    <style>
      :root { color-scheme: light dark; font: 14px/1.45 system-ui, sans-serif; }
      body { max-width: 1160px; margin: 0 auto; padding: 20px; }
    </style>
  </head>
  <body>
    <support-center token-url="/token?user=${user}" routing="hash" layout="${layout}"></support-center>
    <script type="module" src="/support-center.js"></script>
  </body>
</html>`;

/**
 * A host with the built element, on a server that has a mail provider: mails come in, and it tells what became of
 * those that were sent. Mails leave when `room` is asked to send them.
 */
export class MailHost {
  /** Without a slash at its end. */
  readonly origin: string;
  readonly room: MailRoom;
  readonly #server: Server;

  private constructor(origin: string, room: MailRoom, server: Server) {
    this.origin = origin;
    this.room = room;
    this.#server = server;
  }

  static async start(): Promise<MailHost> {
    const room = await openMailRoom({}, { now: Date.now() });
    const listener = getRequestListener(room.test.app.fetch);
    const server = createServer((request, response) => {
      const { pathname, searchParams } = new URL(request.url ?? '/', 'http://host');
      const user = searchParams.get('user') ?? 'client';
      if (pathname === '/token' && Object.hasOwn(USERS, user)) {
        void room.test
          .token(USERS[user as MailHostUser])
          .then((token) => response.writeHead(200, { 'content-type': 'text/plain' }).end(token));
      } else if (pathname === '/') {
        const page = PAGE(user, searchParams.get('layout') ?? 'page');
        response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(page);
      } else if (pathname === '/favicon.ico') response.writeHead(204).end();
      else void listener(request, response);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    return new MailHost(`http://127.0.0.1:${port}`, room, server);
  }

  /** Address of the page of this user. */
  pageOf(user: MailHostUser, hash = ''): string {
    return `${this.origin}/?user=${user}${hash}`;
  }

  async close(): Promise<void> {
    this.room.test.deps.live.end();
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
    await this.room.close();
  }
}
