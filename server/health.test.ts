import { afterEach, expect, it } from 'vitest';
import { createApp } from './app.ts';
import { createTestApp, type TestApp } from './testing/test-app.ts';
import { AGENT, CLIENT } from './testing/users.ts';

let test: TestApp;
afterEach(() => test.close());

it('says that it runs and can serve, to everybody', async () => {
  test = await createTestApp();
  for (const path of ['/healthz', '/readyz']) expect((await test.app.request(path)).status).toBe(200);
});

it('is not ready while it stops, nor without its database', async () => {
  test = await createTestApp();
  let isDraining = false;
  const app = createApp(test.deps, { isDraining: () => isDraining });
  expect((await app.request('/readyz')).status).toBe(200);
  isDraining = true;
  const draining = await app.request('/readyz');
  expect(draining.status).toBe(503);
  expect(draining.headers.get('connection')).toBe('close');
  expect((await app.request('/healthz')).status).toBe(200);
  isDraining = false;
  await test.close();
  expect((await app.request('/readyz')).status).toBe(503);
});

it('shows metrics to the holder of the token alone', async () => {
  test = await createTestApp({ config: { metricsToken: 'let-me-see' } });
  await test.as(CLIENT).get('/api/session');
  const read = (authorization?: string) =>
    test.app.request('/metrics', { headers: authorization ? { authorization } : {} });
  for (const authorization of [undefined, 'Bearer wrong', 'let-me-see', 'Bearer ']) {
    expect((await read(authorization)).status).toBe(404);
  }
  const response = await read('Bearer let-me-see');
  expect(response.status).toBe(200);
  expect(response.headers.get('content-type')).toContain('text/plain');
  const text = await response.text();
  expect(text).toContain(
    'support_http_request_duration_seconds_count{method="GET",route="/api/session",status="200"} 1',
  );
  expect(text).toContain('support_tickets');
  expect(text).toContain('support_streams{role="client"} 0');
  expect(text).toContain('process_cpu_seconds_total');
});

it('counts the open streams of events', async () => {
  test = await createTestApp({ config: { metricsToken: 'let-me-see' } });
  const read = async () =>
    await (await test.app.request('/metrics', { headers: { authorization: 'Bearer let-me-see' } })).text();
  const streams = [CLIENT, CLIENT, AGENT].map((user) => test.as(user).get('/api/events'));
  const bodies = (await Promise.all(streams)).map(({ body }) => body!);
  expect(await read()).toContain('support_streams{role="client"} 2');
  expect(await read()).toContain('support_streams{role="agent"} 1');
  for (const body of bodies) await body.cancel();
  expect(await read()).toContain('support_streams{role="client"} 0');
});

it('answers an address that guesses at the token for a while, not for ever', async () => {
  test = await createTestApp({ config: { metricsToken: 'let-me-see', rateLimit: true } });
  const socket = { incoming: { socket: { remoteAddress: '192.0.2.1' } } };
  const read = async (token: string) =>
    (await test.app.request('/metrics', { headers: { authorization: `Bearer ${token}` } }, socket)).status;
  for (let n = 0; n < 60; n += 1) expect(await read(`guess-${n}`)).toBe(404);
  expect(await read('guess-60')).toBe(429);
  expect(await read('let-me-see')).toBe(200);
});

it('has no metrics without a token in the settings', async () => {
  test = await createTestApp();
  const headers = { authorization: 'Bearer undefined' };
  expect((await test.app.request('/metrics', { headers })).status).toBe(404);
  expect((await test.app.request('/metrics')).status).toBe(404);
});
