import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { getRequestListener } from '@hono/node-server';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { EventReader } from '../testing/event-reader.ts';
import { createTestApp, type TestApp, type TestAppOptions } from '../testing/test-app.ts';
import { fileTicket, patchTicket, reply } from '../testing/tickets.ts';
import { ADMIN, AGENT, CLIENT, OTHER_CLIENT, type TestUser } from '../testing/users.ts';

/** As Node serves it, straight onto the connection; and as any other host gets it, as a web stream. */
describe.each(['node', 'web'] as const)('GET /api/events on a %s host', (host) => {
  let test: TestApp;
  let server: Server | undefined;
  let open: EventReader[];
  beforeEach(async () => {
    open = [];
    await start();
  });
  afterEach(stop);

  async function start(options: TestAppOptions = {}): Promise<void> {
    test = await createTestApp(options);
    if (host !== 'node') return;
    server = createServer(getRequestListener(test.app.fetch));
    await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve));
  }

  async function stop(): Promise<void> {
    for (const reader of open.splice(0)) await reader.close();
    server?.closeAllConnections();
    await new Promise((resolve) => (server ? server.close(resolve) : resolve(undefined)));
    server = undefined;
    await test.close();
  }

  async function restart(options: TestAppOptions): Promise<void> {
    await stop();
    await start(options);
  }

  async function ask(
    user: TestUser,
    { query = '', lastEventId, ...headers }: { query?: string; lastEventId?: string; origin?: string } = {},
    claims?: Record<string, unknown>,
  ): Promise<Response> {
    const init = {
      headers: {
        ...headers,
        authorization: `Bearer ${await test.token(user, claims)}`,
        ...(lastEventId !== undefined && { 'last-event-id': lastEventId }),
      },
    };
    const path = `/api/events${query}`;
    if (!server) return await test.app.request(path, init);
    return await fetch(`http://127.0.0.1:${(server.address() as AddressInfo).port}${path}`, init);
  }

  async function listen(...args: Parameters<typeof ask>): Promise<EventReader> {
    const reader = new EventReader(await ask(...args));
    expect(reader.response.status).toBe(200);
    open.push(reader);
    // The greeting: from here on it is live.
    await expect.poll(() => reader.comments).toBe(1);
    return reader;
  }

  /** Something that everybody who may see `number` hears of, after what came before. */
  async function mark(number: string): Promise<void> {
    await patchTicket(test.as(AGENT), number, { priority: 'urgent' });
    await patchTicket(test.as(AGENT), number, { priority: 'low' });
  }

  it('tells of changes as they happen, what they are and never what is in them', async () => {
    const reader = await listen(CLIENT);
    expect(reader.response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    expect(reader.response.headers.get('x-content-type-options')).toBe('nosniff');
    // On a connection of its own: in pieces with their length, a frame would go out as four.
    expect(reader.response.headers.get('transfer-encoding')).toBeNull();
    expect(reader.response.headers.get('connection')).toBe(host === 'node' ? 'close' : null);
    const { number } = await fileTicket(test.as(CLIENT), { subject: 'Secret subject' });
    await reply(test.as(AGENT), number, { body: 'Secret answer' });
    await test.as(ADMIN).delete(`/api/tickets/${number}`);
    await expect.poll(() => reader.events.length).toBe(4);
    const heard = reader.dataOf('ticket') as Array<{ type: string; number: string; seq: number }>;
    expect(heard.map(({ type }) => type)).toEqual([
      'ticket.created',
      'message.created',
      'ticket.updated',
      'ticket.deleted',
    ]);
    for (const [index, { seq, ...data }] of heard.entries()) {
      expect(data).toEqual({ type: heard[index]!.type, number });
      expect(reader.events[index]!.id).toBe(String(seq));
      expect(seq).toBeGreaterThan(heard[index - 1]?.seq ?? 0);
    }
    expect(reader.text).not.toContain('Secret');
  });

  it('tells a client of their own tickets alone, and nothing at all of notes', async () => {
    const own = await fileTicket(test.as(CLIENT));
    const other = await fileTicket(test.as(OTHER_CLIENT));
    const client = await listen(CLIENT, { query: '?include=reads&include=presence' });
    const agent = await listen(AGENT);
    await reply(test.as(AGENT), other.number);
    await reply(test.as(AGENT), own.number, { internal: true, body: 'He is wrong.' });
    await test.as(AGENT).put(`/api/tickets/${own.number}/presence`, { state: 'writing' });
    await mark(own.number);
    await expect.poll(() => client.events.length).toBe(2);
    expect(client.dataOf('ticket')).toEqual([
      expect.objectContaining({ number: own.number, type: 'ticket.updated' }),
      expect.objectContaining({ number: own.number, type: 'ticket.updated' }),
    ]);
    expect(client.text).not.toMatch(/internal|note|presence|message\.created/);
    await expect.poll(() => agent.dataOf('ticket').length).toBe(5);
    expect(agent.dataOf('ticket')).toContainEqual(
      expect.objectContaining({ number: own.number, type: 'message.created', internal: true }),
    );
  });

  it('tells first what was missed since the last event, without a gap and without a note', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const first = await listen(CLIENT);
    await reply(test.as(AGENT), number);
    await expect.poll(() => first.events.length).toBe(2);
    await first.close();
    await reply(test.as(AGENT), number, { internal: true });
    await fileTicket(test.as(OTHER_CLIENT));
    const second = await fileTicket(test.as(CLIENT));
    await test.as(ADMIN).delete(`/api/tickets/${number}`);

    const again = await listen(CLIENT, { lastEventId: first.lastId });
    await mark(second.number);
    await expect.poll(() => again.events.length).toBe(4);
    expect(again.dataOf('ticket')).toMatchObject([
      { type: 'ticket.created', number: second.number },
      { type: 'ticket.deleted', number },
      { type: 'ticket.updated', number: second.number },
      { type: 'ticket.updated', number: second.number },
    ]);
    expect(again.text).not.toContain('internal');
  });

  it('tells an agent of missed notes', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await reply(test.as(AGENT), number, { internal: true });
    const reader = await listen(AGENT, { lastEventId: '0' });
    expect(reader.dataOf('ticket')).toMatchObject([
      { type: 'ticket.created', number },
      { type: 'message.created', number, internal: true },
    ]);
  });

  it('goes on from where a list says that it stands', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await reply(test.as(AGENT), number, { internal: true });
    for (const user of [CLIENT, AGENT]) {
      const page = await test.as(user).get('/api/tickets?include=position');
      const { position } = (await page.json()) as { position: number };
      await mark(number);
      const reader = await listen(user, { lastEventId: String(position) });
      expect(reader.dataOf('ticket')).toHaveLength(2);
    }
  });

  it.each(['999999999', 'nonsense', '-1', '1e3', '99999999999999999999999'])(
    'asks to load anew where it cannot resume: %s',
    async (lastEventId) => {
      const { number } = await fileTicket(test.as(CLIENT));
      const reader = await listen(CLIENT, { lastEventId });
      expect(reader.events).toEqual([{ event: 'resync', data: {} }]);
      await mark(number);
      await expect.poll(() => reader.dataOf('ticket').length).toBe(2);
    },
  );

  it('asks to load anew where the past is pruned, or too long', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const [first] = await test.deps.db.selectFrom('history').select('seq').execute();
    for (let change = 0; change < 260; change++) await mark(number);
    expect((await listen(CLIENT, { lastEventId: String(first!.seq) })).events).toEqual([
      { event: 'resync', data: {} },
    ]);
    const kept = await test.deps.db
      .selectFrom('history')
      .select('seq')
      .orderBy('seq', 'desc')
      .limit(3)
      .execute();
    const oldest = kept.at(-1)!.seq;
    await test.deps.db.deleteFrom('history').where('seq', '<', oldest).execute();
    expect((await listen(CLIENT, { lastEventId: String(first!.seq) })).events).toEqual([
      { event: 'resync', data: {} },
    ]);
    expect((await listen(CLIENT, { lastEventId: String(oldest) })).dataOf('ticket')).toHaveLength(2);
  });

  it('ends when the token expires, without a word after that', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    const iat = Math.floor(test.clock.now() / 1000);
    const reader = await listen(CLIENT, {}, { iat, exp: iat + 300 });
    test.clock.advance(300_000);
    await mark(number);
    await reader.ended;
    expect(reader.events).toEqual([]);
    // By itself, too, where nothing happens.
    const now = iat + 300;
    const quiet = await listen(CLIENT, {}, { iat: now, exp: now + 300 });
    test.clock.advance(300_000);
    await quiet.ended;
  });

  it('keeps a reader whose token only the leeway lets in until that is over', async () => {
    const iat = Math.floor(test.clock.now() / 1000) - 310;
    const reader = await listen(CLIENT, {}, { iat, exp: iat + 300 });
    const { number } = await fileTicket(test.as(CLIENT));
    await expect.poll(() => reader.dataOf('ticket')).toMatchObject([{ number }]);
    test.clock.advance(30_000);
    await reader.ended;
  });

  it('is for those who may use it: a token in its header, support switched on', async () => {
    const anonymous = await test.app.request('/api/events');
    expect(anonymous.status).toBe(401);
    const inQuery = await test.app.request(`/api/events?token=${await test.token(CLIENT)}`);
    expect(inQuery.status).toBe(401);
    expect((await ask(CLIENT, { query: '?include=everything' })).status).toBe(400);
    await restart({ settings: { enabled: false } });
    const refused = await ask(CLIENT);
    expect(await refused.json()).toMatchObject({ code: 'support_disabled' });
    await listen(AGENT);
  });

  it('ends the streams of clients when support is switched off', async () => {
    const client = await listen(CLIENT);
    const agent = await listen(AGENT);
    await test.as(ADMIN).put('/api/settings', { enabled: false }, { 'if-match': '*' });
    await client.ended;
    const { number } = await fileTicket(test.as(AGENT));
    await expect.poll(() => agent.dataOf('ticket')).toMatchObject([{ number }]);
  });

  it('has clients load anew when the Support URL comes or goes', async () => {
    const client = await listen(CLIENT);
    const agent = await listen(AGENT);
    await test.as(ADMIN).put('/api/settings', { supportUrl: 'https://help.example' }, { 'if-match': '*' });
    await expect.poll(() => client.dataOf('resync'), { timeout: 10_000 }).toHaveLength(1);
    await test.as(ADMIN).put('/api/settings', { supportUrl: null }, { 'if-match': '*' });
    await expect.poll(() => client.dataOf('resync'), { timeout: 10_000 }).toHaveLength(2);
    expect(agent.dataOf('resync')).toEqual([]);
  });

  it('has ten streams for a user, and room again when one has gone', async () => {
    await restart({ config: { rateLimit: true } });
    const readers = [];
    for (let n = 0; n < 10; n++) readers.push(await listen(CLIENT));
    const eleventh = await ask(CLIENT);
    expect(eleventh.status).toBe(429);
    expect(await eleventh.json()).toMatchObject({ code: 'rate_limited' });
    expect(Number(eleventh.headers.get('retry-after'))).toBeGreaterThan(0);
    await listen(OTHER_CLIENT);
    await readers[0]!.close();
    await expect
      .poll(async () => {
        const response = await ask(CLIENT);
        if (response.status === 200) open.push(new EventReader(response));
        return response.status;
      })
      .toBe(200);
  });

  it('lets pages of allowed origins read it', async () => {
    await restart({ config: { allowedOrigins: ['https://app.example'] } });
    const { response } = await listen(CLIENT, { origin: 'https://app.example' });
    expect(response.headers.get('access-control-allow-origin')).toBe('https://app.example');
    expect(response.headers.get('cache-control')).toContain('no-store');
    expect(response.headers.get('content-encoding')).toBeNull();
  });

  it('ends every stream, and each new one at once, when the process stops', async () => {
    const readers = [await listen(CLIENT), await listen(AGENT)];
    test.deps.live.end();
    for (const reader of readers) await reader.ended;
    const late = new EventReader(await ask(CLIENT));
    await late.ended;
    expect(late.events).toEqual([]);
  });

  it('tells the reader’s other devices that a ticket has been read', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await reply(test.as(AGENT), number);
    const phone = await listen(CLIENT, { query: '?include=reads' });
    const plain = await listen(CLIENT);
    const somebody = await listen(AGENT, { query: '?include=reads' });
    await test.as(CLIENT).get(`/api/tickets/${number}/messages`);
    await expect.poll(() => phone.dataOf('read')).toEqual([{ number }]);
    // Nothing new was read: nothing to tell.
    await test.as(CLIENT).get(`/api/tickets/${number}/messages`);
    await mark(number);
    await expect.poll(() => phone.dataOf('ticket').length).toBe(2);
    await expect.poll(() => somebody.dataOf('ticket').length).toBe(2);
    await expect.poll(() => plain.dataOf('ticket').length).toBe(2);
    for (const reader of [phone, somebody, plain]) {
      expect(reader.dataOf('read')).toHaveLength(reader === phone ? 1 : 0);
    }
    expect(phone.events.find(({ event }) => event === 'read')).not.toHaveProperty('id');
  });

  it('answers HEAD without a stream', async () => {
    const init = { method: 'HEAD', headers: { authorization: `Bearer ${await test.token(CLIENT)}` } };
    const response = await test.app.request('/api/events', init);
    expect(response.status).toBe(200);
    expect(await response.text()).toBe('');
  });
});
