import { readdir } from 'node:fs/promises';
import { getRequestListener } from '@hono/node-server';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readFile as readForm } from '../attachments/multipart.ts';
import { listen, type Listening } from '../listen.ts';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { CLIENT } from '../testing/users.ts';
import { CORPORA } from './corpora.ts';
import { sendRaw } from './raw-request.ts';

/** Over a real socket, where a request need not be what a client would send. */
let test: TestApp;
let server: Listening;
let authorization: string;
beforeAll(async () => {
  test = await createTestApp({ config: { rateLimit: true } });
  const limits = { headersTimeout: 300, requestTimeout: 600, connectionsCheckingInterval: 50 };
  server = await listen(getRequestListener(test.app.fetch), '127.0.0.1', 0, limits);
  authorization = `Authorization: Bearer ${await test.token(CLIENT)}`;
});
afterAll(async () => {
  await server.drain(0);
  await test.close();
});

const send = (text: string) => sendRaw(server.port, [text], { waitMs: 1500 });
const statusOf = (answer: string) => Number(/^HTTP\/1\.1 (\d{3})/.exec(answer)?.[1]);
const end = 'Connection: close\r\n\r\n';

describe('a request that no client would send', () => {
  it.each([
    ['no Host', `GET /api/center HTTP/1.1\r\n${end}`],
    ['a Host that is none', `GET /api/center HTTP/1.1\r\nHost: a b/c\\d@e\r\n${end}`],
    ['two Hosts', `GET /api/center HTTP/1.1\r\nHost: a\r\nHost: b\r\n${end}`],
    [
      'two lengths',
      `POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nContent-Length: 3\r\n${end}{}`,
    ],
    [
      'a length and chunks',
      `POST /api/tickets HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n${end}0\r\n\r\n`,
    ],
    ['a folded header', `GET /api/center HTTP/1.1\r\nHost: a\r\nX-A: b\r\n c\r\n${end}`],
    [
      'a bare line feed in a header',
      `GET /api/center HTTP/1.1\r\nHost: a\r\nX-A: b\nSet-Cookie: x\r\n${end}`,
    ],
    ['a NUL in a header', `GET /api/center HTTP/1.1\r\nHost: a\r\nX-A: b\0c\r\n${end}`],
    ['17 KiB of headers', `GET /api/center HTTP/1.1\r\nHost: a\r\nX-A: ${'b'.repeat(17 * 1024)}\r\n${end}`],
    ['a space in the path', `GET /api/ center HTTP/1.1\r\nHost: a\r\n${end}`],
    ['a method of its own', `HACK /api/center HTTP/1.1\r\nHost: a\r\n${end}`],
    ['CONNECT', `CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: a\r\n${end}`],
    ['TRACE', `TRACE /api/center HTTP/1.1\r\nHost: a\r\nX-Secret: s\r\n${end}`],
    ['another host’s address', `GET http://169.254.169.254/latest HTTP/1.1\r\nHost: a\r\n${end}`],
    ['an asterisk', `OPTIONS * HTTP/1.1\r\nHost: a\r\n${end}`],
    ['nonsense', `\x16\x03\x01\x02\x00\x01\x00\r\n\r\n`],
    ['HTTP/0.9', `GET /api/center\r\n\r\n`],
  ])('with %s harms nothing', async (_what, text) => {
    const answer = await send(text);
    if (answer !== '') expect(statusOf(answer)).toBeLessThan(500);
    expect(answer).not.toMatch(/Set-Cookie|X-Secret|at .*\.(ts|js):/i);
    expect(statusOf(await send(`GET /api/center HTTP/1.1\r\nHost: a\r\n${end}`))).toBe(200);
  });
});

describe('paths', () => {
  it('lead out of no folder, however they are written', async () => {
    const ways = [
      ...CORPORA.path,
      '../package.json',
      '..%2fpackage.json',
      '%2e%2e/package.json',
      '..%252fpackage.json',
      '..;/package.json',
      '\\..\\package.json',
      'x/../../package.json',
      '%00.js',
      '..%00.js',
      '.%2e/.%2e/schema.sql',
    ];
    for (const way of ways.filter((one) => /^[\x21-\x7e]+$/.test(one))) {
      for (const base of ['/chunks/', '/', '/api/attachments/', '/api/tickets/', '/support-center.js/']) {
        const answer = await send(`GET ${base}${way} HTTP/1.1\r\nHost: a\r\n${authorization}\r\n${end}`);
        expect(statusOf(answer), base + way).toBeGreaterThanOrEqual(400);
        expect(statusOf(answer), base + way).toBeLessThan(500);
        expect(answer).not.toMatch(/root:|CREATE TABLE|"devDependencies"/);
      }
    }
  });
});

describe('a slow sender', () => {
  it('of headers is cut', async () => {
    const drops = Array.from({ length: 40 }, (_value, n) => `X-${n}: y\r\n`);
    const answer = await sendRaw(server.port, ['GET /api/center HTTP/1.1\r\nHost: a\r\n', ...drops], {
      pauseMs: 50,
    });
    expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/);
  });

  it('of a file is cut, and leaves nothing', async () => {
    const head = `POST /api/attachments HTTP/1.1\r\nHost: a\r\n${authorization}\r\nContent-Type: multipart/form-data; boundary=XX\r\nContent-Length: 100000\r\n\r\n`;
    const part = '--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\n';
    await sendRaw(server.port, [head + part, ...Array<string>(60).fill('x')], { pauseMs: 50 });
    await expect
      .poll(async () =>
        (await readdir(test.folder, { recursive: true, withFileTypes: true })).filter((entry) =>
          entry.isFile(),
        ),
      )
      .toEqual([]);
    expect(await test.deps.db.selectFrom('attachments').selectAll().execute()).toEqual([]);
  });

  it('who falls silent is not waited for', async () => {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        controller.enqueue(
          Buffer.from('--XX\r\nContent-Disposition: form-data; name="file"; filename="a"\r\n\r\nx'),
        );
      },
    });
    const headers = { 'content-type': 'multipart/form-data; boundary=XX' };
    const request = new Request('http://a/', {
      method: 'POST',
      headers,
      body,
      duplex: 'half',
    } as RequestInit);
    let discarded = false;
    const reading = readForm(
      request,
      async ({ bytes }) => {
        for await (const _chunk of bytes);
      },
      async () => void (discarded = true),
      50,
    );
    await expect(reading).rejects.toMatchObject({ code: 'invalid_request' });
    expect(discarded).toBe(false);
  });
});

describe('an address', () => {
  it('is the socket’s: no header that anybody can send changes it', async () => {
    const statuses = new Set<number>();
    for (let n = 0; n < 62; n += 1) {
      const spoofed = [
        'X-Forwarded-For',
        'X-Real-IP',
        'Forwarded',
        'CF-Connecting-IP',
        'True-Client-IP',
        'X-Client-IP',
      ]
        .map((name) => `${name}: ${name === 'Forwarded' ? 'for=' : ''}10.0.${n}.1`)
        .join('\r\n');
      const answer = await send(
        `GET /api/session HTTP/1.1\r\nHost: a\r\n${spoofed}\r\nAuthorization: Bearer a.b.c\r\n${end}`,
      );
      statuses.add(statusOf(answer));
      if (statusOf(answer) === 429) expect(answer).toMatch(/\r\nRetry-After: \d+\r\n/i);
    }
    expect([...statuses]).toEqual([401, 429]);
  });
});
