import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestApp, type TestApp } from '../testing/test-app.ts';
import { fileTicket } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT } from '../testing/users.ts';
import { fill, routesBehindToken } from './route-table.ts';

const MIB = 1024 * 1024;
let test: TestApp;
let number: string;
beforeAll(async () => {
  test = await createTestApp();
  ({ number } = await fileTicket(test.as(CLIENT)));
});
afterAll(() => test.close());

/** Too large, or refused before anybody looks at the body. */
const REFUSED = [413, 403, 404];

const ticket = { subject: 'x', category: 'general', priority: 'low', description: 'x' };

/** Every route that takes a body of JSON. */
const writes = () =>
  routesBehindToken(test.app)
    .filter(
      ({ method, path }) => ['POST', 'PUT', 'PATCH'].includes(method) && !/\/(attachments|close)$/.test(path),
    )
    .map(({ method, path }) => ({ method, path: fill(path, (name) => (name === 'number' ? number : 'x')) }));

async function send(method: string, path: string, body: BodyInit, headers: Record<string, string> = {}) {
  return test.app.request(path, {
    method,
    headers: {
      authorization: `Bearer ${await test.token(ADMIN)}`,
      'content-type': 'application/json',
      'if-match': '*',
      ...headers,
    },
    body,
    duplex: 'half',
  } as RequestInit);
}

describe('bodies', () => {
  it('past 256 KiB are refused by every route, also where their length is not declared or is a lie', async () => {
    expect(writes().length).toBeGreaterThanOrEqual(4);
    const large = JSON.stringify({ body: 'x'.repeat(256 * 1024) });
    for (const { method, path } of writes()) {
      expect(REFUSED, path).toContain((await send(method, path, large)).status);
      const lying = await send(method, path, large, { 'content-length': '2' });
      expect(REFUSED, path).toContain(lying.status);
      let sent = 0;
      const endless = new ReadableStream<Uint8Array>({
        pull(controller) {
          sent += 64 * 1024;
          controller.enqueue(new Uint8Array(64 * 1024).fill(32));
        },
      });
      expect(REFUSED, path).toContain((await send(method, path, endless)).status);
      expect(sent).toBeLessThan(2 * MIB);
    }
  });

  it('of 10 MB in one line are refused without being looked at', async () => {
    for (const { method, path } of writes()) {
      const line = `{"body":"${'x'.repeat(10 * MIB)}"}`;
      expect(REFUSED, path).toContain((await send(method, path, line)).status);
    }
  });

  it('as deep or as wide as fits in are answered like any other that is wrong', async () => {
    const deep = 120_000;
    const bodies = [
      '['.repeat(deep) + ']'.repeat(deep),
      `${'{"a":'.repeat(40_000)}1${'}'.repeat(40_000)}`,
      `{${Array.from({ length: 20_000 }, (_value, n) => `"k${n}":1`).join(',')}}`,
      `{"attachmentIds":[${Array(60_000).fill('"a"').join(',')}]}`,
      `{"subject":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
      `{"assignment":{"mode":"round_robin","assignToFirstReplier":true,"agentIds":[${Array(20_000).fill('"a"').join(',')}]}}`,
      `{"body":${'1'.repeat(200_000)}}`,
      `{"body":1e99999}`,
      `{"a":1,"a":2,"a":3}`,
      '"\\ud800"',
      'null',
      'true',
      '0',
    ];
    for (const { method, path } of writes()) {
      for (const body of bodies) {
        const response = await send(method, path, body);
        expect([400, 404, 422], `${method} ${path} ${body.slice(0, 40)}`).toContain(response.status);
        expect((await response.text()).length).toBeLessThan(20_000);
      }
    }
  });

  it('in another encoding are not unpacked', async () => {
    const { gzipSync } = await import('node:zlib');
    const bomb = gzipSync(Buffer.alloc(50 * MIB, 32));
    expect(bomb.byteLength).toBeLessThan(256 * 1024);
    for (const { method, path } of writes()) {
      const { status } = await send(method, path, bomb, { 'content-encoding': 'gzip' });
      expect([400, 403, 404], path).toContain(status);
    }
    expect((await send('POST', '/api/tickets', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]))).status).toBe(400);
  });
});

describe('fields', () => {
  it('hold at most what the contract says, counted in characters', async () => {
    const create = async (fields: object) =>
      (await test.as(CLIENT).post('/api/tickets', { ...ticket, ...fields })).status;
    expect(await create({ subject: 'x'.repeat(200) })).toBe(201);
    expect(await create({ subject: 'x'.repeat(201) })).toBe(422);
    expect(await create({ description: '\n'.repeat(49_999) + 'x' })).toBe(201);
    expect(await create({ description: 'x'.repeat(50_001) })).toBe(422);
    expect(await create({ attachmentIds: Array(6).fill('a') })).toBe(422);
    expect(await create({ relatedApp: { id: 'x'.repeat(101), name: 'x' } })).toBe(422);
    expect(await create({ followUpOf: 'x'.repeat(41) })).toBe(422);
  });

  it('a body of white space costs no more than one of words', async () => {
    // Once, 50,000 spaces kept the process for seconds while the mail about them was written.
    for (const body of [
      `x${' '.repeat(49_998)}x`,
      `x${'\n'.repeat(49_998)}x`,
      `x${'\t\n'.repeat(24_999)}x`,
      '> '.repeat(25_000),
      '`'.repeat(50_000),
      '*_'.repeat(25_000),
      '[]('.repeat(16_000),
    ]) {
      expect((await test.as(AGENT).post(`/api/tickets/${number}/messages`, { body })).status).toBe(201);
    }
  });
});

describe('queries', () => {
  it('are bounded: pages, searches, cursors, repetitions', async () => {
    const status = async (query: string) => (await test.as(AGENT).get(`/api/tickets?${query}`)).status;
    for (const query of [
      'limit=0',
      'limit=101',
      'limit=-1',
      'limit=1e9',
      'limit=NaN',
      'limit=',
      'limit=1&limit=2',
    ]) {
      expect(await status(query), query).toBe(400);
    }
    expect(await status(`q=${'x'.repeat(201)}`)).toBe(400);
    expect(await status(`q=${'x'.repeat(200)}`)).toBe(200);
    expect(await status(`q=${encodeURIComponent('\ufdfa'.repeat(200))}`)).toBe(200);
    expect(await status(`q=${encodeURIComponent('a b '.repeat(50))}`)).toBe(200);
    expect(await status(`cursor=${'A'.repeat(501)}`)).toBe(400);
    expect(await status(Array(2000).fill('status=open').join('&'))).toBe(200);
    expect(await status('__proto__=x')).toBe(400);
    expect(await status('__proto__=x&__proto__=y')).toBe(400);
    expect(await status('constructor=x')).toBe(400);
    expect(await status('%ff%fe=1')).toBe(400);
    expect(await status('q=%ff%00%e0%a4')).toBe(200);
  });
});
