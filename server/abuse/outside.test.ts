import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { startJobs } from '../jobs/scheduler.ts';
import { IS_POSTGRES } from '../testing/open-test-database.ts';
import { PNG } from '../testing/png.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, type TestUser } from '../testing/users.ts';
import { forge } from './bad-tokens.ts';

/** No URL that a user gives is ever fetched by the server: here each leads to a server that counts its visitors. */
let canary: Server;
let url: string;
let visitors: number;
let test: TestApp;
/** Every connection that this process opens. */
const opened: unknown[] = [];
const onSocket = (message: unknown) => {
  // The driver of PostgreSQL opens its connections as it needs them, by a path that no user can name.
  if (!IS_POSTGRES) opened.push(message);
};

beforeAll(async () => {
  visitors = 0;
  canary = createServer((_request, response) => {
    visitors += 1;
    response.end('{}');
  });
  canary.on('connection', () => (visitors += 1));
  await new Promise<void>((resolve) => canary.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(canary.address() as AddressInfo).port}/canary`;
  test = await createTestApp();
  subscribe('net.client.socket', onSocket);
});
afterAll(async () => {
  unsubscribe('net.client.socket', onSocket);
  await test.close();
  await new Promise((resolve) => canary.close(resolve));
});

it('through every field, header and token, nothing is fetched', async () => {
  const person = (user: TestUser): TestUser => ({ ...user, name: url, sub: `${url}/${user.sub}` });
  const client = test.as(person(CLIENT), { picture: url, related_apps: [{ id: url, name: url }] });
  const agent = test.as(person(AGENT));
  const text = `${url} ![x](${url}) [x](${url}) <img src="${url}"> <${url}>`;
  const uploaded = await client.upload('/api/attachments', {
    name: `${url}.svg`,
    content: `<svg xmlns="http://www.w3.org/2000/svg"><image href="${url}"/></svg>`,
    type: 'image/svg+xml',
  });
  const { id } = (await uploaded.json()) as { id: string };
  await client.upload('/api/attachments', { name: url, content: PNG, type: `image/png; ${url}` });
  const { number } = await fileTicket(client, {
    subject: url,
    description: text,
    attachmentIds: [id],
    relatedApp: { id: url, name: url },
  });
  await reply(agent, number, { body: text });
  await reply(agent, number, { body: text, internal: true });
  await client.get(`/api/tickets?q=${encodeURIComponent(url)}`);
  await client.get(`/api/attachments/${id}`, undefined, {
    referer: url,
    origin: url,
    'x-forwarded-host': '127.0.0.1',
    host: new URL(url).host,
  });
  const settings = await test
    .as(ADMIN)
    .put('/api/settings', { supportUrl: url, notificationEmail: 'a@127.0.0.1' }, { 'if-match': '*' });
  expect([200, 422]).toContain(settings.status);
  expect((await test.as(ADMIN).put('/api/settings', { supportUrl: url }, { 'if-match': '*' })).status).toBe(
    200,
  );
  await test.app.request('/api/center');
  const token = forge(
    { alg: 'HS256', jku: url, x5u: url, kid: url, jwk: { kty: 'oct', k: 'eA' } },
    { ...CLIENT, iss: url },
    'x',
  );
  expect(
    (await test.app.request('/api/session', { headers: { authorization: `Bearer ${token}` } })).status,
  ).toBe(401);

  const jobs = startJobs(test.deps);
  test.clock.advance(60 * 24 * 60 * 60_000);
  await jobs.runDue();
  await jobs.stop();
  expect({ visitors, opened }).toEqual({ visitors: 0, opened: [] });
});

it('the Support URL is a web address or nothing', async () => {
  const put = async (supportUrl: unknown) =>
    (await test.as(ADMIN).put('/api/settings', { supportUrl }, { 'if-match': '*' })).status;
  for (const good of ['https://help.example.com', 'http://localhost:8080/x?y#z', null, ''])
    expect(await put(good), String(good)).toBe(200);
  for (const bad of [
    'javascript:alert(1)',
    'data:text/html,x',
    'ftp://example.com',
    '//evil.example',
    'https:evil.example',
    'https:/evil.example',
    'https://',
    'mailto:a@b.c',
    'help',
    'https://a b',
    'https://x\n.example',
    7,
    {},
    ['https://a.example'],
  ]) {
    expect(await put(bad), JSON.stringify(bad)).toBe(422);
  }
});
