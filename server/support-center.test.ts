import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { Hono } from 'hono';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createSupportCenter, type SupportCenter } from './support-center.ts';
import { signToken } from './testing/sign-token.ts';
import { CLIENT } from './testing/users.ts';

let folder: string;
let support: SupportCenter;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'support-center-'));
  support = createSupportCenter({ env: environment() });
});
afterEach(async () => {
  await support.stop();
  await rm(folder, { recursive: true, force: true });
});

function environment(): Record<string, string> {
  return {
    PORT: '0',
    AUTH_SECRET: 's'.repeat(32),
    AUTH_ISSUER: 'https://host.example',
    DATABASE_URL: `sqlite:${join(folder, 'data', 'support.db')}`,
    ATTACHMENTS_URL: `file:${join(folder, 'attachments')}`,
    LOG_LEVEL: 'silent',
  };
}

async function authorization(): Promise<string> {
  return `Bearer ${await signToken(CLIENT, support.deps.config.auth, Date.now())}`;
}

async function fileTicket(base: string): Promise<string> {
  const response = await fetch(`${base}/api/tickets`, {
    method: 'POST',
    headers: { authorization: await authorization(), 'content-type': 'application/json' },
    body: JSON.stringify({ subject: 'Hi', category: 'general', priority: 'low', description: 'Hello' }),
  });
  expect(response.status).toBe(201);
  return ((await response.json()) as { number: string }).number;
}

it('listens, keeps what it was told over a restart, and leaves no log of the database behind', async () => {
  const { url, port } = await support.start();
  expect(url).toBe(`http://127.0.0.1:${port}`);
  const number = await fileTicket(url);
  await support.stop();
  expect(await readdir(join(folder, 'data'))).toEqual(['support.db']);
  await expect(fetch(`${url}/healthz`)).rejects.toThrow();

  support = createSupportCenter({ env: environment() });
  const again = await support.start();
  const response = await fetch(`${again.url}/api/tickets/${number}`, {
    headers: { authorization: await authorization() },
  });
  expect(await response.json()).toMatchObject({ number: 'SUP-1001', subject: 'Hi' });
});

it('warns that nobody hears of answers by mail without the webhook that tells of them', async () => {
  await support.stop();
  support = createSupportCenter({ env: { ...environment(), MAIL_REPLY_DOMAIN: 'replies.example.com' } });
  const warned: unknown[] = [];
  support.deps.log.warn = (event, fields) => void warned.push({ event, ...fields });
  await support.start();
  expect(warned).toContainEqual({
    event: 'answers_unheard',
    domain: 'replies.example.com',
    missing: 'RESEND_WEBHOOK_SECRET',
  });
});

it('answers a balancer that asks as HTTP/1.0 does, without a Host', async () => {
  const { port } = await support.start();
  const socket = connect(port, '127.0.0.1');
  socket.end('GET /healthz HTTP/1.0\r\n\r\n');
  expect(await text(socket)).toMatch(/^HTTP\/1\.1 200 /);
});

it('ends the streams of events when it stops, long before the time of grace is over', async () => {
  const { url } = await support.start();
  const response = await fetch(`${url}/api/events`, { headers: { authorization: await authorization() } });
  const ended = response.text();
  await support.stop();
  expect(await ended).toMatch(/^: hello/);
});

it('stops once, however often it is asked, and does not start again', async () => {
  await support.start();
  await expect(support.start()).rejects.toThrow('started already');
  await Promise.all([support.stop(), support.stop()]);
  await expect(support.start()).rejects.toThrow();
  expect(() => support.startJobs()).toThrow('stopped');
});

it('reports a port that is taken', async () => {
  const other = await listenOn((_request, response) => response.end());
  const taken = createSupportCenter({
    env: { ...environment(), PORT: String(portOf(other)), DATABASE_URL: 'sqlite::memory:' },
  });
  await expect(taken.start()).rejects.toMatchObject({ code: 'EADDRINUSE' });
  await taken.stop();
  other.close();
});

it('is mounted in a Hono app of a host', async () => {
  const host = new Hono();
  host.route('/', support.app);
  host.get('/', (c) => c.text('dashboard'));
  support.startJobs();
  expect(await (await host.request('/')).text()).toBe('dashboard');
  expect(await (await host.request('/api/center')).json()).toEqual({ enabled: true, supportUrl: null });
});

it('is mounted in a Node server of a host', async () => {
  const server = await listenOn((request, response) => {
    if (request.url === '/') response.end('dashboard');
    else void support.handler(request, response);
  });
  const base = `http://127.0.0.1:${portOf(server)}`;
  expect(await (await fetch(base)).text()).toBe('dashboard');
  expect(await fileTicket(base)).toBe('SUP-1001');
  server.closeAllConnections();
  server.close();
});

it('takes replacements for single dependencies', async () => {
  const clock = { now: () => Date.UTC(2030, 0) };
  const frozen = createSupportCenter({
    env: { ...environment(), DATABASE_URL: 'sqlite::memory:' },
    deps: { clock },
  });
  const token = await signToken(CLIENT, frozen.deps.config.auth, clock.now());
  const headers = { authorization: `Bearer ${token}` };
  expect((await frozen.app.request('/api/session', { headers })).status).toBe(200);
  await frozen.stop();
});

async function listenOn(listener: Parameters<typeof createServer>[1]): Promise<Server> {
  const server = createServer(listener as never);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return server;
}

function portOf(server: Server): number {
  return (server.address() as AddressInfo).port;
}
