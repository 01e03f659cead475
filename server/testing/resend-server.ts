import { createServer, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A request as it came in. */
export interface ReceivedMail {
  path: string;
  headers: IncomingHttpHeaders;
  body: Record<string, unknown>;
}

/** How to answer one request: a status with a JSON body, or whatever a broken network does. */
export type ResendAnswer =
  | { status: number; body?: unknown; headers?: Record<string, string> }
  /** Bytes that are not JSON. */
  | { status: number; raw: string; headers?: Record<string, string> }
  | 'hang'
  | 'reset';

export interface ResendServer {
  url: string;
  /** Every request, in order. */
  received: ReceivedMail[];
  /** The mails accepted, each idempotency key once: what would be in mailboxes. */
  accepted(): Array<Record<string, unknown>>;
  /** The next requests are answered so, in turn; after these mails are accepted. */
  script(...answers: ResendAnswer[]): void;
  /** Calls `hook` when a request has come in, before it is answered. */
  onRequest(hook: (mail: ReceivedMail) => void | Promise<void>): void;
  close(): Promise<void>;
}

/** A local HTTP server in Resend's place: it accepts mails and remembers idempotency keys. */
export async function startResendServer(): Promise<ResendServer> {
  const received: ReceivedMail[] = [];
  const byKey = new Map<string, { id: string; body: Record<string, unknown> }>();
  const scripted: ResendAnswer[] = [];
  let hook: ((mail: ReceivedMail) => void | Promise<void>) | undefined;

  const accept = (mail: ReceivedMail): ResendAnswer => {
    const key = String(mail.headers['idempotency-key'] ?? `none-${received.length}`);
    const known = byKey.get(key) ?? { id: `resend-${byKey.size + 1}`, body: mail.body };
    byKey.set(key, known);
    return { status: 200, body: { id: known.id } };
  };
  const server = createServer((request, response) => {
    void (async () => {
      const chunks: Buffer[] = [];
      for await (const chunk of request) chunks.push(chunk as Buffer);
      const body = JSON.parse(Buffer.concat(chunks).toString() || '{}') as Record<string, unknown>;
      const mail = { path: request.url ?? '', headers: request.headers, body };
      received.push(mail);
      await hook?.(mail);
      write(response, scripted.shift() ?? accept(mail));
    })().catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    received,
    accepted: () => [...byKey.values()].map((mail) => mail.body),
    script: (...answers) => void scripted.push(...answers),
    onRequest: (given) => (hook = given),
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function write(response: ServerResponse, answer: ResendAnswer): void {
  if (answer === 'hang') return;
  if (answer === 'reset') {
    response.socket?.resetAndDestroy();
    return;
  }
  const text = 'raw' in answer ? answer.raw : JSON.stringify(answer.body ?? {});
  response.writeHead(answer.status, { 'content-type': 'application/json', ...answer.headers }).end(text);
}
