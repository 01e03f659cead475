import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createInboundMails, type InboundMails } from './inbound-mails.ts';

/** A request as it came in. */
export interface ReceivedMail {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** How to answer one request: a status with a JSON body, or whatever a broken network does. */
export type ResendAnswer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  | { status: number; bytes: Uint8Array; headers?: Record<string, string> }
  /** Bytes that are not JSON. */
  | { status: number; raw: string; headers?: Record<string, string> }
  | 'hang'
  | 'reset'
  /** The mail is accepted; what comes back is this. */
  | { accepted: ResendAnswer };

export interface ResendServer {
  url: string;
  /** Every mail to send, in order. */
  received: ReceivedMail[];
  /** Mails that come in. */
  inbound: InboundMails;
  /** The mails accepted, each idempotency key once: what would be in mailboxes. */
  accepted(): Array<Record<string, unknown>>;
  /** The next requests are answered so, in turn; after these mails are accepted. */
  script(...answers: ResendAnswer[]): void;
  /** Calls `hook` when a request has come in, before it is answered. */
  onRequest(hook: (mail: ReceivedMail) => void | Promise<void>): void;
  /** Nobody listens any more, until `comeBack`. */
  goDown(): Promise<void>;
  comeBack(): Promise<void>;
  close(): Promise<void>;
}

/**
 * A local HTTP server in Resend's place: it accepts mails, remembers idempotency keys, refuses another mail under
 * the same key, and hands over mails that came in.
 */
export async function startResendServer(): Promise<ResendServer> {
  const received: ReceivedMail[] = [];
  const byKey = new Map<string, { id: string; body: Record<string, unknown> }>();
  const scripted: ResendAnswer[] = [];
  const inbound = createInboundMails();
  let hook: ((mail: ReceivedMail) => void | Promise<void>) | undefined;

  const accept = (mail: ReceivedMail): ResendAnswer => {
    const key = String(mail.headers['idempotency-key'] ?? `none-${received.length}`);
    const known = byKey.get(key) ?? { id: `resend-${byKey.size + 1}`, body: mail.body };
    if (JSON.stringify(known.body) !== JSON.stringify(mail.body)) {
      const name = 'invalid_idempotent_request';
      return { status: 409, body: { statusCode: 409, name, message: 'Another mail under this key.' } };
    }
    byKey.set(key, known);
    return { status: 200, body: { id: known.id } };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const path = request.url ?? '';
      if (request.method === 'GET') {
        const answer = inbound.answer(path, `http://${request.headers.host}`);
        write(response, answer ?? { status: 404, body: {} });
        return;
      }
      const mail = { path, headers: request.headers, body };
      received.push(mail);
      await hook?.(mail);
      const next = scripted.shift();
      if (next && typeof next === 'object' && 'accepted' in next) accept(mail);
      write(response, next ?? accept(mail));
    })().catch(() => response.destroy());
  });
  const listen = (on: number) =>
    new Promise<void>((resolve) => server.listen(on, '127.0.0.1', () => resolve()));
  const stop = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  await listen(0);
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    inbound,
    accepted: () => [...byKey.values()].map((mail) => mail.body),
    script: (...answers) => void scripted.push(...answers),
    onRequest: (given) => (hook = given),
    goDown: stop,
    comeBack: () => listen(port),
    close: stop,
  };
}

function write(response: ServerResponse, answer: ResendAnswer): void {
  if (answer === 'hang') return;
  if (typeof answer === 'object' && 'accepted' in answer) return write(response, answer.accepted);
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  if ('bytes' in answer) {
    response.writeHead(answer.status, answer.headers).end(answer.bytes);
    return;
  }
  const text = 'raw' in answer ? answer.raw : JSON.stringify(answer.body ?? {});
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
}
