import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Message } from '../../contract/tickets.ts';
import { createDeliverer } from '../deliver.ts';
import { createResendTransport } from '../resend.ts';
import { insertUser } from '../../testing/rows.ts';
import { postEvent, signEvent, WEBHOOK_SECRET } from '../../testing/resend-events.ts';
import { EventReader } from '../../testing/event-reader.ts';
import { startResendServer, type ResendServer } from '../../testing/resend-server.ts';
import { createTestApp, type TestApp } from '../../testing/test-app.ts';
import { expectStatus, fileTicket, readTicket, reply } from '../../testing/tickets.ts';
import { AGENT, CLIENT } from '../../testing/users.ts';
import type { Worker } from '../worker.ts';

const MINUTE = 60_000;

let server: ResendServer;
let test: TestApp;
let deliverer: Worker;
let events = 0;
beforeEach(async () => {
  server = await startResendServer();
  test = await createTestApp({
    mail: createResendTransport({ apiKey: 're_test', baseUrl: server.url }),
    config: { mail: { webhookSecret: WEBHOOK_SECRET } },
  });
  deliverer = createDeliverer(test.deps);
  await insertUser(test.deps, AGENT);
});
afterEach(async () => {
  await deliverer.stop();
  await test.close();
  await server.close();
});

async function tell(type: string, data: object, id = `msg_${(events += 1)}`): Promise<void> {
  const event = { type, created_at: '2026-01-15T12:00:00.000Z', data };
  await expectStatus(await postEvent(test.app, signEvent(event, { id, now: test.clock.now() })), 200);
}
/** A ticket with an agent's reply whose mail has been sent. */
async function answered(): Promise<{ number: string; providerId: string }> {
  const { number } = await fileTicket(test.as(CLIENT));
  await reply(test.as(AGENT), number);
  // What is on its way already would have lost its claim by then, and be sent twice.
  await deliverer.drain();
  test.clock.advance(2 * MINUTE);
  await deliverer.drain();
  return { number, providerId: (await test.mails()).at(-1)!.provider_id! };
}
const messagesOf = async (number: string, user = AGENT) =>
  (
    await expectStatus<{ messages: Message[] }>(
      await test.as(user).get(`/api/tickets/${number}/messages`),
      200,
    )
  ).messages;
const replyOf = async (number: string) => (await messagesOf(number)).at(-1)!;

describe('an event of the provider', () => {
  it('needs its signature, of its very bytes, not older than five minutes', async () => {
    const event = { type: 'email.sent', data: { email_id: 'x' } };
    const now = test.clock.now();
    const good = signEvent(event, { id: 'msg_a', now });
    const post = async (change: Partial<typeof good>) =>
      (await postEvent(test.app, { ...good, ...change })).status;
    expect(await post({ body: `${good.body} ` })).toBe(401);
    expect(await post({ headers: { 'content-type': 'application/json' } })).toBe(401);
    expect(await post({ headers: { ...good.headers, 'svix-id': 'msg_b' } })).toBe(401);
    expect(await post(signEvent(event, { id: 'msg_a', now, secret: 'whsec_AAAA' }))).toBe(401);
    expect(await post(signEvent(event, { id: 'msg_a', now: now - 5 * MINUTE - 1000 }))).toBe(401);
    expect(await post(signEvent(event, { id: 'msg_a', now: now + 5 * MINUTE + 1000 }))).toBe(401);
    expect(await post(signEvent(event, { id: 'msg_a', now: now - 5 * MINUTE }))).toBe(200);
    const signature = `v2,abc v1,abc ${good.headers['svix-signature']}`;
    expect(await post({ headers: { ...good.headers, 'svix-signature': signature } })).toBe(200);
    const stored = await test.deps.db.selectFrom('webhook_events').select('id').execute();
    expect(stored).toEqual([{ id: 'msg_a' }]);
  });

  it('has to be JSON of an event, and not too long', async () => {
    const now = test.clock.now();
    const sign = (event: unknown) => postEvent(test.app, signEvent(event, { id: 'msg_c', now }));
    expect((await sign('text')).status).toBe(400);
    expect((await sign({ type: 7 })).status).toBe(400);
    expect((await sign({ type: 'x', data: 'y'.repeat(300_000) })).status).toBe(413);
    expect((await sign({ type: 'contact.created', data: { id: 'x' } })).status).toBe(200);
  });

  it('finds nothing where no secret is set', async () => {
    const own = await createTestApp();
    const event = signEvent({ type: 'email.sent' }, { id: 'a', now: own.clock.now() });
    expect((await postEvent(own.app, event)).status).toBe(404);
    await own.close();
  });
});

describe('what became of a mail', () => {
  it('is told to agents, and to nobody else', async () => {
    const { number, providerId } = await answered();
    expect((await replyOf(number)).delivery).toBe('sent');
    await tell('email.delivered', { email_id: providerId, message_id: '<a@resend>' });
    expect((await replyOf(number)).delivery).toBe('delivered');
    expect((await test.mails()).at(-1)!.message_ref).toBe('<a@resend>');
    for (const message of await messagesOf(number, CLIENT)) {
      expect(Object.keys(message).sort()).toEqual(
        ['id', 'author', 'body', 'internal', 'attachments', 'createdAt'].sort(),
      );
    }
  });

  it('is told to the streams of agents as it happens; those of clients hear nothing at all', async () => {
    const listen = async (user: typeof AGENT, query = '?include=mails&include=reads&include=presence') =>
      new EventReader(await test.as(user).get(`/api/events${query}`));
    const agent = await listen(AGENT);
    const plain = await listen(AGENT, '');
    const client = await listen(CLIENT);
    const { number, providerId } = await answered();
    const heard = async (times: number) =>
      await expect.poll(() => agent.dataOf('mail')).toEqual(Array(times).fill({ number }));
    // The confirmation and the reply were sent.
    await heard(2);
    await tell('email.bounced', { email_id: providerId, bounce: { type: 'Permanent' } }, 'msg_once');
    await heard(3);
    await tell('email.bounced', { email_id: providerId, bounce: { type: 'Permanent' } }, 'msg_once');
    await tell('email.delivered', { email_id: 'of-somebody-else' });
    const { id } = await replyOf(number);
    await expectStatus(await test.as(AGENT).post(`/api/tickets/${number}/messages/${id}/mail`), 200);
    await heard(4);
    await reply(test.as(AGENT), number);
    await expect.poll(() => client.dataOf('ticket').length).toBe(4);
    expect(client.text).not.toContain('mail');
    expect(plain.text).not.toContain('mail');
    expect(agent.events.find(({ event }) => event === 'mail')).not.toHaveProperty('id');
    for (const reader of [agent, plain, client]) await reader.close();
  });

  it('only moves on, in whatever order it is told, and counts once', async () => {
    const { number, providerId } = await answered();
    await tell('email.delivered', { email_id: providerId });
    await tell('email.sent', { email_id: providerId });
    expect((await replyOf(number)).delivery).toBe('delivered');
    await tell('email.complained', { email_id: providerId }, 'msg_same');
    await tell('email.delivered', { email_id: providerId }, 'msg_same');
    expect(await replyOf(number)).toMatchObject({
      delivery: 'complained',
      deliveryReason: 'The recipient marked it as spam.',
    });
  });

  it('is kept when it comes before the answer to the send', async () => {
    const { number } = await fileTicket(test.as(CLIENT));
    await tell('email.bounced', {
      email_id: 'resend-1',
      bounce: { type: 'Permanent', subType: 'NoEmail', message: 'No such user.' },
    });
    await deliverer.drain();
    const [first] = await messagesOf(number);
    expect(first).toMatchObject({ delivery: 'bounced', deliveryReason: 'NoEmail: No such user.' });
  });

  it('says that it is late without calling it lost', async () => {
    const { number, providerId } = await answered();
    await tell('email.delivery_delayed', { email_id: providerId });
    expect(await replyOf(number)).toMatchObject({
      delivery: 'sent',
      deliveryReason: expect.stringContaining('Delayed'),
    });
    await tell('email.delivered', { email_id: providerId });
    expect((await replyOf(number)).deliveryReason).toBeUndefined();
  });
});

describe('an address that bounced', () => {
  const bounce = { type: 'Permanent', subType: 'General', message: 'Unknown user.' };
  const sentTo = () => server.accepted().map((mail) => mail['to']);

  it('is shown on the ticket to agents, and gets no further mail', async () => {
    const { number, providerId } = await answered();
    await tell('email.bounced', { email_id: providerId, bounce });
    const ticket = await readTicket(test.as(AGENT), number);
    expect(ticket.requesterMail).toMatchObject({ state: 'bounced', reason: 'Unknown user.' });
    expect(await readTicket(test.as(CLIENT), number)).not.toHaveProperty('requesterMail');
    const before = sentTo().length;
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    await deliverer.drain();
    expect(sentTo()).toHaveLength(before);
    expect((await test.mails()).at(-1)).toMatchObject({ kind: 'closed', state: 'suppressed' });
  });

  it('gets mails again once it has changed', async () => {
    const { number, providerId } = await answered();
    await tell('email.bounced', { email_id: providerId, bounce });
    await test.as({ ...CLIENT, email: 'new@example.com' }).get('/api/session');
    await test.as(AGENT).post(`/api/tickets/${number}/close`);
    await deliverer.drain();
    expect(sentTo().at(-1)).toBe('new@example.com');
    expect(await readTicket(test.as(AGENT), number)).not.toHaveProperty('requesterMail');
  });

  it('gets the mail once more when an agent says so', async () => {
    const { number, providerId } = await answered();
    await tell('email.bounced', { email_id: providerId, bounce });
    const { id } = await replyOf(number);
    const path = `/api/tickets/${number}/messages/${id}/mail`;
    expect((await test.as(CLIENT).post(path)).status).toBe(403);
    expect(await expectStatus<Message>(await test.as(AGENT).post(path), 200)).toMatchObject({
      delivery: 'queued',
    });
    await deliverer.drain();
    expect((await replyOf(number)).delivery).toBe('sent');
    const keys = server.received.map((mail) => mail.headers['idempotency-key']);
    expect(new Set(keys).size).toBe(keys.length);
    // Nothing went wrong with it this time: another word changes nothing.
    await expectStatus(await test.as(AGENT).post(path), 200);
    await deliverer.drain();
    expect(server.received).toHaveLength(keys.length);
  });

  it('stays good when its mailbox is only full', async () => {
    const { number, providerId } = await answered();
    await tell('email.bounced', { email_id: providerId, bounce: { ...bounce, type: 'Transient' } });
    expect((await replyOf(number)).delivery).toBe('bounced');
    expect(await readTicket(test.as(AGENT), number)).not.toHaveProperty('requesterMail');
  });

  it('is believed of the provider’s own list, too', async () => {
    const { number } = await answered();
    await tell('suppression.added', { id: 's', email: CLIENT.email.toUpperCase(), origin: 'manual' });
    expect((await readTicket(test.as(AGENT), number)).requesterMail?.state).toBe('bounced');
    await tell('suppression.removed', { id: 's', email: CLIENT.email, origin: 'manual' });
    expect((await readTicket(test.as(AGENT), number)).requesterMail).toBeUndefined();
  });
});
