import type { Settings } from '../../server/contract/settings.ts';
import type { WrittenMail } from '../../server/testing/mail-room.ts';
import type { Message, NewMessage, NewTicket, Ticket } from '../../server/contract/tickets.ts';
import { ContextEvent } from '@lit/context';
import { supportContext } from '../context.ts';
import type { Phase, SupportStore } from '../state.ts';
import type { SupportCenter } from '../support-center.ts';
import type { UserName } from './app-server.ts';
import type { Fault } from './faults.ts';
import '../define.ts';

export type { UserName } from './app-server.ts';
export type { Fault } from './faults.ts';

/** Requests of one user, straight to the server, past the element and past any fault. */
export interface Actor {
  send<T>(method: string, path: string, body?: unknown, headers?: Record<string, string>): Promise<T>;
  createTicket(input?: Partial<NewTicket>): Promise<Ticket>;
  reply(number: string, input: string | NewMessage): Promise<Message>;
  patch(number: string, patch: Record<string, unknown>): Promise<Ticket>;
}

export interface TestServer {
  /** Of the API, without a slash at its end. */
  apiUrl: string;
  tokenUrl(user: UserName, claims?: Record<string, unknown>): string;
  as(user: UserName, claims?: Record<string, unknown>): Actor;
  /** Makes the next request that fits go wrong. */
  fault(fault: Fault): Promise<void>;
  clearFaults(): Promise<void>;
  /** What the element (and nobody else) asked the server for, such as `GET /api/tickets?limit=25`. */
  requests(): Promise<string[]>;
  /** The streams of events that were asked for, which `requests` leaves out. */
  streams(): Promise<string[]>;
  openStreams(): Promise<number>;
  /** As a proxy or a lost network does. */
  cutStreams(): Promise<void>;
  /** Moves the server's clock. */
  advance(ms: number): Promise<void>;
  /** A mail that comes in; for servers with a mail provider. */
  receive(mail: WrittenMail): Promise<void>;
  /** Sends what is due, and has the provider tell of the mail that was sent last, such as `email.bounced`. */
  tellOfMail(type: string, data?: object): Promise<void>;
  /** Oldest first; captured where there is no provider. */
  mails(): Promise<Array<{ kind: string; payload: { to: string; subject: string; text: string } }>>;
  close(): Promise<void>;
}

export interface MountOptions {
  /** Default `client`. */
  user?: UserName;
  claims?: Record<string, unknown>;
  /** Of the element; `token-url` and `api-url` are set already. */
  attributes?: Record<string, string>;
  /** Set before the element is connected. */
  properties?: Partial<SupportCenter>;
  settings?: Partial<Settings>;
  /** With a mail provider, which takes mails in and sends those that are due. */
  mail?: boolean;
  /** Fills the server before the element is there. */
  seed?: (server: TestServer) => Promise<void>;
  /** Children of the element. */
  html?: string;
  /** Default 1000 px. */
  width?: number;
  /** Waits until the element has this phase; default `ready`, null does not wait. */
  phase?: Phase['name'] | null;
}

export interface Mounted {
  element: SupportCenter;
  server: TestServer;
  store: SupportStore;
  cleanup(): Promise<void>;
}

/** One more whole server, empty. */
export async function startServer(settings?: Partial<Settings>, { mail = false } = {}): Promise<TestServer> {
  const { id } = await call<{ id: string }>('POST', '/test/apps', { settings, mail });
  const base = `/test/apps/${id}`;
  const tokenUrl = (user: UserName, claims = {}): string =>
    `${base}/token?${new URLSearchParams({ user, claims: JSON.stringify(claims) })}`;
  const server: TestServer = {
    apiUrl: `${location.origin}${base}/api`,
    tokenUrl,
    as: (user, claims) => actor(base, tokenUrl(user, claims)),
    fault: (fault) => call('POST', `${base}/faults`, fault),
    clearFaults: () => call('DELETE', `${base}/faults`),
    requests: () => call('GET', `${base}/requests`),
    streams: () => call('GET', `${base}/streams`),
    openStreams: async () => (await call<{ count: number }>('GET', `${base}/open-streams`)).count,
    cutStreams: () => call('DELETE', `${base}/open-streams`),
    advance: (advance) => call('POST', `${base}/clock`, { advance }),
    receive: (mail) => call('POST', `${base}/receive`, mail),
    tellOfMail: (type, data) => call('POST', `${base}/tell`, { type, data }),
    mails: () => call('GET', `${base}/mails`),
    close: () => call('DELETE', base),
  };
  return server;
}

/** A `<support-center>` in the page, on a server of its own. Call `cleanup` when done. */
export async function mountSupport(options: MountOptions = {}): Promise<Mounted> {
  const server = await startServer(options.settings, { mail: options.mail });
  await options.seed?.(server);
  const element = document.createElement('support-center');
  element.setAttribute('api-url', server.apiUrl);
  element.setAttribute('token-url', server.tokenUrl(options.user ?? 'client', options.claims));
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  Object.assign(element, options.properties);
  // Children of a test's own making.
  if (options.html) element.append(document.createRange().createContextualFragment(options.html));
  const box = document.createElement('div');
  box.style.inlineSize = `${options.width ?? 1000}px`;
  box.append(element);
  document.body.append(box);
  const store = storeOf(element);
  const phase = options.phase === undefined ? 'ready' : options.phase;
  if (phase) await until(() => store.phase.value.name === phase, `phase ${phase}`);
  if (phase === 'ready') {
    await until(() => element.shadowRoot?.querySelector('.view') != null, 'a view');
    await customElements.whenDefined('support-center-ticket-filters');
  }
  return {
    element,
    server,
    store,
    async cleanup() {
      box.remove();
      await Promise.resolve();
      sessionStorage.clear();
      await server.close();
    },
  };
}

/** The store behind the element, as the elements inside have it. */
export function storeOf(element: SupportCenter): SupportStore {
  let store: SupportStore | undefined;
  const asker = document.createElement('i');
  const take = (given: { store: SupportStore }): void => void (store = given.store);
  element.dispatchEvent(new ContextEvent(supportContext, asker, take));
  if (!store) throw new Error('The element has no store.');
  return store;
}

/**
 * Polls until `probe` gives something true.
 *
 * @param what said when it never does
 * @param timeoutMs default 10 s
 */
export async function until<T>(
  probe: () => T | Promise<T>,
  what: string,
  timeoutMs = 10_000,
): Promise<NonNullable<T>> {
  const end = performance.now() + timeoutMs;
  for (;;) {
    let found: T | undefined;
    let trouble: unknown = null;
    try {
      found = await probe();
    } catch (error) {
      trouble = error;
    }
    if (found) return found;
    if (performance.now() > end)
      throw new Error(`Waited in vain for ${what}. ${trouble instanceof Error ? trouble.message : ''}`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function actor(base: string, tokenUrl: string): Actor {
  const send = async <T>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<T> => {
    const { token } = await call<{ token: string }>('GET', tokenUrl);
    const url = `${base}/api${path.replace(/^\/api/, '')}`;
    return await call<T>(method, url, body, {
      authorization: `Bearer ${token}`,
      'x-past-faults': '1',
      ...headers,
    });
  };
  return {
    send,
    createTicket: (input) =>
      send<Ticket>('POST', '/tickets', {
        subject: 'The dashboard is blank',
        category: 'technical',
        priority: 'normal',
        description: 'Since this morning.',
        ...input,
      }),
    reply: (number, input) =>
      send<Message>(
        'POST',
        `/tickets/${number}/messages`,
        typeof input === 'string' ? { body: input } : input,
      ),
    patch: (number, patch) => send<Ticket>('PATCH', `/tickets/${number}`, patch, { 'if-match': '*' }),
  };
}

async function call<T>(
  method: string,
  url: string,
  body?: unknown,
  headers: Record<string, string> = {},
): Promise<T> {
  const init: RequestInit = { method, headers };
  if (body !== undefined) {
    init.body = JSON.stringify(body);
    init.headers = { 'content-type': 'application/json', ...headers };
  }
  const response = await fetch(url, init);
  const text = await response.text();
  if (!response.ok) throw new Error(`${method} ${url} answered ${response.status}: ${text}`);
  return (text === '' ? undefined : JSON.parse(text)) as T;
}
