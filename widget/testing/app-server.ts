import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { transact } from '../../server/db/transact.ts';
import { suppress } from '../../server/mail/suppression.ts';
import { openMailRoom, type MailRoom, type WrittenMail } from '../../server/testing/mail-room.ts';
import { createTestApp, type TestApp } from '../../server/testing/test-app.ts';
import type { Settings } from '../../server/contract/settings.ts';
import { ADMIN, AGENT, CLIENT, OTHER_AGENT, OTHER_CLIENT } from '../../server/testing/users.ts';
import { cut, Faults, type Fault } from './faults.ts';

const USERS = {
  client: CLIENT,
  otherClient: OTHER_CLIENT,
  agent: AGENT,
  otherAgent: OTHER_AGENT,
  admin: ADMIN,
};
/** Who a test may act as. */
export type UserName = keyof typeof USERS;

/** What the middleware needs of Koa. */
interface Context {
  method: string;
  url: string;
  path: string;
  req: IncomingMessage;
  res: ServerResponse;
  status: number;
  body: unknown;
  respond?: boolean;
  set(name: string, value: string | string[]): void;
}

interface Running {
  app: TestApp;
  /** With a mail provider, where the test asked for one. */
  room: MailRoom | null;
  faults: Faults;
  /** `GET /api/tickets?limit=25` and so on, in the order of their coming. */
  requests: string[];
  /** The same of streams of events: they come and go by themselves. */
  streams: string[];
  /** Those that are open. */
  open: Set<ServerResponse>;
}

interface Asked {
  settings?: Partial<Settings>;
  mail?: boolean;
}

/**
 * Whole servers for tests in the browser, below `/test/apps` of the test page's own origin:
 * `POST /test/apps {settings?, mail?}` → `{id}`, with a mail provider if `mail` says so; then below `/test/apps/<id>`: `/api/…` the server itself,
 * `GET /token?user=client` a signed token, `POST /clock {advance}` moves its clock by milliseconds, `GET /mails` the
 * mails, `POST /receive` takes one in, `POST /tell {type, data?}` sends what is due and has the provider tell of it,
 * `POST /bounce` makes them bounce, `GET /requests` what the element asked for, `GET /streams` its
 * streams of events,
 * `GET` and `DELETE /open-streams` counts and cuts those that are open,
 * `POST /faults` and `DELETE /faults` what goes wrong on the way, `DELETE` ends it.
 */
export function testApps(): (context: Context, next: () => Promise<void>) => Promise<void> {
  const running = new Map<string, Running>();
  return async (context, next) => {
    const match = /^\/test\/apps(?:\/([\w-]+)(\/.*)?)?$/.exec(context.path);
    if (!match) return await next();
    const [, id, rest = ''] = match;
    if (!id) {
      const { settings, mail } = (await readBody(context.req)) as Asked;
      const room = mail ? await openMailRoom(settings, { now: Date.now() }) : null;
      const app = room?.test ?? (await createTestApp({ now: Date.now(), settings }));
      const newId = randomUUID();
      running.set(newId, { app, room, faults: new Faults(), requests: [], streams: [], open: new Set() });
      answer(context, 201, { id: newId });
      return;
    }
    const one = running.get(id);
    if (!one) return answer(context, 404, { error: 'no such app' });
    if (rest.startsWith('/api')) return await serve(context, one, rest);
    if (rest === '' && context.method === 'DELETE') {
      running.delete(id);
      one.faults.clear();
      await (one.room ?? one.app).close();
      return answer(context, 200, {});
    }
    await control(context, one, rest);
  };
}

async function control(
  context: Context,
  { app, room, faults, requests, streams, open }: Running,
  path: string,
): Promise<void> {
  const query = new URL(context.url, 'http://test').searchParams;
  switch (`${context.method} ${path}`) {
    case 'GET /token': {
      const user = USERS[query.get('user') as UserName];
      const claims = JSON.parse(query.get('claims') ?? '{}') as Record<string, unknown>;
      // No two alike, as from a host that makes one for each request.
      const token = await app.token(user, { jti: randomUUID(), ...claims });
      return answer(context, 200, query.has('text') ? token : { token });
    }
    case 'POST /clock': {
      const { advance } = (await readBody(context.req)) as { advance: number };
      app.clock.advance(advance);
      return answer(context, 200, { now: app.clock.now() });
    }
    case 'GET /mails':
      return answer(context, 200, await app.mails());
    case 'POST /receive':
      await room!.receive((await readBody(context.req)) as WrittenMail);
      return answer(context, 200, {});
    case 'POST /tell': {
      const { type, data } = (await readBody(context.req)) as { type: string; data?: object };
      await room!.tellOfLast(type, data);
      return answer(context, 200, {});
    }
    case 'POST /bounce': {
      const { db, clock } = app.deps;
      const detail = 'No such user.';
      const mails = await db.selectFrom('outbox').select(['id', 'recipient']).execute();
      await db.updateTable('outbox').set({ state: 'bounced', error: detail }).execute();
      await transact(db, async (trx) => {
        for (const mail of mails) await suppress(trx, mail.recipient, 'bounced', detail, clock.now());
      });
      return answer(context, 200, {});
    }
    case 'GET /requests':
      return answer(context, 200, requests);
    case 'GET /streams':
      return answer(context, 200, streams);
    case 'GET /open-streams':
      return answer(context, 200, { count: open.size });
    case 'DELETE /open-streams':
      for (const response of open) response.destroy();
      return answer(context, 200, {});
    case 'POST /faults':
      faults.add((await readBody(context.req)) as Fault);
      return answer(context, 201, {});
    case 'DELETE /faults':
      faults.clear();
      return answer(context, 200, {});
    default:
      return answer(context, 404, { error: 'no such control' });
  }
}

async function serve(
  context: Context,
  { app, faults, requests, streams, open }: Running,
  path: string,
): Promise<void> {
  const spared = context.req.headers['x-past-faults'] !== undefined;
  const kept = path === '/api/events' ? streams : requests;
  if (!spared) kept.push(`${context.method} ${context.url.replace(/^\/test\/apps\/[\w-]+/, '')}`);
  const fault = spared ? undefined : faults.take(context.method, path);
  if (fault && (await faults.strike(fault, context))) return;
  const { search } = new URL(context.url, 'http://test');
  const headers = new Headers();
  for (const [name, value] of Object.entries(context.req.headers)) {
    // The answer is passed on as it is: nobody here would unpack it.
    if (name === 'accept-encoding') continue;
    if (value !== undefined) headers.set(name, Array.isArray(value) ? value.join(', ') : value);
  }
  const bodiless = context.method === 'GET' || context.method === 'HEAD';
  const request = new Request(`http://test${path}${search}`, {
    method: context.method,
    headers,
    ...(bodiless ? {} : { body: Readable.toWeb(context.req) as ReadableStream, duplex: 'half' }),
  });
  const response = await app.app.fetch(request, { incoming: context.req, outgoing: context.res });
  // A stream of events goes its own way.
  if (context.res.headersSent) {
    context.respond = false;
    open.add(context.res);
    context.res.once('close', () => open.delete(context.res));
    return;
  }
  if (fault?.lose) {
    return cut(context);
  }
  context.status = response.status;
  response.headers.forEach((value, name) => {
    // Koa says how the body travels.
    if (name !== 'content-length') context.set(name, value);
  });
  context.body = response.body ? Buffer.from(await response.arrayBuffer()) : null;
  // A null body would turn the status into 204.
  if (!response.body) context.status = response.status;
}

function answer(context: Context, status: number, body: unknown): void {
  context.status = status;
  context.body = typeof body === 'string' ? body : JSON.stringify(body);
  context.set('content-type', typeof body === 'string' ? 'text/plain' : 'application/json');
  context.set('cache-control', 'no-store');
}

async function readBody(request: IncomingMessage): Promise<unknown> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  const text = Buffer.concat(chunks).toString();
  return text === '' ? {} : JSON.parse(text);
}
