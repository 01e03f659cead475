import { afterEach, beforeEach, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { AGENT, CLIENT, OTHER_CLIENT } from '../testing/users.ts';

let test: TestApp;
beforeEach(async () => {
  test = await createTestApp({ config: { rateLimit: true } });
});
afterEach(() => test.close());

const ticket = { subject: 'Printer', category: 'technical', priority: 'normal', description: 'It smokes.' };
const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });

async function statuses(times: number, request: () => Promise<Response> | Response): Promise<number[]> {
  const seen: number[] = [];
  for (let i = 0; i < times; i++) seen.push((await request()).status);
  return seen;
}

it('lets a client file ten tickets a minute, and says when to come back', async () => {
  const client = test.as(CLIENT);
  expect(await statuses(10, () => client.post('/api/tickets', ticket))).toEqual(Array(10).fill(201));
  const response = await client.post('/api/tickets', ticket);
  expect(response.status).toBe(429);
  expect(Number(response.headers.get('retry-after'))).toBeGreaterThanOrEqual(1);
  expect(Number(response.headers.get('retry-after'))).toBeLessThanOrEqual(60);
  expect(await response.json()).toMatchObject({ code: 'rate_limited', status: 429 });
  expect((await test.as(OTHER_CLIENT).post('/api/tickets', ticket)).status).toBe(201);
  expect((await client.get('/api/tickets')).status).toBe(200);
});

it('does not count attempts that file nothing as new tickets', async () => {
  const client = test.as(CLIENT);
  expect(await statuses(15, () => client.post('/api/tickets', { ...ticket, subject: '' }))).toEqual(
    Array(15).fill(422),
  );
  expect((await client.post('/api/tickets', ticket)).status).toBe(201);
});

it('lets a user write 60 times a minute, uploads not among them', async () => {
  const agent = test.as(AGENT);
  expect(new Set(await statuses(60, () => agent.post('/api/tickets', {})))).toEqual(new Set([422]));
  expect((await agent.post('/api/tickets', {})).status).toBe(429);
  expect((await agent.delete('/api/tickets/SUP-1')).status).toBe(429);
  const upload = () => agent.upload('/api/attachments', { name: 'a.txt', content: '' });
  expect(new Set(await statuses(60, upload))).toEqual(new Set([422]));
  expect((await upload()).status).toBe(429);
});

it('lets a user read 600 times a minute', async () => {
  const client = test.as(CLIENT);
  const read = () => client.get('/api/session');
  expect(new Set(await statuses(600, read))).toEqual(new Set([200]));
  expect((await read()).status).toBe(429);
  expect((await test.as(OTHER_CLIENT).get('/api/session')).status).toBe(200);
});

it('lets an address fail to sign in 60 times a minute, and does not lock out whoever shares it', async () => {
  const fail = (address: string) =>
    test.app.request('/api/session', { headers: { authorization: 'Bearer a.b.c' } }, from(address));
  expect(new Set(await statuses(60, () => fail('192.0.2.1')))).toEqual(new Set([401]));
  expect((await fail('192.0.2.1')).status).toBe(429);
  expect((await fail('192.0.2.2')).status).toBe(401);
  const headers = { authorization: `Bearer ${await test.token(CLIENT)}` };
  expect((await test.app.request('/api/session', { headers }, from('192.0.2.1'))).status).toBe(200);
});

it('takes 1,200 requests a minute from an address, preflights aside', async () => {
  const ask = (method = 'GET') => test.app.request('/api/center', { method }, from('192.0.2.1'));
  await statuses(50, () => ask('OPTIONS'));
  expect(new Set(await statuses(1200, ask))).toEqual(new Set([200]));
  expect((await ask()).status).toBe(429);
  expect((await test.app.request('/healthz', {}, from('192.0.2.1'))).status).toBe(200);
});

it('limits nothing when it is off', async () => {
  await test.close();
  test = await createTestApp({ config: { rateLimit: false } });
  const client = test.as(CLIENT);
  expect(new Set(await statuses(61, () => client.post('/api/tickets', {})))).toEqual(new Set([422]));
});
